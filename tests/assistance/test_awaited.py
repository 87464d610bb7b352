"""Who is awaited, for what, by when and how late: the table of the rules, and every place that says
it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from accounts.models import Role, User
from assistance.plans.models import ResponsePlan
from assistance.requests import awaited_facts, presentation
from assistance.requests.assessments import Assessment
from assistance.requests.awaited import Act, Awaited, CaseFacts, Party, awaited
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import OPEN, State
from tests import make
from tests.api import Api
from tests.make import People

TODAY = date(2026, 11, 30)  # a Monday
SOON, PAST = date(2026, 12, 4), date(2026, 11, 26)


def clock(due_on: date = SOON, reminders: int = 0) -> Any:
    """A running clock."""
    return SimpleNamespace(due_on=due_on, reminders=reminders)


def told(
    state: str, *clocks: str, case: dict[str, Any] | None = None, **facts: Any
) -> list[tuple[str, str, date | None]]:
    """What the table says of a state in which these clocks run."""
    values = {"complete_since": None, "next_look_on": None, "hold_look_on": None} | (case or {})
    known = CaseFacts(TODAY, clocks={code: facts.pop(code, clock()) for code in clocks}, **facts)
    return [
        (a.party.value, a.act.value, a.by)
        for a in awaited(SimpleNamespace(state=state, **values), known)  # type: ignore[arg-type]
    ]


COMPLETE = {"complete_since": timezone.now()}
AHEAD = ("confirmed", TODAY + timedelta(days=3), TODAY + timedelta(days=5))
BEGUN = ("planned", TODAY - timedelta(days=3), TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (told("draft"), [("author", "draft", None)]),
        (told("awaiting_clearance"), [("approver", "clearance", None)]),
        (told("submitted", "acknowledge"), [("officer", "acknowledge", SOON)]),
        (told("submitted", "completeness"), [("officer", "completeness", SOON)]),
        (told("under_review", "completeness"), [("officer", "completeness", SOON)]),
        (told("under_review", "decision", case=COMPLETE), [("manager", "decision", SOON)]),
        (
            told("under_review", "decision", case=COMPLETE, assessment_is_open=True),
            [("officer", "assessment", SOON)],
        ),
        (
            told("under_review", "decision", case=COMPLETE, assessment_is_open=None),
            [("programme", "decision", SOON)],
        ),
        (told("returned", "answer", open_questions=2), [("country", "answer", SOON)]),
        (told("returned", "answer", answer=clock(PAST, 1)), [("country", "answer", PAST)]),
        (
            told("returned", "answer", answer=clock(PAST, 2)),
            [("country", "answer", PAST), ("manager", "silence", None)],
        ),
        (
            told("plan_proposed", "agreement", agreement=clock(PAST, 2)),
            [("country", "agreement", PAST), ("manager", "silence", None)],
        ),
        (told("waitlisted", case={"next_look_on": SOON}), [("manager", "next_look", SOON)]),
        (
            told("on_hold", "decision", case={"hold_look_on": SOON, "next_look_on": PAST}),
            [("manager", "next_look", SOON)],
        ),
        (told("accepted", "plan", "first_engagement"), [("officer", "plan", SOON)]),
        (told("planned", "first_engagement"), [("officer", "first_engagement", SOON)]),
        (
            told("planned", "first_engagement", revision_by=PAST),
            [("officer", "first_engagement", SOON), ("country", "revision", PAST)],
        ),
        (told("in_delivery"), [("officer", "next_engagement", None)]),
        (told("in_delivery", engagements=(AHEAD,)), [("officer", "next_engagement", AHEAD[1])]),
        (
            told("in_delivery", engagements=(AHEAD, BEGUN), record_days=10),
            [("officer", "next_engagement", AHEAD[1])],
        ),
        (
            told("in_delivery", engagements=(BEGUN,), record_days=10),
            [("officer", "record", date(2026, 12, 11))],
        ),
        (told("in_delivery", "closing", closing=clock(PAST)), [("officer", "closing", PAST)]),
        (told("delivered", "confirmation"), [("country", "confirmation", SOON)]),
        *(
            (told(state, "decision"), [])
            for state in (
                "closed",
                "declined",
                "referred",
                "merged",
                "withdrawn",
                "discontinued",
                "lapsed",
                "discarded",
            )
        ),
    ],
)
def test_the_table(found: Any, expected: Any) -> None:
    assert found == expected


def test_lateness_is_counted_in_working_days_of_the_duty_station() -> None:
    facts = CaseFacts(TODAY)
    assert [
        facts.working_days_late(day) for day in (PAST, date(2026, 11, 28), TODAY, SOON, None)
    ] == [2, 1, None, None, None]
    assert presentation.late_words(PAST, facts) == "2 working days late (was due 26 November)"
    assert (
        presentation.late_words(date(2026, 11, 27), facts)
        == "1 working day late (was due 27 November)"
    )
    weekend = CaseFacts(date(2026, 11, 29))
    assert presentation.late_words(date(2026, 11, 27), weekend) == "was due 27 November"


@pytest.fixture
def reader(people: People) -> Any:
    """Makes a reader."""
    return awaited_facts.Reader


@pytest.mark.django_db
def test_sentences_say_who_what_and_by_when(people: People, reader: Any) -> None:
    case: Any = SimpleNamespace(
        lead_officer_id=people.officer.pk,
        deciding_manager_id=None,
        programme_id=make.programme().pk,
        author_id=people.kenya.pk,
    )
    facts, far = CaseFacts(TODAY), date(2027, 1, 14)

    def said(entry: Awaited, user: User) -> str:
        return presentation.awaited_sentence(entry, case, facts, reader(user))

    decision = Awaited(Party.MANAGER, Act.DECISION, far)
    assert said(decision, people.officer) == "Decision: the manager, by 14 January"
    assert said(decision, people.manager) == "Decision: you, by 14 January"
    assert said(decision, people.kenya) == "Decision: the programme, by 14 January"
    questions = Awaited(Party.COUNTRY, Act.ANSWER, SOON, 2)
    assert said(questions, people.kenya) == "Two questions for you, by Friday 4 December"
    assert said(questions, people.officer) == "Two questions for the country, by Friday 4 December"
    assert (
        said(Awaited(Party.COUNTRY, Act.ANSWER, SOON, 1), people.kenya)
        == "One question for you, by Friday 4 December"
    )
    late = Awaited(Party.OFFICER, Act.COMPLETENESS, PAST)
    assert (
        said(late, people.manager)
        == "Completeness: the lead officer, 2 working days late (was due 26 November)"
    )
    case.lead_officer_id = None
    assert (
        said(Awaited(Party.OFFICER, Act.ACKNOWLEDGE), people.manager)
        == "First answer: the officers"
    )
    with translation.override("fr"):
        assert said(Awaited(Party.COUNTRY, Act.ANSWER, SOON, 2), people.kenya).startswith("2")


@pytest.mark.django_db
def test_a_deputy_stands_in_and_who_could_act_as_well_is_not_awaited(
    people: People, reader: Any
) -> None:
    deputy, colleague = make.staff(Role.OFFICER), make.staff(Role.OFFICER)
    case = make.advanced(people, "under_review")
    entry = Awaited(Party.OFFICER, Act.COMPLETENESS)
    people.officer.deputy = deputy
    people.officer.save()
    asked = (people.officer, deputy, colleague, people.manager)
    assert [reader(user).is_awaited(entry, case) for user in asked] == [True, False, False, False]
    people.officer.absent_from = make.programme().today()
    people.officer.save()
    assert [reader(user).is_awaited(entry, case) for user in asked] == [True, True, False, False]
    case.lead_officer = None
    assert [reader(user).is_awaited(entry, case) for user in asked] == [True, True, True, False]


def everywhere(people: People) -> Iterator[AssistanceRequest]:
    """Cases in every state and circumstance, which begin as copies of one draft."""
    draft = make.draft(people.kenya)
    colleague, other_manager = make.staff(Role.OFFICER), make.staff(Role.MANAGER)
    today = make.programme().today()
    for state in State.values:
        for lead, decider in (
            (people.officer, None),
            (None, people.manager),
            (colleague, other_manager),
        ):
            for more in ("", "complete", "sent back", "silent", "revised"):
                case = AssistanceRequest.objects.get(pk=draft.pk)
                case.pk = None
                case.save(force_insert=True)
                values: dict[str, Any] = {
                    "state": state,
                    "lead_officer": lead,
                    "deciding_manager": decider,
                    "due_on": today,
                }
                if state not in State.before_submission():
                    values |= {
                        "reference": f"KEN-1998-{case.pk:04d}",
                        "submitted_at": timezone.now(),
                        "received_on": today,
                    }
                if state == "merged":
                    values["merged_into"] = case.pk + 10**6
                    continue
                if more in ("complete", "sent back"):
                    values["complete_since"] = timezone.now()
                if more == "sent back":
                    Assessment.objects.create(
                        request=case, round=1, written_by=people.officer, returned_at=timezone.now()
                    )
                if more == "silent":
                    case.clocks.create(
                        round=1,
                        standard="agreement" if state == "plan_proposed" else "answer",
                        days=15,
                        started_on=today,
                        due_on=today,
                        reminders=2,
                    )
                if more == "revised":
                    ResponsePlan.objects.create(
                        request=case,
                        version=1,
                        proposed_by=people.officer,
                        proposed_at=timezone.now(),
                    )
                AssistanceRequest.objects.filter(pk=case.pk).update(**values)
                yield AssistanceRequest.objects.get(pk=case.pk)


@pytest.mark.django_db
def test_lists_ask_the_database_what_the_table_says(people: People, reader: Any) -> None:
    cases = list(everywhere(people))
    facts = awaited_facts.known_of(cases, inside=True)
    for who in (people.officer, people.manager, people.kenya):
        someone = reader(who)
        request: Any = RequestFactory().get("/")
        request.user = who
        rows = AssistanceRequest.objects.filter(pk__in=[c.pk for c in cases])
        inside = who.is_programme_staff
        listed = {
            of: set(
                RequestFilter({"awaited": of}, queryset=rows, request=request).qs.values_list(
                    "pk", flat=True
                )
            )
            for of in (("me", "officer", "manager", "country") if inside else ("me", "programme"))
        }
        for case in cases:
            if case.state not in OPEN:
                assert not any(case.pk in pks for pks in listed.values()), case.state
                continue
            entries = awaited(case, facts[case.pk])
            mine = any(someone.is_awaited(e, case) for e in entries)
            assert (case.pk in listed["me"]) == mine, (who.role, case.state, entries)
            for party in ("officer", "manager", "country") if inside else ():
                expected = not mine and any(e.party.value == party for e in entries)
                assert (case.pk in listed[party]) == expected, (
                    who.role,
                    party,
                    case.state,
                    entries,
                )
            if not inside:
                assert (case.pk in listed["programme"]) != mine


def page(user: User, case: AssistanceRequest) -> str:
    """The case as somebody reads it."""
    client = Client()
    client.force_login(user)
    return client.get(case.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_an_officer_does_not_read_your_turn_where_the_manager_decides(people: People) -> None:
    case = make.advanced(people, "complete")
    officers, managers = page(people.officer, case), page(people.manager, case)
    assert "Your turn" not in officers and "Decision: the manager, by" in officers
    assert "Your turn" in managers and "Decision: you, by" in managers
    case = make.do(people.manager, case, "return_assessment", still_needed="More on cost.")
    officers, managers = page(people.officer, case), page(people.manager, case)
    assert "Your turn" in officers and "Assessment: you, by" in officers
    assert "Your turn" not in managers and "Assessment: the lead officer, by" in managers
    assert "Decision: the programme, by" in page(people.kenya, case)


@pytest.mark.django_db
def test_a_past_date_is_never_said_as_if_it_were_ahead(people: People) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "ask", questions="How many?\nWhen?"
    )
    past = case.programme.today() - timedelta(days=10)
    case.clocks.filter(standard="answer").update(due_on=past, reminders=2)
    AssistanceRequest.objects.filter(pk=case.pk).update(due_on=past)
    shown = presentation.day_words(past, case.programme.today())
    for who, said in (
        (people.kenya, "Two questions for you"),
        (people.officer, "Two questions for the country"),
    ):
        text = page(who, case)
        assert said in text and f"(was due {shown})" in text and f"by {shown}" not in text
    assert "No answer after two reminders: you" in page(people.manager, case)
    assert "No answer after two reminders" not in page(people.kenya, case)


@pytest.mark.django_db
def test_the_api_says_who_is_awaited_in_full_and_in_lists(people: People) -> None:
    case = make.advanced(people, "complete")
    due_on = case.clocks.get(standard="decision").due_on
    expected = {
        "who": "manager",
        "you": False,
        "for_what": "decision",
        "questions": 0,
        "by": due_on,
        "late_working_days": None,
    }
    officer = Api(people.officer)
    assert officer.get(f"requests/{case.pk}/").json()["awaited"] == expected | {
        "by": due_on.isoformat()
    }
    assert (
        officer.get(f"requests/{case.pk}/").data["awaited"]
        == officer.rows("requests/")[0]["awaited"]
        == expected
    )
    assert Api(people.manager).get(f"requests/{case.pk}/").json()["awaited"]["you"] is True
    assert Api(people.kenya).get(f"requests/{case.pk}/").data["awaited"] == expected | {
        "who": "programme"
    }
    assert [r["id"] for r in Api(people.manager).rows("requests/?awaited=me")] == [case.pk]
    assert officer.rows("requests/?awaited=me") == []
    past = case.programme.today() - timedelta(days=14)
    case.clocks.filter(standard="decision").update(due_on=past)
    assert officer.get(f"requests/{case.pk}/").json()["awaited"]["late_working_days"] >= 8


@pytest.mark.django_db
def test_a_list_of_any_length_takes_as_many_queries(
    people: People, django_assert_max_num_queries: Any
) -> None:
    for _n in range(3):
        make.advanced(people, "in_delivery")
        make.do(people.officer, make.advanced(people, "under_review"), "ask", questions="How many?")
    cases = list(AssistanceRequest.objects.select_related("programme"))
    with django_assert_max_num_queries(30) as few:
        awaited_facts.known_of(cases[:2], inside=True)
    with django_assert_max_num_queries(30) as more:
        awaited_facts.known_of(cases, inside=True)
    assert len(more) <= len(few) + 4  # standards and holidays are looked up by programme


@pytest.mark.django_db
def test_mails_say_whose_turn_it_is_to_each_reader(people: People) -> None:
    case = make.advanced(people, "complete")
    assert (
        "Decision: you, by" in people.manager.notifications.get(kind="request.mark_complete").body
    )
    client = Client()
    # written under the role of countries' people, who may not know of an assessment
    client.force_login(people.kenya)
    case = make.do(people.manager, case, "return_assessment", still_needed="More on cost.")
    sent = client.post(
        f"{case.get_absolute_url()}do/supplement/", {"text": "More", "version": case.version}
    )
    assert sent.status_code == 302
    body = people.officer.notifications.get(kind="request.supplement").body
    assert "Decision: the programme, by" in body and "Assessment" not in body
