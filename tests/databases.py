"""Databases of a test run: one is migrated and given the reference data, once; all others are
copies of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from audit.verification import tracked_models
from config.embedded.binaries import postgres_binaries
from portal.public.wall.role import MAKE_ROLE, SETTINGS

TEMPLATE = "test_template"
LOCK = 2_026  # of the cluster: processes of a run wait for the one that migrates
REFERENCE_TABLES = (
    "countries_country",
    "countries_countrygroup",
    "countries_groupmembership",
    "countries_instrument",
    "countries_obligation",
    "countries_treatyaction",
    "countries_process",
    "countries_processsession",
    "countries_sessiondocument",
    "assistance_tool",
    "assistance_toolversion",
    "assistance_programme",
    "assistance_programme_tools",
    "assistance_programme_processes",
    "assistance_programme_instruments",
    "assistance_programme_pillars",
    "assistance_programme_themes",
    "assistance_programme_reasons",
    "assistance_pillar",
    "assistance_theme",
    "assistance_reasoncode",
    "assistance_standard",
    "assistance_holiday",
    "portal_publicchange",
    "portal_publicsecret",
    "django_migrations",
    "django_content_type",
    "auth_permission",
)


def connect(database: str, user: str = "") -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of one's own to a database of the run's cluster, as the application's user or
    another."""
    parts = settings.DATABASES["default"]
    return psycopg.connect(
        host=parts["HOST"], user=user or parts["USER"], dbname=database, autocommit=True
    )


def exists(cluster: psycopg.Connection[tuple[Any, ...]], name: str) -> bool:
    """Whether the cluster has a database of this name."""
    return (
        cluster.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
    )


def use(name: str) -> None:
    """This process's connections lead to another database from now on."""
    for alias in connections:
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def make_template(cluster: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Migrates under another name, so that a template is never half done.

    The process's own connection is used for it.
    """
    before, unfinished = connection.settings_dict["NAME"], f"{TEMPLATE}_unfinished"
    cluster.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(unfinished))
    )
    cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    use(unfinished)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_reference", verbosity=0)
    finally:
        use(before)
    cluster.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(unfinished), sql.Identifier(TEMPLATE)
        )
    )


def copy_template(name: str) -> None:
    """A database of this name as the template is; one that is there already stays as it is.

    The first call of a run makes the template.
    """
    with connect("postgres") as cluster:
        cluster.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not exists(cluster, TEMPLATE):
            make_template(cluster)
        if not exists(cluster, name):
            parts = {"name": sql.Identifier(name), "template": sql.Identifier(TEMPLATE)}
            cluster.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**parts))


def copy_template_to(url: str) -> None:
    """Fills an empty database of another cluster with what the template has, after `copy_template`."""
    dump_with, restore_with = (
        str(postgres_binaries(None, Path()) / name) for name in ("pg_dump", "pg_restore")
    )
    source = ["-h", settings.DATABASES["default"]["HOST"], "-U", "postgres", "-d", TEMPLATE]
    dump = subprocess.run([dump_with, "--format=custom", *source], capture_output=True, check=True)
    with psycopg.connect(
        url, autocommit=True
    ) as database:  # roles are of a cluster: no dump has them
        for statement in (MAKE_ROLE, *SETTINGS):
            database.execute(sql.SQL(statement))
    restore = [restore_with, "--no-comments", "--exit-on-error", "-d", url]
    subprocess.run(restore, input=dump.stdout, check=True)


def own_name() -> str:
    """The name of this process's test database."""
    return "_".join(("test", "meridian", os.environ.get("PYTEST_XDIST_WORKER", "alone")))


def empty_tables() -> None:
    """Removes all rows but reference data and their history. Row by row, since few are there, and a
    hundred tables are slow to truncate.

    As the cluster's owner, whose triggers sleep meanwhile: those that refuse it, those that write
    history, and those of foreign keys.
    """
    kept = {
        *REFERENCE_TABLES,
        *(
            history._meta.db_table
            for model, history in tracked_models()
            if model._meta.db_table in REFERENCE_TABLES
        ),
    }
    with connect(connection.settings_dict["NAME"], "postgres") as database:
        found = database.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT tablename ="
            " ANY(%s)",
            [list(kept)],
        )
        tables = [name for (name,) in found.fetchall()]
        filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("(SELECT {} FROM {} LIMIT 1)").format(sql.Literal(name), sql.Identifier(name))
            for name in tables
        )
        with database.transaction():
            database.execute("SET LOCAL session_replication_role = replica")
            for (name,) in database.execute(filled).fetchall():
                database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
