"""One case in memory, moved by the product's own table, effects and clocks; each act leaves event,
texts, spans and history."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from assistance.models import (
    Assessment,
    AssistanceRequest,
    CaseClock,
    CaseEvent,
    EventText,
    PlanIndicator,
    PlannedStep,
    ResponsePlan,
    StateSpan,
)
from assistance.requests.action_context import CaseContext
from assistance.requests.assessments import values_of
from assistance.requests.clocks import REMINDER_EVERY, REMINDERS, Rule
from assistance.requests.field_sets import CHECKLIST, MESSAGE_FIELDS
from assistance.requests.questions import ASKED, Question, answer_name, lines_of
from assistance.requests.running_clocks import Clocks, Linked
from assistance.requests.states import OPEN, State
from assistance.requests.workflow import ACTIONS, RequestWorkflow
from assistance.timeline.models import text_hash
from core.workflow.fields import ActionField
from sample.bulk_copy import Record

if TYPE_CHECKING:
    from django.db.models import Model

    from sample.people import SampleCountry
    from sample.simulated_engagement import SimulatedEngagement
    from sample.simulation import World


class Rows(list[Record]):
    """Rows of a case, with the few words of a queryset that effects and clocks use."""

    def filter(self, **wanted: object) -> Rows:
        """Rows with these values; `name__in` for one of several."""
        found = self
        for name, value in wanted.items():
            stem, _, word = name.partition("__")
            allowed = value if word == "in" and isinstance(value, Collection) else (value,)
            found = Rows(r for r in found if getattr(r, stem) in allowed)
        return found

    def exists(self) -> bool:
        """Whether there is any."""
        return bool(self)

    def get(self, **wanted: object) -> Record:
        """The one row with these values."""
        (row,) = self.filter(**wanted)
        return row

    def update(self, **values: object) -> None:
        """New values for all of them."""
        for row in self:
            row.__dict__.update(values)
            row.save()


class ClockRows(Rows):
    """A case's clocks."""

    def __init__(self, case: SimulatedRequest) -> None:
        super().__init__()
        self.case = case

    def unfinished(self) -> Rows:
        """Running or paused."""
        return Rows(c for c in self if c.ended_on is None)

    def running(self) -> Rows:
        """Neither ended nor paused."""
        return Rows(c for c in self if c.ended_on is None and c.paused_on is None)

    def create(self, **values: object) -> Saved:
        """A clock starts; the country's are watched for reminders."""
        clock = Saved(self.case.world, CaseClock, request=self.case, **values)
        self.append(clock)
        if clock.standard in ("answer", "agreement"):
            self.case.watch(clock)
        elif clock.standard == "confirmation":
            self.case.close_when_silent(clock)
        return clock


class Saved(Record):
    """A row that effects and clocks may save; history gets the moment's time."""

    def __init__(self, world: World, model: type[Model], **values: object) -> None:
        self.world = world
        super().__init__(world.writer[model], world.now, **values)

    def save(self, **_how: object) -> None:
        """Keeps what it is now."""
        self.changed(self.world.now)


class SampleClocks(Clocks):
    """The product's clocks, on rows in memory."""

    case: SimulatedRequest  # type: ignore[assignment]  # it has what clocks ask of a request

    def __init__(self, case: SimulatedRequest, today: date) -> None:
        self.case, self.today, self.calendar = case, today, case.world.calendar

    def linked(self) -> list[Linked]:
        """What the deeds of the case say."""
        return [
            Linked(d.state, d.starts_on, d.ends_on, sum(p.held_on is not None for p in d.parts))
            for d in self.case.deeds
        ]

    def round_began(self) -> date:
        """From the spans in memory."""
        case = self.case
        return (
            case.world.day_of(min(s.entered_at for s in case.spans if s.round == case.round))
            if case.round > 1
            else date.min
        )

    def start(self, rule: Rule, on: date | None = None, days: int | None = None) -> None:
        """With the standards read beforehand."""
        super().start(
            rule,
            on,
            self.case.world.in_force(rule.code, on or self.today) if days is None else days,
        )


class SimulatedRequest(Record):
    """A request for assistance, from its draft on."""

    state: str

    def __init__(
        self, world: World, land: SampleCountry, author: Record, created: datetime, **values: object
    ) -> None:
        self.world, self.land = world, land
        self.clocks, self.plans, self.spans = ClockRows(self), Rows(), Rows()
        self.deeds: list[SimulatedEngagement] = []
        self.questions: list[Question] = []  # those of the last time
        self.assessed: Saved | None = None
        self.waiting: list[Callable[[], object]] = []
        common = {
            "programme": world.programme,
            "country": land.country,
            "author": author,
            "created_at": created,
            "updated_at": created,
            "state_since": created,
        }
        super().__init__(world.writer[AssistanceRequest], created, **(common | values))
        self.open_span(created)

    @property
    def has_open_assessment(self) -> bool:
        """As `AssistanceRequest.has_open_assessment`."""
        return (
            self.complete_since is not None
            and self.assessed is not None
            and self.assessed.returned_at is not None
        )

    def open_questions(self) -> list[Question]:
        """As `AssistanceRequest.open_questions`."""
        return (
            [q for q in self.questions if not q.is_answered] if self.state == State.RETURNED else []
        )

    country_id = property(lambda self: self.country.pk)
    programme_id = property(lambda self: self.programme.pk)
    pillar_id = property(lambda self: self.pillar.pk)
    is_open = property(lambda self: self.state in OPEN)

    def open_span(self, at: datetime) -> None:
        """The time in the state begins."""
        self.spans.append(
            Record(
                self.world.writer[StateSpan],
                at,
                request=self,
                state=self.state,
                round=self.round,
                entered_at=at,
            )
        )

    def edited(self) -> None:
        """The author saved the draft once more."""
        self.version += 1
        self.updated_at = self.world.now
        self.changed(self.world.now)

    def act(
        self,
        code: str,
        actor: Record | None,
        data: Mapping[str, object] | None = None,
        *,
        on_behalf: bool = False,
    ) -> Record:
        """Takes an action now, by the product's own engine."""
        action, now = SAMPLE_WORKFLOW.actions[code], self.world.now
        if self.state not in action.sources:
            raise RuntimeError(f"{code} is not for a request that is {self.state}.")
        case = cast("AssistanceRequest", self)
        fields = SAMPLE_WORKFLOW.fields_of(action, case, on_behalf=on_behalf)
        today = self.world.day_of(now)
        doing = SampleContext(case, action, actor, dict(data or {}), now, today, fields, on_behalf)
        SAMPLE_WORKFLOW.apply(doing)
        self.changed(now)
        self.note_questions(doing.data)
        return self.event(
            code,
            actor,
            doing.from_state,
            fields,
            doing.data,
            doing.is_shared,
            on_behalf,
            doing.extra,
        )

    def note_questions(self, data: Mapping[str, object]) -> None:
        """What was asked, and what of it is answered."""
        if ASKED in data:
            self.questions = [
                Question(number, line) for number, line in enumerate(lines_of(str(data[ASKED])), 1)
            ]
        for question in self.questions:
            question.is_answered = question.is_answered or answer_name(question.number) in data

    def say(self, actor: Record, text: str, *, internal: bool) -> None:
        """A message of the programme to the country, or a note, as `services.post_message` does."""
        code = "note" if internal else "message"
        self.event(code, actor, self.state, MESSAGE_FIELDS[code], {"text": text}, not internal)
        if not internal and actor.role != "focal_point":
            SampleClocks(self, self.world.day).happened("message", self.state)
        if not internal:
            self.edited()

    def assign(self, actor: Record, officer: Record) -> None:
        """Another officer takes it, as `services.assign_officer` does."""
        self.lead_officer = officer
        self.changed(self.world.now)
        self.event("assign", actor, self.state, (), {}, False, False, {"to": officer.pk})

    def event(
        self,
        code: str,
        actor: Record | None,
        before: str,
        fields: tuple[ActionField, ...],
        data: Mapping[str, object],
        shared: bool,
        on_behalf: bool = False,
        extra: dict[str, object] | None = None,
    ) -> Record:
        """Adds to the timeline, as `timeline.services.record_event` does."""
        apart = {n.name for n in fields if n.apart}
        given = {k: v for k, v in data.items() if v not in (None, "", []) and k not in apart}
        words = {n.name: str(given[n.name]) for n in fields if n.is_words and n.name in given}
        kept = {
            n.name: n.kept(getattr(given[n.name], "pk", given[n.name]))
            for n in fields
            if n.name in given and not n.is_words and not n.is_file
        }
        row = Record(
            self.world.writer[CaseEvent],
            self.world.now,
            request=self,
            round=self.round,
            action=code,
            from_state=before,
            to_state=self.state,
            at=self.world.now,
            actor=actor,
            on_behalf=on_behalf,
            shared=shared,
            data=kept | (extra or {}),
            text_hashes={k: text_hash(v) for k, v in words.items()},
        )
        for name, text in words.items():
            Record(self.world.writer[EventText], self.world.now, event=row, field=name, text=text)
        return row

    def follow(self, actor: Record) -> None:
        """Takes note of what became of a linked engagement, as
        `assistance.engagements.services.cases_follow` does."""
        if self.state == State.PLANNED and any(
            d.state in ("confirmed", "delivered", "verified") for d in self.deeds
        ):
            self.act("start_delivery", actor)
        clocks = SampleClocks(self, self.world.day)
        clocks.follow_engagements()
        before = (self.turn, self.due_on)
        clocks.store_turn()
        if (self.turn, self.due_on) != before:
            self.updated_at = self.world.now
            self.changed(self.world.now)

    def watch(self, clock: Record) -> None:
        """Reminds the country after its date, as the daily task does."""

        def look() -> None:
            if clock.ended_on is not None or clock.reminders >= REMINDERS:
                return
            if (
                clock.paused_on is not None
                or clock.due_on >= self.world.day
                or self.state == State.ON_HOLD
            ):
                self.world.at(self.midnight_after(max(clock.due_on, self.world.day)), look)
                return
            clock.reminders, clock.reminded_on = clock.reminders + 1, self.world.day
            clock.save()
            self.world.at(
                self.midnight_after(self.world.calendar.add(self.world.day, REMINDER_EVERY), 0),
                look,
            )

        self.world.at(self.midnight_after(clock.due_on), look)

    def close_when_silent(self, clock: Record) -> None:
        """Closes the case where the country says nothing for 30 days, as the daily task does."""

        def look() -> None:
            if clock.ended_on is None and self.state == State.DELIVERED:
                self.act("close_unconfirmed", None)

        self.world.at(self.midnight_after(clock.due_on), look)

    def midnight_after(self, day: date, days: int = 1) -> datetime:
        """Shortly after the beginning of the next day at the duty station: when the clock acts."""
        return self.world.hours.at(
            date.fromordinal(day.toordinal() + days), self.world.zone, 0.02, 0.05
        )


def simulated(case: AssistanceRequest) -> SimulatedRequest:
    """The case of an action, which is one in memory here."""
    return cast("SimulatedRequest", case)


def enter_submitted(doing: CaseContext) -> None:
    """As `intake.enter_submitted`, with the running number of this run."""
    case = simulated(doing.case)
    case.submitted_at, case.received_on = doing.now, doing.today
    if case.reference is None:
        case.reference = case.world.next_reference(case.country.iso3, doing.today.year)
    doing.extra["reference"] = case.reference


def submit(doing: CaseContext) -> str:
    """As `intake.submit`."""
    case = simulated(doing.case)
    if case.land.clearer is not None and not doing.on_behalf:
        return State.AWAITING_CLEARANCE
    enter_submitted(doing)
    return State.SUBMITTED


def propose_plan(doing: CaseContext) -> None:
    """As `plan.propose_plan`."""
    case = simulated(doing.case)
    case.plans.filter(status=ResponsePlan.Status.PROPOSED.value).update(
        status=ResponsePlan.Status.SUPERSEDED.value
    )
    plan = Saved(
        case.world,
        ResponsePlan,
        request=case,
        version=len(case.plans) + 1,
        summary=doing.data.get("summary", ""),
        proposed_by=doing.user,
        proposed_at=doing.now,
    )
    case.plans.append(plan)
    for model, rows in (
        (PlannedStep, doing.data["steps"]),
        (PlanIndicator, doing.data["indicators"]),
    ):
        for order, row in enumerate(rows, 1):
            Record(case.world.writer[model], doing.now, plan=plan, order=order, **row)
    doing.extra["plan"] = plan.version


def complete(doing: CaseContext) -> None:
    """As `closing.complete`."""
    case = simulated(doing.case)
    states = [d.state for d in case.deeds]
    if {"planned", "confirmed"} & set(states) or not (
        {"delivered", "verified"} & set(states) or doing.data.get("why_none")
    ):
        raise RuntimeError("This request cannot be completed yet.")


def mark_complete(doing: CaseContext) -> None:
    """As `review.mark_complete`."""
    case = simulated(doing.case)
    values = values_of(doing.data, CHECKLIST) | {
        "written_by": doing.user,
        "written_at": doing.now,
        "returned_at": None,
        "round": case.round,
    }
    if case.assessed is None:
        case.assessed = Saved(case.world, Assessment, request=case, **values)
    else:
        case.assessed.__dict__.update(values)
        case.assessed.save()
    if case.complete_since is not None:
        doing.shared = False
    case.complete_since = case.complete_since or doing.now


def return_assessment(doing: CaseContext) -> None:
    """As `review.return_assessment`."""
    assessed = simulated(doing.case).assessed
    if assessed is None:
        raise RuntimeError("This request has no assessment to return.")
    assessed.returned_at = doing.now
    assessed.save()


class SampleContext(CaseContext):
    """With clocks in memory."""

    @cached_property
    def clocks(self) -> SampleClocks:
        """Of the case, on the day of the action."""
        return SampleClocks(simulated(self.case), self.today)


class SampleRequestWorkflow(RequestWorkflow):
    """The life of a request, on rows in memory."""

    def move_span(self, case: AssistanceRequest, now: datetime) -> None:
        """Ends the time in the old state and begins the one in the new."""
        moved = simulated(case)
        moved.spans[-1].left_at = now
        moved.open_span(now)


OWN_EFFECTS: dict[str, Callable[[CaseContext], str | None]] = {
    "mark_complete": mark_complete,
    "return_assessment": return_assessment,
    "submit": submit,
    "clear": enter_submitted,
    "propose_plan": propose_plan,
    "revise_plan": propose_plan,
    "complete": complete,
}
SAMPLE_WORKFLOW = SampleRequestWorkflow(
    [
        replace(action, effect=OWN_EFFECTS.get(code, action.effect))
        for code, action in ACTIONS.items()
    ]
)
