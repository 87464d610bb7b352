"""The fourth wall: what the role through which strangers read may do, whatever statement gets to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from assistance.requests.public_states import public_state_of
from assistance.requests.states import State
from portal.public.models import CurrentGeneration, PublicChange, PublicRequest
from portal.public.wall.changes import fold_changes
from portal.public.wall.role import ROLE
from portal.public.wall.views import STATE, VIEWS
from tests import make
from tests.databases import connect
from tests.make import People
from tests.portal.public_world import released, world

people = world  # the fixture
CALLED = [
    ("public_confirm_subscription",),
    ("public_end_subscription",),
    ("public_open_donor_document",),
    ("public_open_donor_link",),
    ("public_send_message",),
    ("public_subscribe",),
]
Line = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def line(django_db_setup: None) -> Iterator[Line]:
    """A connection as the role; no row is needed."""
    with connect(connection.settings_dict["NAME"], ROLE) as found:
        yield found


def test_the_role_reads_its_views_and_has_no_other_right(line: Line) -> None:
    granted = line.execute(
        "SELECT c.relname, p.privilege FROM pg_class c JOIN pg_namespace n ON n.oid ="
        " c.relnamespace CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE',"
        " 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(privilege) WHERE n.nspname = 'public' AND"
        " c.relkind IN ('r', 'v', 'm', 'p', 'f') AND (has_table_privilege(c.oid, p.privilege) OR"
        " p.privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND"
        " has_any_column_privilege(c.oid, p.privilege))"
    ).fetchall()
    assert sorted(granted) == sorted((name, "SELECT") for name in VIEWS)
    sequences = line.execute(
        "SELECT c.relname FROM pg_class c WHERE CASE WHEN c.relkind = 'S' THEN"
        " has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE') END"
    ).fetchall()
    assert sequences == []


def test_the_role_is_a_member_of_none_and_takes_no_other(line: Line) -> None:
    about = line.execute(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolinherit FROM"
        " pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert about == (False,) * 6
    assert line.execute(
        "SELECT count(*) FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE"
        " rolname = current_user)"
    ).fetchone() == (0,)


def test_it_can_call_no_function_that_acts_for_another(line: Line) -> None:
    callable_ones = line.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE"
        " n.nspname = 'public' AND p.prosecdef AND p.prorettype <> 'trigger'::regtype AND"
        " has_function_privilege(p.oid, 'EXECUTE')"
    ).fetchall()
    assert sorted(callable_ones) == CALLED, "what strangers send and open, and nothing else"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM assistance_assistancerequest",
        "SELECT password FROM accounts_user",
        "SELECT * FROM portal_publicsecret",
        "SELECT * FROM django_session",
        "SELECT content FROM reports_reportdocument",
        "SELECT * FROM assistance_assistancerequesthistory",
        "RESET ROLE; SELECT * FROM accounts_user",
        "SET ROLE meridian; SELECT 1",
        "SET ROLE meridian_country; SELECT 1",
        "SET SESSION AUTHORIZATION meridian",
        "DELETE FROM portal_publicchange",
        "SET transaction_read_only = off; DELETE FROM public_request",
        "SET default_transaction_read_only = off; INSERT INTO public_generation VALUES (9)",
        "SET transaction_read_only = off; CREATE TABLE public.x (y int)",
        "SET row_security = off; SELECT * FROM assistance_assistancerequest",
        "GRANT SELECT ON accounts_user TO meridian_public",
        "ALTER ROLE meridian_public SUPERUSER",
        "COPY public_request TO PROGRAM 'cat'",
        "COPY public_request TO '/tmp/out'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT meridian_raise_generation()",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION dblink",
        "LOCK TABLE assistance_assistancerequest",
        "TRUNCATE assistance_assistancerequest",
        "EXPLAIN ANALYZE SELECT * FROM accounts_user",
        "SET transaction_read_only = off; CREATE TEMP VIEW accounts_user AS SELECT 1;"
        " SELECT password FROM accounts_user",
        "DO $$ BEGIN PERFORM 1 FROM accounts_user; END $$",
    ],
)
def test_an_injected_statement_gets_nothing(line: Line, statement: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        line.execute(statement)
    assert not isinstance(refused.value, psycopg.errors.SyntaxError), refused.value


def test_a_temporary_table_stands_for_none_of_ours(people: People) -> None:
    """A function with its owner's rights would else read what the caller has put in its way."""
    with connect(connection.settings_dict["NAME"], "postgres") as owner:
        owner.execute(f"GRANT TEMPORARY ON DATABASE {owner.info.dbname} TO {ROLE}")
        try:
            with connect(connection.settings_dict["NAME"], ROLE) as line:
                line.execute("SET default_transaction_read_only = off")
                line.execute(
                    "CREATE TEMP VIEW assistance_programme AS SELECT 987654::bigint AS id, true AS"
                    " is_public, true AS is_active"
                )
                line.execute("GRANT SELECT ON pg_temp.assistance_programme TO PUBLIC")
                sent = "SELECT public_send_message(987654, NULL, 'x', 'x@x', 'x', 'en', 'x')"
                assert line.execute(sent).fetchone() == (False,)
        finally:
            owner.execute(f"REVOKE TEMPORARY ON DATABASE {owner.info.dbname} FROM {ROLE}")
        settings = "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = %s::regnamespace"
        for name, config in owner.execute(settings, ["public"]).fetchall():
            assert config == ["search_path=public, pg_temp"], name


def test_a_leaky_function_sees_no_row_that_the_view_leaves_out(people: People) -> None:
    """Without a barrier the planner may ask the stranger's condition of hidden rows first."""
    released(people, make.submitted(people.kenya, title="12"), publish="title")
    make.submitted(people.fiji, "FJI", title="A secret")
    with connect(connection.settings_dict["NAME"], ROLE) as line:
        asked = "SELECT count(*) FROM public_request WHERE title::int = 12"
        assert line.execute(asked).fetchone() == (1,)


def test_public_states_are_the_same_in_the_view_and_on_the_page_of_consent(committed: None) -> None:
    pairs = [(state, held) for state in State for held in ("", *State)]
    with connection.cursor() as cursor:
        for state, held in pairs:
            if (state == State.ON_HOLD) != bool(held):
                continue
            cursor.execute(
                f"SELECT {STATE} FROM (VALUES (%s, %s)) r (state, held_from)",
                [state.value, str(held)],
            )
            assert cursor.fetchone()[0] == (public_state_of(state, held) or ""), (state, held)


def test_ids_of_the_register_are_not_worked_out_from_rows(people: People) -> None:
    case = released(people, make.submitted(people.kenya))
    found = PublicRequest.objects.get().pk
    assert len(found) == 32 and found != str(case.pk)
    with connect(connection.settings_dict["NAME"], "postgres") as owner:
        owner.execute("UPDATE portal_publicsecret SET secret = gen_random_uuid()")
    assert PublicRequest.objects.get().pk != found


def test_the_number_rises_with_what_strangers_read_and_with_nothing_else(people: People) -> None:
    def number() -> int:
        return int(CurrentGeneration.objects.get().number)

    before = number()
    case = make.submitted(people.kenya)
    make.do(
        people.officer, case, "start_review", lead_officer=people.officer, letter="authenticated"
    )
    assert number() == before, "strangers read nothing of it"
    released(people, case)
    assert number() == before + 2, "consent, then release"
    with transaction.atomic():
        for _once in range(3):
            make.Programme.objects.filter(code="cybercrime").update(title="Another title")
    assert number() == before + 3, "once a transaction"
    with transaction.atomic():
        make.Programme.objects.filter(code="cybercrime").update(
            title="Global Programme on Cybercrime"
        )
        transaction.set_rollback(True)
    assert number() == before + 3
    make.Programme.objects.filter(code="cybercrime").update(title="Global Programme on Cybercrime")


def test_the_number_stays_when_changes_are_folded_and_rises_whoever_commits_first(
    people: People,
) -> None:
    for _once in range(3):
        make.Programme.objects.filter(code="cybercrime").update(is_public=True)
    before = CurrentGeneration.objects.get().number
    assert fold_changes() >= 3 and PublicChange.objects.count() == 1
    assert CurrentGeneration.objects.get().number == before
    database = connection.settings_dict["NAME"]
    change = "UPDATE assistance_programme SET is_public = true"
    with connect(database, "postgres") as slow, connect(database, "postgres") as quick:
        with slow.transaction():
            slow.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            slow.execute("SELECT count(*) FROM assistance_pillar")
            quick.execute("UPDATE assistance_pillar SET code = code")
            quick.execute("UPDATE countries_countrygroup SET code = code")
            between = CurrentGeneration.objects.get().number
            assert between == before + 2
            slow.execute(change)
        assert CurrentGeneration.objects.get().number == between + 1
