"""Single lines of the table of actions (rules of the programme, section 1) that need more than a
state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assistance.plans.models import ResponsePlan
from assistance.programmes.models import ReasonCode
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import WORKFLOW
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


def test_the_waiting_list_is_looked_at_again_and_goes_on(people: People) -> None:
    today = make.programme().today()
    case = make.do(
        people.manager,
        make.advanced(people, "complete"),
        "waitlist",
        note="No funds",
        next_look_on=today + timedelta(days=9),
    )
    first = case.first_decided_at
    case = make.do(
        people.manager, case, "waitlist", note="Still none", next_look_on=today + timedelta(days=40)
    )
    assert (case.state, case.due_on, case.first_decided_at) == (
        "waitlisted",
        today + timedelta(days=40),
        first,
    )
    assert case.spans.filter(state="waitlisted").count() == 1


def test_a_new_version_of_the_plan_can_be_sent_back(people: People) -> None:
    case = make.do(people.officer, make.advanced(people, "planned"), "revise_plan", **make.PLAN)
    case = make.do(people.kenya, case, "send_revision_back", changes="Later, please.")
    assert case.state == "planned"
    assert list(case.plans.order_by("version").values_list("status", flat=True)) == [
        ResponsePlan.Status.AGREED,
        ResponsePlan.Status.SENT_BACK,
    ]
    assert people.officer.notifications.filter(kind="request.send_revision_back").count() == 1
    assert "revise_plan" in {a.code for a in WORKFLOW.available(people.officer, case)}


def closed_without_a_word(people: People) -> AssistanceRequest:
    """Delivered, and the country said nothing."""
    case = make.do(
        people.officer,
        make.advanced(people, "in_delivery"),
        "complete",
        summary="Done.",
        why_none="By telephone.",
    )
    WORKFLOW.perform_automatic(case.pk, "close_unconfirmed")
    return AssistanceRequest.objects.get(pk=case.pk)


def test_the_country_may_still_say_how_it_went_for_twelve_months(people: People) -> None:
    case = closed_without_a_word(people)
    closed_at = case.closed_at
    case = make.do(
        people.kenya, case, "confirm", outcome="partly_met", usefulness="4", timeliness="2"
    )
    assert (case.state, case.outcome, case.usefulness, case.closed_at) == (
        "closed",
        "partly_met",
        4,
        closed_at,
    )
    with pytest.raises(ActionNotAllowed):
        make.do(people.kenya, case, "confirm", outcome="met", usefulness="5", timeliness="5")


def test_after_twelve_months_it_is_too_late(people: People) -> None:
    case = closed_without_a_word(people)
    AssistanceRequest.objects.filter(pk=case.pk).update(
        closed_at=timezone.now() - timedelta(days=367)
    )
    with pytest.raises(ActionNotAllowed):
        make.do(people.kenya, case, "confirm", outcome="met", usefulness="5", timeliness="5")


def test_a_pause_says_when_somebody_looks_again_and_keeps_the_date_of_the_waiting_list(
    people: People,
) -> None:
    today = make.programme().today()
    case = make.advanced(people, "complete")
    case = make.do(
        people.manager, case, "waitlist", note="No funds", next_look_on=today + timedelta(days=50)
    )
    with pytest.raises(DomainError, match="after today"):
        make.do(people.manager, case, "hold", reason="Elections", next_look_on=today)
    case = make.do(
        people.manager, case, "hold", reason="Elections", next_look_on=today + timedelta(days=20)
    )
    assert (case.state, case.due_on, case.turn) == (
        "on_hold",
        today + timedelta(days=20),
        "programme",
    )
    case = make.do(people.manager, case, "resume", reason="They are over")
    assert (case.state, case.due_on, case.hold_look_on) == (
        "waitlisted",
        today + timedelta(days=50),
        None,
    )


def test_what_is_withdrawn_before_it_was_cleared_is_a_draft_again(people: People) -> None:
    approver = make.focal_point("KEN", may_clear=True)
    case = make.do(people.kenya, make.submitted(people.kenya), "withdraw", reason="One more thing")
    assert (case.state, case.turn, case.reference) == ("draft", "country", None)
    assert approver.notifications.filter(kind="request.withdraw").count() == 1
    case = make.do(people.kenya, case, "submit")
    assert case.state == "awaiting_clearance"
    client = Client()
    client.force_login(approver)
    sent = client.post(
        reverse("request_act", args=[case.pk, "withdraw"]),
        {"reason": "Not now", "version": case.version},
        follow=True,
    )
    # a draft is its author's alone: who took it back is led to the list
    assert sent.status_code == 200


def test_a_call_is_noted_for_both_sides_or_for_staff_alone(people: People) -> None:
    case = make.submitted(people.kenya)
    today = make.programme().today()
    call = {
        "whom": "Ministry of Justice",
        "when": today,
        "by": "call",
        "said": "They can wait until May.",
    }
    with pytest.raises(DomainError, match="today or before"):
        make.do(
            people.officer,
            case,
            "note_call",
            **(call | {"when": today + timedelta(days=1), "readers": "shared"}),
        )
    after = make.do(people.officer, case, "note_call", **call, readers="internal")
    assert (after.version, after.updated_at, after.clocks.get(standard="acknowledge").ended_on) == (
        case.version,
        case.updated_at,
        None,
    )
    assert not people.kenya.notifications.filter(kind="request.note_call").exists()
    client = Client()
    client.force_login(people.kenya)
    assert "They can wait until May." not in client.get(case.get_absolute_url()).content.decode()
    after = make.do(people.officer, case, "note_call", **call, readers="shared")
    assert after.version == case.version + 1
    assert people.kenya.notifications.filter(kind="request.note_call").count() == 1
    assert "They can wait until May." in client.get(case.get_absolute_url()).content.decode()


def test_a_plan_needs_an_indicator(people: People) -> None:
    case = make.advanced(people, "accepted")
    with pytest.raises(DomainError) as refused:
        make.do(people.officer, case, "propose_plan", **(make.PLAN | {"indicators": []}))
    assert list(refused.value.errors) == ["indicators"]


def test_delivery_starts_with_the_agreement_where_an_engagement_is_confirmed(
    people: People,
) -> None:
    case = make.advanced(people, "plan_proposed")
    deed = make.engagement(people.officer, make.part(KEN={"women": 1, "men": 2}), requests=[case])
    make.engagement_services.perform_action(people.officer, deed.pk, "confirm")
    client = Client()
    client.force_login(people.kenya)  # as the countries' role
    assert (
        client.post(
            reverse("request_act", args=[case.pk, "agree"]), {"agreed_by_name": "P. Otieno"}
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.state == "in_delivery"
    assert [e.action for e in case.events.order_by("-id")[:2]] == ["start_delivery", "agree"]
    plan = case.plans.get(status="agreed")
    assert (
        (plan.proposed_by, plan.agreed_by_name) == (people.officer, "P. Otieno")
        and plan.agreed_at
        and plan.proposed_at
    )


def test_stopping_a_paused_request_forgets_the_next_look(people: People) -> None:
    soon = make.programme().today() + timedelta(days=9)
    case = make.do(
        people.manager,
        make.advanced(people, "accepted"),
        "hold",
        reason="Elections",
        next_look_on=soon,
    )
    case = make.do(
        people.manager,
        case,
        "discontinue",
        reason_code=ReasonCode.objects.filter(used_for="discontinue").first(),
        note="Sorry.",
    )
    assert (case.hold_look_on, case.due_on, case.turn) == (None, None, "nobody")
