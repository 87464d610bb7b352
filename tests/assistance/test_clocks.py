"""Two clocks in working days, which rest while the other side is waited for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistance.programmes.models import ReasonCode, Standard
from assistance.programmes.working_days import WorkingDays
from assistance.requests import services
from assistance.requests.clocks import ASIDE, CLOCK_HAPPENINGS, INTO_DELIVERY, RULES
from assistance.requests.models import AssistanceRequest
from assistance.requests.running_clocks import Clocks
from assistance.requests.workflow import ACTIONS, WORKFLOW
from assistance.tasks import close_unconfirmed
from tests import make
from tests.make import People

CHRISTMAS = WorkingDays(frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 6)}))
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def test_each_word_that_starts_or_stops_a_clock_is_an_action_or_a_named_happening() -> None:
    words = {word for rule in RULES.values() for word in (*rule.starts, *rule.stops)}
    assert words - set(ACTIONS) == CLOCK_HAPPENINGS
    assert set(ACTIONS) >= INTO_DELIVERY and not ASIDE & set(ACTIONS)


def test_three_working_days_pass_over_a_weekend() -> None:
    # Thursday: Friday, Monday, Tuesday
    assert WorkingDays().add(date(2026, 11, 26), 3) == date(2026, 12, 1)


def test_holidays_do_not_count() -> None:
    assert CHRISTMAS.add(date(2026, 12, 24), 1) == date(2026, 12, 28)


@given(start=days, count=st.integers(0, 120))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    assert CHRISTMAS.between(start, CHRISTMAS.add(start, count)) == count


@given(start=days, end=days)
def test_counting_back_is_the_opposite_of_counting_on(start: date, end: date) -> None:
    assert CHRISTMAS.between(start, end) == -CHRISTMAS.between(end, start)


@pytest.mark.django_db
def test_ours_rests_while_the_country_is_waited_for_and_keeps_what_was_left(people: People) -> None:
    case = make.advanced(people, "complete")
    decision = case.clocks.get(standard="decision")
    left = WorkingDays(frozenset(case.programme.holidays.values_list("day", flat=True))).between(
        case.programme.today(), decision.due_on
    )
    case = make.do(people.officer, case, "ask", questions="How many?")
    decision.refresh_from_db()
    assert (decision.paused_on, decision.days_left) == (case.programme.today(), left)
    assert case.due_on == case.clocks.get(standard="answer").due_on
    make.do(people.kenya, case, "answer", answer_1="Forty.")
    decision.refresh_from_db()
    assert decision.paused_on is None
    assert decision.due_on == Clocks(case, case.programme.today()).calendar.add(
        case.programme.today(), left
    )


@pytest.mark.django_db
def test_a_clock_that_rested_when_its_case_ended_was_not_missed(people: People) -> None:
    """The country never answers, its case lapses long after the day on which we would have had to
    decide: that day had moved on."""
    case = make.do(people.officer, make.advanced(people, "complete"), "ask", questions="How many?")
    decision = case.clocks.get(standard="decision")
    left, later = decision.days_left, decision.due_on + timedelta(days=30)
    assert left is not None
    Clocks(case, later).stop(decision, later, void=True)
    decision.refresh_from_db()
    assert decision.due_on == Clocks(case, later).calendar.add(later, left) > later
    assert (decision.end, decision.ended_on, decision.days_used) == (
        "void",
        later,
        decision.days - left,
    )


@pytest.mark.django_db
def test_a_case_keeps_the_standard_in_force_when_its_clock_started(people: People) -> None:
    case = make.submitted(people.kenya)
    before = case.clocks.get(standard="acknowledge")
    Standard.objects.create(
        programme=case.programme, code="acknowledge", days=1, valid_from=case.programme.today()
    )
    later = make.submitted(people.fiji, "FJI")
    before.refresh_from_db()
    assert (before.days, later.clocks.get(standard="acknowledge").days) == (3, 1)


@pytest.mark.django_db
def test_the_programmes_first_message_acknowledges_and_the_countrys_does_not(
    people: People,
) -> None:
    from assistance.requests.services import post_message

    case = make.submitted(people.kenya)
    post_message(people.kenya, case.pk, "Any news?", internal=False)
    assert case.clocks.get(standard="acknowledge").ended_on is None
    post_message(people.officer, case.pk, "We are looking at it.", internal=True)
    assert case.clocks.get(standard="acknowledge").ended_on is None
    post_message(people.officer, case.pk, "Thank you, received.", internal=False)
    assert case.clocks.get(standard="acknowledge").end == "act"


@pytest.mark.django_db
def test_a_delivered_case_closes_by_itself_after_thirty_days_and_says_so(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    case = make.do(
        people.officer, case, "complete", summary="Done.", why_none="Delivered by phone."
    )
    confirmation = case.clocks.get(standard="confirmation")
    assert confirmation.due_on == case.programme.today() + timedelta(
        days=RULES["confirmation"].days
    )
    assert close_unconfirmed() == 0
    case.clocks.filter(pk=confirmation.pk).update(
        started_on=case.programme.today() - timedelta(days=31),
        due_on=case.programme.today() - timedelta(days=1),
    )
    assert close_unconfirmed() == 1
    assert close_unconfirmed() == 0
    case = AssistanceRequest.objects.get(pk=case.pk)
    assert (case.state, case.outcome) == ("closed", "not_stated")
    assert people.kenya.notifications.filter(kind="request.close_unconfirmed").count() == 1


@pytest.mark.django_db
def test_two_reminders_five_working_days_apart_then_the_manager_may_let_it_lapse(
    people: People,
) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "ask", questions="How many?"
    )
    answer = case.clocks.get(standard="answer")
    case.clocks.filter(pk=answer.pk).update(due_on=case.programme.today() - timedelta(days=1))
    assert close_unconfirmed() == 1
    assert close_unconfirmed() == 0

    assert not WORKFLOW.may_take(people.manager, ACTIONS["lapse"], case)
    case.clocks.filter(pk=answer.pk).update(reminded_on=case.programme.today() - timedelta(days=9))
    assert close_unconfirmed() == 1
    assert WORKFLOW.may_take(people.manager, ACTIONS["lapse"], case)
    assert people.kenya.notifications.filter(kind="request.reminder").count() == 2
    case = make.do(people.manager, case, "lapse", note="No answer.")
    case = make.do(people.kenya, case, "answer_late", answers="Sorry: forty.")
    assert (case.state, case.round) == ("under_review", 2)


# When clocks start, stop and rest (rules of the programme, section 2)


class Calendar:
    """The time that the product reads, which a test turns on day by day; a Monday without holidays
    near it."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 1, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Each reading is a little later."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def on(self, day: date) -> date:
        """Goes to ten o'clock of this day, and says which it is."""
        self.now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        return day


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """Time stands where a test puts it."""
    hours = Calendar()
    monkeypatch.setattr("django.utils.timezone.now", hours)
    return hours


@pytest.mark.django_db
@pytest.mark.parametrize("pause", ["ask", "hold"])
def test_a_clock_is_due_once_a_pause_after_the_due_date_does_not_move_it(
    people: People, calendar: Calendar, pause: str
) -> None:
    case = make.advanced(people, "complete")
    decision = case.clocks.get(standard="decision")
    due_on, late = decision.due_on, calendar.on(decision.due_on + timedelta(days=7))
    if pause == "ask":
        case = make.do(people.officer, case, "ask", questions="How many?")
    else:
        case = make.do(
            people.manager, case, "hold", reason="Elections", next_look_on=late + timedelta(days=20)
        )
    decision.refresh_from_db()
    # it is missed, and no report may lose it while it rests
    assert (decision.due_on, decision.paused_on) == (
        due_on,
        None,
    )
    calendar.on(late + timedelta(days=14))
    end: tuple[Any, str, dict[str, str]] = (people.manager, "resume", {"reason": "They are over"})
    actor, code, said = (people.kenya, "answer", {"answer_1": "Forty."}) if pause == "ask" else end
    case = make.do(actor, case, code, **said)
    decision.refresh_from_db()
    assert decision.due_on == due_on
    calendar.on(late + timedelta(days=21))
    make.do(
        people.manager,
        case,
        "decline",
        reason_code=ReasonCode.objects.filter(used_for="decline").first(),
        note="Sorry.",
    )
    decision.refresh_from_db()
    assert (decision.due_on, decision.end) == (due_on, "act")
    ours = Clocks(case, late).calendar.between(due_on, late) + Clocks(case, late).calendar.between(
        late + timedelta(days=14), late + timedelta(days=21)
    )
    # the fortnight for which the country was waited for is not ours
    assert decision.days_used == decision.days + ours


@pytest.mark.django_db
def test_a_pause_that_an_earlier_release_began_after_the_due_date_moves_nothing_either(
    people: People, calendar: Calendar
) -> None:
    case = make.do(people.officer, make.advanced(people, "complete"), "ask", questions="How many?")
    decision = case.clocks.get(standard="decision")
    due_on = calendar.now.date() - timedelta(days=10)
    case.clocks.filter(pk=decision.pk).update(
        due_on=due_on, paused_on=due_on + timedelta(days=4), days_left=-4
    )
    make.do(people.kenya, case, "answer", answer_1="Forty.")
    decision.refresh_from_db()
    assert (decision.due_on, decision.paused_on) == (due_on, None)


@pytest.mark.django_db
def test_nobody_is_reminded_while_a_case_rests(people: People, calendar: Calendar) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "ask", questions="How many?"
    )
    calendar.on(case.clocks.get(standard="answer").due_on + timedelta(days=1))
    case = make.do(
        people.manager,
        case,
        "hold",
        reason="Elections",
        next_look_on=calendar.now.date() + timedelta(days=20),
    )
    assert close_unconfirmed() == 0
    make.do(people.manager, case, "resume", reason="They are over")
    assert close_unconfirmed() == 1


@pytest.mark.django_db
def test_the_first_engagement_is_the_first_that_begins_on_or_after_acceptance(
    people: People, calendar: Calendar
) -> None:
    """Advice that was given before the decision answers no promise that came with it."""
    case = make.advanced(people, "planned")
    accepted = case.clocks.get(standard="first_engagement").started_on
    early = make.engagement(
        people.officer, make.part(accepted - timedelta(days=12), KEN={"women": 1, "men": 1})
    )
    make.engagement_services.link_request(people.officer, early.pk, case)
    make.engagement_services.perform_action(
        people.officer, early.pk, "deliver", {"outcome": "Advice."}
    )
    assert case.clocks.get(standard="first_engagement").ended_on is None
    course = make.engagement(
        people.officer,
        make.part(accepted + timedelta(days=10), KEN={"women": 1, "men": 1}),
        requests=[case],
    )
    calendar.on(accepted + timedelta(days=20))
    make.engagement_services.perform_action(
        people.officer, course.pk, "deliver", {"outcome": "Done."}
    )
    clock = case.clocks.get(standard="first_engagement")
    assert (clock.ended_on, clock.end) == (accepted + timedelta(days=10), "act")


@pytest.mark.django_db
def test_completeness_starts_with_the_message_that_acknowledged_and_not_anew_with_the_review(
    people: People, calendar: Calendar
) -> None:
    case = make.submitted(people.kenya)
    said_on = calendar.on(calendar.now.date() + timedelta(days=1))
    services.post_message(people.officer, case.pk, "Thank you, received.", internal=False)
    case.refresh_from_db()
    clock = case.clocks.get(standard="completeness")
    assert (clock.started_on, case.due_on) == (said_on, clock.due_on)
    calendar.on(said_on + timedelta(days=2))
    services.post_message(people.officer, case.pk, "One more word.", internal=False)
    make.do(
        people.officer, case, "start_review", lead_officer=people.officer, letter="authenticated"
    )
    assert [c.started_on for c in case.clocks.filter(standard="completeness")] == [said_on]


@pytest.mark.django_db
def test_a_plan_that_was_sent_back_has_a_new_clock(people: People, calendar: Calendar) -> None:
    case = make.advanced(people, "plan_proposed")
    back = calendar.on(calendar.now.date() + timedelta(days=9))
    case = make.do(people.kenya, case, "send_plan_back", changes="Later, please.")
    clock = case.clocks.unfinished().get(standard="plan")
    assert (clock.started_on, case.due_on) == (back, clock.due_on)


@pytest.mark.django_db
def test_a_separated_request_has_to_be_decided_on_as_any_other(people: People) -> None:
    target = make.submitted(people.kenya)
    case = make.do(people.officer, make.advanced(people, "complete"), "merge", merged_into=target)
    assert case.clocks.get(standard="decision").end == "void"
    case = make.do(people.manager, case, "unmerge", reason="Another matter")
    make.do(people.officer, case, "mark_complete", **make.ASSESSED)
    assert case.clocks.unfinished().get(standard="decision")
