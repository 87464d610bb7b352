"""Who is awaited on a request, for what, by when and how late: the one table of it, as a function
of a case and what is known about it.

Banner, lists, API and mails say it in the words of `presentation.py`; `awaiting.py` looks up what
has to be known and finds the cases that wait for somebody. Source: the rules of the programme,
section 1, second table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.engagements.states import AHEAD
from assistance.programmes.working_days import WorkingDays
from assistance.requests.clocks import REMINDERS
from assistance.requests.states import State

if TYPE_CHECKING:
    from assistance.requests.clock_models import CaseClock
    from assistance.requests.models import AssistanceRequest


class Party(models.TextChoices):
    """Who acts.

    An officer's act is awaited of the lead officer, where there is none of each; a country's of
    each who may take it.
    """

    AUTHOR = "author", _("the author")
    APPROVER = "approver", _("the approver")
    OFFICER = "officer", _("the lead officer")
    MANAGER = "manager", _("the manager")
    COUNTRY = "country", _("the country")
    PROGRAMME = "programme", _("the programme")  # where it may not be known who of it


class Act(models.TextChoices):
    """What is awaited."""

    DRAFT = "draft", _("Draft")
    CLEARANCE = "clearance", _("Clearance")
    ACKNOWLEDGE = "acknowledge", _("First answer")
    COMPLETENESS = "completeness", _("Completeness")
    ASSESSMENT = "assessment", _("Assessment")
    DECISION = "decision", _("Decision")
    ANSWER = "answer", _("Answer to the questions")
    AGREEMENT = "agreement", _("Agreement to the plan")
    SILENCE = "silence", _("No answer after two reminders")
    NEXT_LOOK = "next_look", _("Next review")
    PLAN = "plan", _("Assistance plan")
    FIRST_ENGAGEMENT = "first_engagement", _("First engagement")
    NEXT_ENGAGEMENT = "next_engagement", _("Next engagement")
    RECORD = "record", _("Record of an engagement")
    CLOSING = "closing", _("Closing")
    REVISION = "revision", _("Agreement to the new version of the plan")
    CONFIRMATION = "confirmation", _("How it went")


@dataclass(frozen=True)
class Awaited:
    """One act that is awaited. `count`: of how many questions the answers."""

    party: Party
    act: Act
    by: date | None = None
    count: int = 0


@dataclass(frozen=True)
class CaseFacts:
    """What has to be known beside the case itself.

    `assessment_is_open` is None where it may not be known: in what a country does or reads.
    """

    today: date
    calendar: WorkingDays = field(default_factory=WorkingDays)
    clocks: Mapping[str, CaseClock] = field(default_factory=dict)  # running, by standard
    open_questions: int = 0
    revision_by: date | None = None  # of a new version of the plan that waits for the country
    assessment_is_open: bool | None = False
    # linked ones: state, first day, last day
    engagements: tuple[tuple[str, date | None, date | None], ...] = ()
    record_days: int = 0

    def due(self, *standards: str) -> date | None:
        """The date of the first of these clocks that runs."""
        return next((self.clocks[s].due_on for s in standards if s in self.clocks), None)

    def working_days_late(self, by: date | None) -> int | None:
        """Working days since the date, none of them today where it is a day off; None where it is
        not past."""
        return self.calendar.between(by, self.today) if by is not None and by < self.today else None


def awaited(case: AssistanceRequest, known: CaseFacts) -> list[Awaited]:
    """What is awaited now, the main thing first; nothing at every end."""
    return list(_in_state(State(case.state), case, known))


def _in_state(state: State, case: AssistanceRequest, known: CaseFacts) -> Iterator[Awaited]:
    """The line of the table for a state."""
    if state == State.UNDER_REVIEW:
        yield _review(case, known)
    elif state in (State.RETURNED, State.PLAN_PROPOSED):
        yield from _countrys(state, known)
    elif state in (State.PLANNED, State.IN_DELIVERY):
        first = Awaited(Party.OFFICER, Act.FIRST_ENGAGEMENT, known.due("first_engagement"))
        yield first if state == State.PLANNED else _delivery(known)
        if known.revision_by is not None:
            yield Awaited(Party.COUNTRY, Act.REVISION, known.revision_by)
    elif state == State.SUBMITTED:
        yield Awaited(
            Party.OFFICER,
            Act.ACKNOWLEDGE if "acknowledge" in known.clocks else Act.COMPLETENESS,
            known.due("acknowledge", "completeness"),
        )
    elif state in SINGLE:
        party, act, standard = SINGLE[state]
        looks = {State.WAITLISTED: case.next_look_on, State.ON_HOLD: case.hold_look_on}
        yield Awaited(party, act, looks[state] if state in looks else known.due(standard))


SINGLE: dict[State, tuple[Party, Act, str]] = {
    State.DRAFT: (Party.AUTHOR, Act.DRAFT, ""),
    State.AWAITING_CLEARANCE: (Party.APPROVER, Act.CLEARANCE, ""),
    State.WAITLISTED: (Party.MANAGER, Act.NEXT_LOOK, ""),
    State.ON_HOLD: (Party.MANAGER, Act.NEXT_LOOK, ""),
    State.ACCEPTED: (Party.OFFICER, Act.PLAN, "plan"),
    State.DELIVERED: (Party.COUNTRY, Act.CONFIRMATION, "confirmation"),
}


def _review(case: AssistanceRequest, known: CaseFacts) -> Awaited:
    """Completeness first; then the decision, or by its date the assessment that was returned."""
    if case.complete_since is None:
        return Awaited(Party.OFFICER, Act.COMPLETENESS, known.due("completeness"))
    by = known.due("decision")
    if known.assessment_is_open is None:
        return Awaited(Party.PROGRAMME, Act.DECISION, by)
    return (
        Awaited(Party.OFFICER, Act.ASSESSMENT, by)
        if known.assessment_is_open
        else Awaited(Party.MANAGER, Act.DECISION, by)
    )


def _countrys(state: State, known: CaseFacts) -> Iterator[Awaited]:
    """The country's answer; after two reminders the manager, too, has to say how it goes on: more
    time, a pause or the end."""
    standard = "answer" if state == State.RETURNED else "agreement"
    act = Act.ANSWER if state == State.RETURNED else Act.AGREEMENT
    yield Awaited(
        Party.COUNTRY, act, known.due(standard), known.open_questions if act == Act.ANSWER else 0
    )
    if standard in known.clocks and known.clocks[standard].reminders >= REMINDERS:
        yield Awaited(Party.MANAGER, Act.SILENCE)


def _delivery(known: CaseFacts) -> Awaited:
    """The earliest of the next engagement's first day, the record of one that is over, and the
    closing; with none of them, an engagement."""
    found = [(due, Act.CLOSING)] if (due := known.due("closing")) else []
    for state, starts_on, ends_on in known.engagements:
        if state in AHEAD and starts_on and ends_on:
            over = starts_on <= known.today
            found.append(
                (known.calendar.add(ends_on, known.record_days), Act.RECORD)
                if over
                else (starts_on, Act.NEXT_ENGAGEMENT)
            )
    if not found:
        return Awaited(Party.OFFICER, Act.NEXT_ENGAGEMENT, known.due("first_engagement"))
    by, act = min(found)
    return Awaited(Party.OFFICER, act, by)
