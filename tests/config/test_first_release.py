"""Data outlive versions: what was recorded before the first release, in a database of the first
release, brought to the newest.

`data/first_release.sql.xz` is the schema as the first release makes it,
`data/before_first_release.sql.xz` what a version of before had recorded (a sample with two
published quarters). Neither is ever made anew: they are what was.
"""

from __future__ import annotations

import lzma
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from config.embedded.binaries import postgres_binaries
from tests.databases import TEMPLATE, connect
from tests.golden.catalogue import schema_objects
from tests.processes import ROOT, environment

pytestmark = pytest.mark.xdist_group("first release")
DATA = Path(__file__).parent / "data"
NAME = "test_first_release"
KEY = "sample-key-of-local-trials-0123456789abcdef0123456789"  # under which the data were recorded
MOVED = re.compile(
    r"^(COPY |SELECT pg_catalog\.setval\(')public\.accounts_(notification|digest)", re.M
)
# a dump and its restoration write the same list with other casts and brackets
WRITTEN_OTHERWISE = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")
OUTBOX_TABLES = r"\1public.notifications_\2"


def dump_of(name: str) -> str:
    """A dump as text."""
    return lzma.decompress((DATA / f"{name}.sql.xz").read_bytes()).decode()


def load(dump: str, user: str, **settings: str) -> None:
    """Loads a dump into the database of these tests as a user of the cluster; fails on the first
    error."""
    psql = [str(postgres_binaries(None, Path()) / "psql"), "--no-psqlrc", "--quiet"]
    host = os.environ["DATABASE_URL"].rpartition("host=")[2].replace("%2F", "/")
    options = ["-v", "ON_ERROR_STOP=1", "--single-transaction", "-h", host, "-U", user, "-d", NAME]
    given = {"PGOPTIONS": " ".join(f"-c {name}={value}" for name, value in settings.items())}
    done = subprocess.run(
        [*psql, *options], input=dump, text=True, capture_output=True, env=os.environ | given
    )
    assert done.returncode == 0, done.stderr


def manage(*command: str) -> subprocess.CompletedProcess[str]:
    """A command of the product as it is now, on the database of these tests."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    own = environment(
        DATABASE_URL=f"{base.rpartition('/')[0]}/{NAME}?{query}",
        REDIS_URL=os.environ["REDIS_URL"],
        DATA_DIR=os.environ["DATA_DIR"],
        MERIDIAN_ENV="local",
        SECRET_KEY=KEY,
    )
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=own, text=True, capture_output=True
    )


@pytest.fixture(scope="module")
def filled(django_db_setup: None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A database of the first release with the data of before, as docs/operations.md says."""
    with connect("postgres") as cluster:
        cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        load(dump_of("first_release"), cluster.info.user)
        data = MOVED.sub(OUTBOX_TABLES, dump_of("before_first_release"))
        load(data, "postgres", session_replication_role="replica")
        with connect(NAME) as database:
            yield database
        cluster.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


@pytest.fixture(scope="module")
def upgraded(
    filled: psycopg.Connection[tuple[object, ...]],
) -> psycopg.Connection[tuple[object, ...]]:
    """The same after an upgrade to the newest version."""
    done = manage("migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return filled


def test_every_row_of_before_is_in_the_first_release(
    filled: psycopg.Connection[tuple[object, ...]],
) -> None:
    dump = MOVED.sub(OUTBOX_TABLES, dump_of("before_first_release"))
    copies = re.findall(r"^COPY public\.(\w+) .*?;\n(.*?)^\\\.$", dump, re.M | re.S)
    recorded = {table: rows.count("\n") for table, rows in copies}
    assert recorded["assistance_assistancerequest"] == 30
    assert recorded["notifications_digest"] == 1
    for table, rows in recorded.items():
        found = filled.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        ).fetchone()
        assert found == (rows,), table


def test_an_upgrade_leads_to_the_same_schema_as_an_empty_installation(
    upgraded: psycopg.Connection[tuple[object, ...]],
) -> None:
    with connect(TEMPLATE) as empty:
        here, there = (
            {WRITTEN_OTHERWISE.sub("", line) for line in schema_objects(each.cursor())}
            for each in (upgraded, empty)
        )
    assert len(there) > 4_000
    assert here ^ there == set()


def test_what_was_recorded_before_the_first_release_holds_in_the_newest(
    upgraded: psycopg.Connection[tuple[object, ...]],
) -> None:
    done = manage("verify", "--documents")
    assert done.returncode == 0, done.stdout + done.stderr


def test_history_goes_on_where_it_was_left(
    upgraded: psycopg.Connection[tuple[object, ...]],
) -> None:
    events = "SELECT count(*) FROM assistance_requesthistory WHERE pgh_obj_id = %s"
    with upgraded.transaction(force_rollback=True):
        (pk,) = upgraded.execute("SELECT min(id) FROM assistance_assistancerequest").fetchone() or (
            0,
        )
        (before,) = upgraded.execute(events, [pk]).fetchone() or (0,)
        upgraded.execute(
            "UPDATE assistance_assistancerequest SET title = 'Another' WHERE id = %s", [pk]
        )
        assert upgraded.execute(events, [pk]).fetchone() == (before + 1,)  # type: ignore[operator]
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            upgraded.execute("TRUNCATE assistance_requesthistory")


def test_the_country_role_sees_its_own_after_an_upgrade(
    upgraded: psycopg.Connection[tuple[object, ...]],
) -> None:
    with upgraded.transaction(force_rollback=True):
        kenya = upgraded.execute("SELECT id FROM countries_country WHERE iso3 = 'KEN'").fetchone()
        assert kenya
        upgraded.execute(
            "SELECT set_config('meridian.user', '0', true),"
            " set_config('meridian.countries', %s, true), set_config('meridian.designated',"
            " (SELECT array_agg(f.country_id * 4294967296 + d.programme_id)::text"
            " FROM countries_designatedprogramme d JOIN countries_focalpoint f"
            " ON f.id = d.focal_point_id WHERE f.country_id = %s), true)",
            [f"{{{kenya[0]}}}", kenya[0]],
        )
        upgraded.execute("SET LOCAL ROLE meridian_country")
        seen = upgraded.execute("SELECT DISTINCT country_id FROM assistance_assistancerequest")
        assert seen.fetchall() == [kenya]


def test_a_database_of_before_is_refused_in_a_sentence(
    filled: psycopg.Connection[tuple[object, ...]],
) -> None:
    forget = (
        "DELETE FROM django_migrations WHERE app = 'notifications' RETURNING app, name, applied"
    )
    forgotten = filled.execute(forget).fetchall()
    try:
        done = manage("migrate")
    finally:
        for row in forgotten:
            filled.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row
            )
    assert done.returncode == 1
    assert "Data from before the first release" in done.stderr
    assert "Traceback" not in done.stderr
