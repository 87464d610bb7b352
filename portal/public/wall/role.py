"""The role through which strangers read, and its password."""

from __future__ import annotations

from django.db import ProgrammingError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROLE = "meridian_public"
MAKE_ROLE = f"CREATE ROLE {ROLE} LOGIN NOINHERIT"
SETTINGS = (
    f"ALTER ROLE {ROLE} SET default_transaction_read_only = on",
    f"ALTER ROLE {ROLE} SET statement_timeout = '10s'",
)
# for an administrator who makes the role: Meridian's own user sets its password
LET_US = f"GRANT {ROLE} TO meridian WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"


def make_public_role(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the role where it is missing. Without the right to do so it says in a sentence what an
    administrator of the database must run."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [ROLE])
        if cursor.fetchone()[0]:
            return
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not cursor.fetchone()[0]:
            asked = "; ".join((MAKE_ROLE, *SETTINGS, LET_US))
            raise RuntimeError(
                "The database's user cannot prepare the role through which strangers read. Ask the"
                f" database's administrator to run: {asked};"
            )
        for statement in (MAKE_ROLE, *SETTINGS):
            cursor.execute(statement)


def set_password(password: str) -> None:
    """Lets the role sign in with the password of the environment, after each `migrate`. Without the
    right to do so it says in a sentence what an administrator of the database must run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('ALTER ROLE %%I PASSWORD %%L', %s, %s)", [ROLE, password])
        statement = cursor.fetchone()[0]
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError:
            raise RuntimeError(
                f"The database's user cannot set the password of {ROLE}. Ask the database's"
                f" administrator to run: {LET_US}; (with the user of DATABASE_URL for meridian)."
            ) from None
