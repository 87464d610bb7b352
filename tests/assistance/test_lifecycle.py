"""The life of a request, as people live it."""

from __future__ import annotations

import pytest

from assistance.requests import services
from assistance.requests.models import AssistanceRequest
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def test_a_request_gets_its_reference_when_it_is_submitted(people: People) -> None:
    case = make.draft(people.kenya)
    assert case.reference is None
    case = make.do(people.kenya, case, "submit")
    assert case.received_on is not None
    assert case.reference == f"KEN-{case.received_on.year}-0001"
    assert case.state == "submitted"


def test_the_whole_way_from_draft_to_closed(people: People) -> None:
    case = make.advanced(people, "planned")
    engagement = make.engagement(
        people.officer, make.part(KEN={"women": 8, "men": 12}), requests=[case]
    )
    make.engagement_services.perform_action(people.officer, engagement.pk, "confirm")
    case.refresh_from_db()
    assert case.state == "in_delivery"
    make.engagement_services.perform_action(
        people.officer, engagement.pk, "deliver", {"outcome": "Twenty certified."}
    )
    case = make.do(people.officer, case, "complete", summary="Twenty officers certified.")
    assert case.turn == "country"
    case = make.do(people.kenya, case, "confirm", outcome="met", usefulness="5", timeliness="4")
    assert (case.state, case.outcome) == ("closed", "met")
    assert not case.clocks.unfinished().exists()
    assert [e.action for e in case.events.order_by("id")] == [
        "submit",
        "start_review",
        "mark_complete",
        "accept",
        "propose_plan",
        "agree",
        "start_delivery",
        "complete",
        "confirm",
    ]


def test_a_draft_with_empty_fields_is_not_submitted_and_says_which(people: People) -> None:
    case = make.draft(people.kenya, problem="")
    with pytest.raises(DomainError, match="Problem to be solved"):
        services.perform_action(people.kenya, case.pk, "submit")
    case.refresh_from_db()
    assert (case.state, case.reference) == ("draft", None)


def test_a_request_waits_for_who_may_clear_and_its_author_may_not(people: People) -> None:
    approver = make.focal_point("KEN", may_clear=True)
    case = make.submitted(people.kenya)
    assert (case.state, case.reference) == ("awaiting_clearance", None)
    with pytest.raises(ActionNotAllowed):
        services.perform_action(people.kenya, case.pk, "clear")
    case = make.do(approver, case, "clear")
    assert case.state == "submitted" and case.reference


def test_who_acts_on_an_outdated_page_is_told_what_changed(people: People) -> None:
    case = make.advanced(people, "under_review")
    seen = case.version
    make.do(people.officer, case, "mark_complete", **make.ASSESSED)
    with pytest.raises(EditConflict, match="Anna Rossi"):
        services.perform_action(
            people.officer, case.pk, "ask", {"questions": "How many?"}, expected_version=seen
        )
    assert AssistanceRequest.objects.get(pk=case.pk).state == "under_review"


def test_an_answer_leads_back_to_where_it_was_asked_from(people: People) -> None:
    case = make.advanced(people, "under_review")
    case = make.do(people.officer, case, "ask", questions="How many?")
    assert (case.state, case.turn) == ("returned", "country")
    case = make.do(people.kenya, case, "answer", answer_1="Forty.")
    assert (case.state, case.turn) == ("under_review", "programme")


def test_a_deputy_acts_for_who_is_absent_and_the_timeline_says_so(people: People) -> None:
    deputy = make.staff(make.Role.OFFICER, name="Ben Okafor")
    case = make.advanced(people, "under_review")
    make.do(deputy, case, "mark_complete", **make.ASSESSED)
    assert case.events.get(action="mark_complete").acted_for is None
    people.officer.deputy, people.officer.absent_from = deputy, make.programme().today()
    people.officer.save()
    make.do(deputy, case, "ask", questions="How many?")
    assert case.events.get(action="ask").acted_for == people.officer
