"""The life of a request cell by cell, and in random order: what the rules of the programme (section
1) allow, and nothing else.

The tables of this file are written from the rules, not from the code that they check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.plans.models import ResponsePlan
from assistance.programmes.models import Programme, ProgrammeMembership, ReasonCode
from assistance.requests import services as request_services
from assistance.requests.assessments import Assessment
from assistance.requests.models import AssistanceRequest
from assistance.requests.running_clocks import Clocks
from assistance.requests.states import State
from assistance.requests.workflow import ACTIONS, WORKFLOW
from assistance.tasks import close_unconfirmed
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.make import People

OPEN = (
    "submitted under_review returned waitlisted accepted plan_proposed planned in_delivery"
    " delivered on_hold"
)
ENDED = "closed declined referred merged withdrawn discontinued lapsed"
STATES = ["draft", "awaiting_clearance", *OPEN.split(), *ENDED.split(), "discarded"]
HELD = "under_review returned waitlisted accepted plan_proposed planned in_delivery"
SAME = "="
# action: from, who, to
TABLE: dict[str, tuple[str, str, str]] = {
    "submit": ("draft", "author", "submitted awaiting_clearance"),
    "clear": ("awaiting_clearance", "clearer", "submitted"),
    "send_back": ("awaiting_clearance", "clearer", "draft"),
    "discard": ("draft", "author", "discarded"),
    "start_review": ("submitted", "officer", "under_review"),
    "mark_complete": ("under_review", "officer", SAME),
    "return_assessment": ("under_review", "manager", SAME),
    "ask": ("under_review waitlisted", "officer", "returned"),
    "answer": ("returned", "focal point", "returned under_review waitlisted"),
    "ask_for_time": ("returned plan_proposed", "focal point", SAME),
    "give_time": ("returned plan_proposed", "officer", SAME),
    "supplement": (OPEN, "focal point", SAME),
    "note_call": (OPEN, "officer", SAME),
    "accept": ("under_review waitlisted", "manager", "accepted"),
    "waitlist": ("under_review waitlisted", "manager", "waitlisted"),
    "refer": ("under_review waitlisted", "manager", "referred"),
    "decline": ("under_review waitlisted", "manager", "declined"),
    "merge": ("submitted under_review waitlisted", "officer", "merged"),
    "unmerge": ("merged", "manager", "under_review"),
    "propose_plan": ("accepted", "officer", "plan_proposed"),
    "agree": ("plan_proposed", "focal point", "planned"),
    "send_plan_back": ("plan_proposed", "focal point", "accepted"),
    "revise_plan": ("planned in_delivery", "officer", SAME),
    "agree_revision": ("planned in_delivery", "focal point", SAME),
    "send_revision_back": ("planned in_delivery", "focal point", SAME),
    "start_delivery": ("planned", "officer", "in_delivery"),
    "complete": ("in_delivery", "officer", "delivered"),
    "confirm": ("delivered closed", "focal point", "closed"),
    "close_unconfirmed": ("delivered", "the clock", "closed"),
    "withdraw": (
        "awaiting_clearance " + OPEN.replace(" delivered", ""),
        "focal point",
        "draft withdrawn",
    ),
    "set_consent": (f"{OPEN} {ENDED}", "focal point", SAME),
    "release_text": (f"{OPEN} {ENDED}", "officer", SAME),
    "discontinue": (
        "accepted plan_proposed planned in_delivery on_hold",
        "manager",
        "discontinued",
    ),
    "hold": (HELD, "manager", "on_hold"),
    "resume": ("on_hold", "manager", HELD),
    "lapse": ("returned plan_proposed", "manager", "lapsed"),
    "reopen": (
        "declined referred withdrawn discontinued lapsed closed",
        "manager",
        "under_review planned",
    ),
    "answer_late": ("lapsed", "focal point", "under_review"),
}
# Who stands for which lines of the table. Officers record what the country does; managers may take
# officers' actions; the last six take nothing.
RIGHTS = {
    "author": {"author", "focal point"},
    "colleague": {"focal point"},
    "approver": {"focal point", "clearer"},
    "officer": {"officer", "focal point"},
    "manager": {"officer", "manager", "focal point"},
    "manager who is a member as officer": {"officer", "focal point"},
    "focal point of another country": set(),
    "former focal point": set(),
    "officer of another programme": set(),
    "manager of another programme": set(),
    "administrator": set(),
    "deactivated officer": set(),
}
READERS_BEFORE_SUBMISSION = {
    "draft": {"author"},
    "awaiting_clearance": {"author", "approver"},
    "discarded": set(),
}
# A case is put into each state; where the rules ask for more than the state, into that too.
MORE = {
    "under_review": "complete",
    "returned": "reminded twice",
    "plan_proposed": "reminded twice",
    "planned": "revised",
    "in_delivery": "revised",
}
PLACES = (
    [(s, "") for s in STATES]
    + list(MORE.items())
    + [("under_review", "sent back"), ("closed", "not stated"), ("planned", "text waits")]
)
ONLY_WHERE = {
    ("accept", "under_review"): "complete",
    ("waitlist", "under_review"): "complete",
    ("agree_revision", "planned"): "revised",
    ("agree_revision", "in_delivery"): "revised",
    ("lapse", "returned"): "reminded twice",
    ("lapse", "plan_proposed"): "reminded twice",
    ("return_assessment", "under_review"): "complete",
    ("send_revision_back", "planned"): "revised",
    ("send_revision_back", "in_delivery"): "revised",
    ("confirm", "closed"): "not stated",
    **{("release_text", s): "text waits" for s in STATES},
}
NOT_WHERE = {("mark_complete", "complete"), ("revise_plan", "revised")}


def allowed_by_the_rules(person: str, action: str, state: str, more: str) -> bool:
    """What the rules say of one cell."""
    sources, who, _target = TABLE[action]
    if state not in sources.split() or who not in RIGHTS[person] or (action, more) in NOT_WHERE:
        return False
    if person not in READERS_BEFORE_SUBMISSION.get(state, {person}):
        return False
    return ONLY_WHERE.get((action, state), more) == more


def everybody() -> dict[str, User]:
    """One person of each kind."""
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    found = {
        "author": make.focal_point("KEN"),
        "colleague": make.focal_point("KEN"),
        "approver": make.focal_point("KEN", may_clear=True),
        "officer": make.staff(Role.OFFICER),
        "manager": make.staff(Role.MANAGER),
        "manager who is a member as officer": make.user(Role.MANAGER),
        "focal point of another country": make.focal_point("FJI", may_clear=True),
        "former focal point": make.focal_point(
            "KEN", may_clear=True, valid_until=make.LONG_AGO + timedelta(days=30)
        ),
        "officer of another programme": make.user(Role.OFFICER),
        "manager of another programme": make.user(Role.MANAGER),
        "administrator": make.user(Role.ADMINISTRATOR),
        "deactivated officer": make.staff(Role.OFFICER, is_active=False),
    }
    for name, programme, role in (
        ("manager who is a member as officer", make.programme(), "officer"),
        ("officer of another programme", other, "officer"),
        ("manager of another programme", other, "manager"),
    ):
        ProgrammeMembership.objects.create(
            user=found[name], programme=programme, role=role, valid_from=make.LONG_AGO
        )
    return found


def put_into(state: str, more: str, author: User, target: AssistanceRequest) -> AssistanceRequest:
    """A case that is simply said to be there."""
    case = make.draft(author)
    today = make.programme().today()
    values: dict[str, Any] = {"state": state}
    if state not in READERS_BEFORE_SUBMISSION:
        values |= {
            "reference": f"KEN-1999-{case.pk:04d}",
            "submitted_at": timezone.now(),
            "received_on": today,
        }
    if state == "merged":
        values["merged_into"] = target
    if more == "complete":
        values["complete_since"] = timezone.now()
    elif more == "sent back":
        values["complete_since"] = timezone.now()
        Assessment.objects.create(
            request=case, round=1, written_by=author, returned_at=timezone.now()
        )
    elif more == "not stated":
        values |= {"outcome": "not_stated", "closed_at": timezone.now() - timedelta(days=360)}
    elif more == "text waits":
        values["publish"] = "title"
    elif more == "reminded twice":
        standard = "answer" if state == "returned" else "agreement"
        case.clocks.create(
            round=1, standard=standard, days=15, started_on=today, due_on=today, reminders=2
        )
    elif more == "revised":
        ResponsePlan.objects.create(
            request=case, version=2, proposed_by=author, proposed_at=timezone.now()
        )
    AssistanceRequest.objects.filter(pk=case.pk).update(**values)
    return AssistanceRequest.objects.get(pk=case.pk)


@dataclass
class World:
    """Everybody, and a case in every place, with who sees it."""

    people: dict[str, User]
    cases: dict[tuple[str, str], AssistanceRequest] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Set up once for all cells, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World(everybody())
        target = make.draft(made.people["author"])
        for place in PLACES:
            made.cases[place] = put_into(*place, made.people["author"], target)
        for name, person in made.people.items():
            made.seen |= {
                (name, pk)
                for pk in AssistanceRequest.objects.visible_to(person).values_list("pk", flat=True)
            }
        yield made
        transaction.set_rollback(True)


def test_the_rules_and_the_product_know_the_same_actions_and_states() -> None:
    assert set(ACTIONS) == set(TABLE)
    assert set(State.values) == set(STATES)


@pytest.mark.parametrize("action", TABLE)
def test_an_action_is_open_to_whom_the_rules_name_and_to_nobody_else(
    world: World, action: str
) -> None:
    for place in PLACES:
        case = world.cases[place]
        found = {
            n
            for n, u in world.people.items()
            if (n, case.pk) in world.seen and WORKFLOW.may_take(u, ACTIONS[action], case)
        }
        assert found == {n for n in RIGHTS if allowed_by_the_rules(n, action, *place)}, place


def test_who_may_clear_never_clears_their_own_request(world: World) -> None:
    own = put_into("awaiting_clearance", "", world.people["approver"], world.cases["submitted", ""])
    assert not {a.code for a in WORKFLOW.available(world.people["approver"], own)} & {
        "clear",
        "send_back",
    }


def test_staff_submit_what_they_wrote_on_a_countrys_behalf_and_nobody_elses_draft(
    world: World,
) -> None:
    own = put_into("draft", "", world.people["officer"], world.cases["submitted", ""])
    assert {a.code for a in WORKFLOW.available(world.people["officer"], own)} == {
        "submit",
        "discard",
    }
    assert not WORKFLOW.available(world.people["manager"], own)


# Random order


class Hours:
    """The time that the product reads."""

    def __init__(self) -> None:
        self.now = timezone.now() + timedelta(minutes=5)  # rows made by default bear the real time

    def __call__(self) -> datetime:
        """Each reading is a little later."""
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class Stage:
    """Two requests of Kenya, an engagement for the first, and who acts."""

    people: dict[str, User]
    case: int
    other: int
    engagement: int
    values: dict[str, Any]

    def reopened_to(self) -> str:
        """A case closed in its first round goes on under its plan."""
        return (
            "planned"
            if AssistanceRequest.objects.filter(pk=self.case, state="closed", round=1).exists()
            else "under_review"
        )


def given_with(stage: Stage, action: str, today: Any) -> dict[str, Any]:
    """Valid values for an action."""
    officer, soon = stage.people["officer"], today + timedelta(days=9)
    first_open = next(
        (q.number for q in AssistanceRequest.objects.get(pk=stage.case).open_questions()), 1
    )
    reason = {
        "reason": "Elections",
        "note": "Explained",
        "to": stage.reopened_to(),
        "reason_code": stage.values.get(action),
    }
    values: dict[str, dict[str, Any]] = {
        "start_review": {"lead_officer": officer, "letter": "authenticated"},
        "mark_complete": make.ASSESSED,
        "accept": {
            "priority": "normal",
            "lead_officer": officer,
            "estimate": Decimal(5),
            "funding": stage.values["funding"],
        },
        "waitlist": {"note": "No funds yet", "next_look_on": soon},
        "refer": {"referred_to": "Another provider", "consent": True},
        "merge": {"merged_into": AssistanceRequest.objects.get(pk=stage.other)},
        "propose_plan": make.PLAN,
        "revise_plan": make.PLAN,
        "confirm": {"outcome": "met", "usefulness": "5", "timeliness": "4"},
        "complete": {"summary": "Done", "why_none": "By telephone"},
        "give_time": {"until": soon},
        "ask_for_time": {"until": soon},
        "supplement": {"text": "More"},
        "ask": {"questions": "How many?\nWhen?"},
        "answer": {f"answer_{first_open}": "Forty"},
        "return_assessment": {"still_needed": "What did others do?"},
        "note_call": {
            "whom": "The ministry",
            "when": today,
            "by": "call",
            "said": "They wait",
            "readers": "shared",
        },
        "hold": {"reason": "Elections", "next_look_on": soon},
        "set_consent": {"publish": "title", "show_need": True},
        "send_revision_back": {"changes": "Later"},
        "answer_late": {"answers": "Forty"},
        "agree": {"agreed_by_name": "P. Otieno"},
        "agree_revision": {"agreed_by_name": "P. Otieno"},
        "send_plan_back": {"changes": "Later"},
        "send_back": {"changes": "Shorter"},
    }
    return values.get(action, reason)


@pytest.fixture
def stage(db: None) -> Stage:
    """Everything at the beginning: set up once, every story is taken back to it."""
    people = everybody()
    case, other = (
        make.draft(people["author"]),
        make.submitted(make.focal_point("KEN", valid_from=make.LONG_AGO), "KEN"),
    )
    engagement = make.engagement(people["officer"], make.part(KEN={"women": 3, "men": 4}))
    reasons = {c: ReasonCode.objects.filter(used_for=c).first() for c in ("decline", "discontinue")}
    return Stage(people, case.pk, other.pk, engagement.pk, {"funding": make.funding(), **reasons})


USUAL = [
    "submit",
    "clear",
    "start_review",
    "mark_complete",
    "accept",
    "propose_plan",
    "agree",
    "start_delivery",
    "complete",
    "confirm",
]
ONWARD = {*USUAL, "answer", "answer_late", "resume", "reopen", "unmerge", "agree_revision"}


def open_to(case: AssistanceRequest, only: set[str]) -> list[tuple[str, str]]:
    """Who may do what by the table, of these actions: where a story goes on."""
    more = "sent back" if case.has_open_assessment else "complete" if case.complete_since else ""
    more = (
        more
        if case.state == "under_review"
        else "not stated"
        if case.outcome == "not_stated"
        else MORE.get(case.state, "")
    )
    found = [
        (n, a)
        for a in TABLE
        if a in only
        for n in RIGHTS
        if allowed_by_the_rules(n, a, case.state, more)
    ]
    return found or [("manager", "reopen")]


def beside(stage: Stage, step: str) -> None:
    """What happens around a case."""
    officer, case = stage.people["officer"], AssistanceRequest.objects.get(pk=stage.case)
    if step == "link":
        services.link_request(officer, stage.engagement, case)
    elif step == "unlink":
        services.unlink_request(officer, stage.engagement, case, "Another course")
    elif step == "message":
        request_services.post_message(officer, stage.case, "Thank you.", internal=False)
    elif step == "tick":
        close_unconfirmed()
    else:
        values = {
            "reason": "Elections",
            "outcome": "Good",
            "starts_on": make.programme().today() + timedelta(days=3),
        }
        actor = stage.people["manager" if step == "verify" else "officer"]
        services.perform_action(actor, stage.engagement, step, values)


BESIDE = [
    "link",
    "unlink",
    "message",
    "tick",
    "confirm",
    "deliver",
    "verify",
    "correct",
    "postpone",
    "cancel",
]


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_people_try_in_whatever_order_a_case_stays_whole(
    stage: Stage, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        hours = Hours()
        patch.setattr("django.utils.timezone.now", hours)
        version = 1
        for action in USUAL[: data.draw(st.integers(0, len(USUAL)), "of the usual way")]:
            case = AssistanceRequest.objects.get(pk=stage.case)
            version += attempt(stage, case, open_to(case, {action})[0][0], action)
        for _step in range(data.draw(st.integers(3, 10), "steps")):
            hours.now += timedelta(
                days=data.draw(st.sampled_from([0, 0, 1, 6, 25, 60]), "days pass")
            )
            way = data.draw(
                st.sampled_from(["onward"] * 5 + ["open"] * 3 + ["any", "any"] + ["beside"] * 4),
                "way",
            )
            case = AssistanceRequest.objects.get(pk=stage.case)
            try:
                with transaction.atomic():
                    if way == "beside":
                        beside(stage, data.draw(st.sampled_from(BESIDE), "beside"))
                    else:
                        only = ONWARD if way == "onward" else set(TABLE) - {"discard"}
                        pairs = (
                            [(n, a) for n in RIGHTS for a in TABLE]
                            if way == "any"
                            else open_to(case, only)
                        )
                        version += attempt(
                            stage, case, *data.draw(st.sampled_from(pairs), "who does what")
                        )
            except (DomainError, Http404):
                pass
            version = check_whole(AssistanceRequest.objects.get(pk=stage.case), version)
            check_whole(AssistanceRequest.objects.get(pk=stage.other), 1)
        transaction.set_rollback(True)


def attempt(stage: Stage, case: AssistanceRequest, name: str, action: str) -> int:
    """One action; by how much the version has to have grown.

    What the table forbids must be refused.
    """
    values = given_with(stage, action, make.programme().today())
    event = request_services.perform_action(stage.people[name], stage.case, action, values)
    sources, who, target = TABLE[action]
    assert case.state in sources.split() and who in RIGHTS[name]
    assert event.to_state in target.split() or (target == SAME and event.to_state == case.state)
    return 1 if event.shared else 0  # what staff do among themselves leaves the version as it is


def check_whole(case: AssistanceRequest, version: int) -> int:
    """What holds of every case at any time. Returns its version."""
    assert case.version >= version
    spans = list(case.spans.order_by("id"))
    assert all(a.left_at == b.entered_at and a.state != b.state for a, b in pairwise(spans))
    assert (spans[-1].state, spans[-1].left_at, spans[-1].round) == (case.state, None, case.round)
    assert (case.reference is not None) == any(s.state == "submitted" for s in spans)
    assert (case.received_on is not None) == (case.reference is not None)
    events = list(case.events.order_by("id"))
    assert all(a.to_state == b.from_state and a.round <= b.round for a, b in pairwise(events))
    assert (
        (events[0].from_state, events[-1].to_state) == ("draft", case.state)
        if events
        else case.state == "draft"
    )
    unfinished = list(case.clocks.unfinished())
    assert len({c.standard for c in unfinished}) == len(unfinished)
    if case.state not in OPEN.split():
        assert not unfinished
    if case.state in ENDED.split() or case.state == "discarded":
        assert (case.turn, case.due_on) == ("nobody", None)
    if case.state != "closed":
        assert (case.outcome, case.usefulness, case.timeliness, case.closed_at) == (
            "",
            None,
            None,
            None,
        )
    stored = (case.turn, case.due_on)
    Clocks(case, case.programme.today()).store_turn()
    assert stored == (case.turn, case.due_on)
    return case.version


def test_a_refusal_says_what_cannot_be_done_now_and_changes_nothing(people: People) -> None:
    case = make.submitted(people.kenya)
    with pytest.raises(ActionNotAllowed, match="Submitted"):
        make.do(people.manager, case, "accept")
    after = AssistanceRequest.objects.get(pk=case.pk)
    assert (after.state, after.version, after.events.count()) == ("submitted", case.version, 1)
    assert not Engagement.objects.exists()
