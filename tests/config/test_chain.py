"""`manage.py verify` finds events, time spans and beginnings of histories that were altered or
taken away behind the product's back."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connection

from assistance.models import AssistanceRequest, CaseEvent, EventSeal, EventText
from assistance.requests import services
from assistance.timeline import erasure
from tests import make
from tests.config.test_verify import behind_its_back, verify
from tests.make import People

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(kept_for_module: None) -> People:
    """Those of all tests of this module."""
    return People()


@pytest.fixture(scope="module")
def made(people: People) -> AssistanceRequest:
    """A case with messages, a note of staff and an engagement."""
    case = make.advanced(people, "in_delivery")
    services.post_message(people.officer, case.pk, "We come in May.", internal=False)
    services.post_message(people.officer, case.pk, "They wait.", internal=True)
    services.post_message(people.kenya, case.pk, "Thank you.", internal=False)
    make.engagement(people.officer, make.part(KEN={"women": 3, "men": 2}), requests=[case])
    assert verify()[0] == 0, verify()[1]
    return case


@pytest.fixture
def case(made: AssistanceRequest) -> AssistanceRequest:
    """The case as nobody has altered it."""
    return AssistanceRequest.objects.get(pk=made.pk)


def run(*statements: str, asleep: tuple[str, ...] = ("assistance_caseevent",)) -> None:
    with ExitStack() as tables, connection.cursor() as cursor:
        for table in asleep:
            tables.enter_context(behind_its_back(table))
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount > 0, statement


def found(sentence: str) -> None:
    status, said = verify()
    assert status == 1 and sentence in said, said


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = NULL",
        "at = at - interval '40 days'",
        "data = '{}'",
        "shared = NOT shared",
        "text_hashes = jsonb_build_object('x', 'y')",
    ],
)
def test_an_event_that_was_altered_is_named(case: AssistanceRequest, change: str) -> None:
    event = CaseEvent.objects.get(action="accept")
    run(f"UPDATE assistance_caseevent SET {change} WHERE action = 'accept'")
    found(f"at 1 events, by case: {case.pk} (event {event.pk} is not what its seal says)")


@pytest.mark.parametrize("action", ["message", "note", "mark_complete", "agree", "submit"])
def test_events_that_were_taken_away_with_their_texts_are_found(
    case: AssistanceRequest, action: str
) -> None:
    assert CaseEvent.objects.filter(action=action).exists()
    with behind_its_back("assistance_caseevent"), behind_its_back("assistance_eventtext"):
        EventText.objects.filter(event__action=action).delete()
        CaseEvent.objects.filter(action=action).delete()
    found("is missing)")


def test_events_that_were_put_in_are_found(case: AssistanceRequest) -> None:
    columns = (
        "request_id, round, action, from_state, to_state, at, actor_id, on_behalf, shared, data,"
        " text_hashes"
    )
    run(
        f"INSERT INTO assistance_caseevent ({columns}) SELECT {columns} FROM assistance_caseevent"
        " WHERE action = 'mark_complete'"
    )
    found("is without a seal)")


def test_seals_that_were_taken_away_or_altered_are_found(case: AssistanceRequest) -> None:
    run(
        "DELETE FROM assistance_eventseal WHERE event = (SELECT id FROM assistance_caseevent WHERE"
        " action = 'accept')",
        asleep=("assistance_eventseal",),
    )
    found("is without a seal)")


def test_events_of_engagements_are_sealed_too(case: AssistanceRequest) -> None:
    run("UPDATE assistance_engagementevent SET note = 'x'", asleep=("assistance_engagementevent",))
    found("by engagement: ")


def test_time_spans_that_were_moved_together_are_found(case: AssistanceRequest) -> None:
    run(
        "UPDATE assistance_statespan SET entered_at = entered_at - interval '90 days', left_at ="
        " left_at - interval '90 days'",
        asleep=("assistance_statespan",),
    )
    found("time spans are not those of their events")


def test_a_history_without_its_beginning_is_found(case: AssistanceRequest) -> None:
    run(
        "DELETE FROM assistance_requesthistory WHERE pgh_id NOT IN (SELECT max(pgh_id) FROM"
        " assistance_requesthistory GROUP BY pgh_obj_id)",
        asleep=("assistance_requesthistory",),
    )
    found("assistance.AssistanceRequest: the history of 1 rows does not begin with their insertion")


def test_erased_texts_leave_the_chain_whole(case: AssistanceRequest) -> None:
    erasure.erase_texts(CaseEvent.objects.filter(action="message").latest("pk").pk, path="x")
    assert verify()[0] == 0


def test_pauses_and_ends_leave_the_chain_whole(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    for who, code, values in (
        (
            people.manager,
            "hold",
            {"reason": "Elections", "next_look_on": make.programme().today() + timedelta(days=9)},
        ),
        (people.manager, "resume", {}),
        (people.kenya, "withdraw", {"reason": "No longer needed"}),
        (people.manager, "reopen", {"reason": "Asked for again", "to": "under_review"}),
    ):
        case = make.do(who, AssistanceRequest.objects.get(pk=case.pk), code, **values)
    assert verify()[0] == 0, verify()[1]
    assert EventSeal.objects.filter(kind="case", subject=case.pk).count() == case.events.count()
