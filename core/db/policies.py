"""SQL of the policies, for migrations: which commands a focal point's role has on a table, and on
which of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.db.country_role import ROLE

USER = "NULLIF(current_setting('meridian.user', true), '')::bigint"
COUNTRIES = "COALESCE(NULLIF(current_setting('meridian.countries', true), ''), '{}')::bigint[]"
CLEARING = "COALESCE(NULLIF(current_setting('meridian.clearing', true), ''), '{}')::bigint[]"
DESIGNATED = "COALESCE(NULLIF(current_setting('meridian.designated', true), ''), '{}')::bigint[]"
DESIGNATED_CLEARING = (
    "COALESCE(NULLIF(current_setting('meridian.designated_clearing', true), ''), '{}')::bigint[]"
)
PAIR = "(country_id::bigint * 4294967296 + programme_id)"  # as `access.pair` writes it
MAKE_ROLE = f"CREATE ROLE {ROLE} NOLOGIN"


@dataclass(frozen=True)
class Policy:
    """Commands on a table and the rows that they reach; `check` says which rows may be written,
    where that differs."""

    table: str
    commands: str  # such as "SELECT, INSERT" or "SELECT, UPDATE (name, title)"
    rows: str = "true"
    check: str = ""

    def sql(self) -> str:
        """Grants the commands and adds the policy; from here on the role reaches no other row of
        the table."""
        written = (
            f" WITH CHECK ({self.check or self.rows})"
            if {"INSERT", "UPDATE"} & set(re.split(r"\W+", self.commands))
            else ""
        )
        return (
            f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY;GRANT {self.commands} ON'
            f' "{self.table}" TO {ROLE};CREATE POLICY country ON "{self.table}" FOR ALL TO {ROLE}'
            f" USING ({self.rows}){written};"
        )


def policy_operations(*policies: Policy) -> list[migrations.RunSQL]:
    """One operation a policy.

    None goes back: what a focal point may reach is never loosened by the way.
    """
    return [migrations.RunSQL(policy.sql()) for policy in policies]


def make_role(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the role where it is missing and lets the application's user take it.

    Without the right to do so it says in a sentence what an administrator of the database must run.
    """
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [ROLE]
        )
        me, exists = cursor.fetchone()
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        (may_create,) = cursor.fetchone()
        if not exists and may_create:
            cursor.execute(MAKE_ROLE)
            exists = True
        cursor.execute(
            "SELECT pg_has_role(current_user, %s, 'SET')" if exists else "SELECT false",
            [ROLE] if exists else None,
        )
        (may_take,) = cursor.fetchone()
        if exists and not may_take and may_create:
            cursor.execute(f'GRANT {ROLE} TO "{me}" WITH INHERIT FALSE, SET TRUE')
            may_take = True
        if not may_take:
            ask = (
                f'{"" if exists else MAKE_ROLE + "; "}GRANT {ROLE} TO "{me}" WITH INHERIT FALSE,'
                " SET TRUE;"
            )
            raise RuntimeError(
                f"The database's user “{me}” cannot prepare the role under which focal points work."
                f" Ask the database's administrator to run: {ask}"
            )
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
