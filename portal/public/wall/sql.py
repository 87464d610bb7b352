"""All of the wall as the statements of a migration."""

from __future__ import annotations

from core.db.country_role import ROLE as COUNTRY_ROLE
from portal.public.wall.changes import CHANGES, RAISE_GENERATION
from portal.public.wall.functions import OPEN_LINKS, SUBSCRIBE, TAKE_MESSAGE
from portal.public.wall.role import ROLE
from portal.public.wall.views import VIEWS

# of which the ids of the register are made
REGISTER_IDS = "INSERT INTO portal_publicsecret (id, secret) VALUES (1, gen_random_uuid());"
# Functions that act with their owner's rights are called by everybody unless it is taken away.
CALLED_BY_FEW = f"""
REVOKE ALL ON FUNCTION _pgh_attach_context() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION _pgh_attach_context() TO {COUNTRY_ROLE};
REVOKE ALL ON FUNCTION meridian_append_reach(bigint[]) FROM PUBLIC;
DO $$
DECLARE
    each regprocedure;
BEGIN
    -- a temporary table of the caller's must never stand for one of ours
    FOR each IN SELECT oid::regprocedure FROM pg_proc
        WHERE prosecdef AND pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', each);
    END LOOP;
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
"""


def wall_sql() -> str:
    """Views, what the role may read, and the triggers that raise the generation."""
    usage = f"GRANT USAGE ON SCHEMA public TO {ROLE};"
    statements = [
        RAISE_GENERATION,  # first: history would put its own statement before an INSERT
        REGISTER_IDS,
        TAKE_MESSAGE,
        SUBSCRIBE,
        OPEN_LINKS,
        CALLED_BY_FEW,
        usage,
    ]
    for name, rows in VIEWS.items():
        statements.append(f"CREATE VIEW {name} WITH (security_barrier) AS {rows};")
        statements.append(f"GRANT SELECT ON {name} TO {ROLE};")
    for table, event, condition in CHANGES:
        statements.append(
            f"CREATE TRIGGER public_generation AFTER {event} ON {table} FOR EACH ROW"
            f" WHEN ({condition}) EXECUTE FUNCTION meridian_raise_generation();"
        )
    return "\n".join(statements)
