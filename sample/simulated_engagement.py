"""Engagements in memory: planned, confirmed, delivered, verified, as
`assistance/engagements/services.py` does it, each act with its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from assistance.engagements.choices import WITHOUT_PARTICIPANTS
from assistance.engagements.states import DONE
from assistance.engagements.workflow import ACTIONS, OTHER_STAFF, EngagementWorkflow
from assistance.models import (
    CountryParticipation,
    Engagement,
    EngagementEvent,
    EngagementPart,
    EngagementRequest,
    NextStep,
)
from assistance.requests.choices import AssistanceType as T
from core.workflow.actions import ActionContext
from sample.bulk_copy import Record

if TYPE_CHECKING:
    from sample.people import SampleCountry
    from sample.simulated_request import SimulatedRequest
    from sample.simulation import World


class Size(NamedTuple):
    """How large engagements of a type are: from … to."""

    days: tuple[int, int]  # working days of a part
    people: tuple[int, int]  # of the country, where it is for one country
    people_each: tuple[int, int]  # of each country, where it is for several
    cost_of_a_day: int


SIZES: dict[str, Size] = {
    T.TRAINING: Size((3, 10), (14, 32), (2, 4), 4200),
    T.WORKSHOP: Size((2, 4), (18, 60), (2, 5), 6500),
    T.ADVISORY: Size((3, 6), (4, 18), (2, 5), 2600),
    T.LEGISLATIVE: Size((15, 45), (0, 0), (0, 0), 420),
    T.MENTORING: Size((4, 8), (3, 8), (1, 3), 1500),
    T.EXPERT_MEETING: Size((2, 3), (8, 22), (1, 3), 9000),
    T.EQUIPMENT: Size((1, 3), (0, 0), (0, 0), 24000),
    T.STUDY: Size((30, 90), (0, 0), (0, 0), 380),
    T.CAMPAIGN: Size((20, 60), (0, 0), (0, 0), 900),
    T.STUDY_VISIT: Size((3, 5), (3, 8), (2, 3), 4800),
    T.PARTICIPATION: Size((4, 10), (1, 3), (1, 2), 1400),
}
ONLINE = frozenset({T.TRAINING, T.WORKSHOP, T.MENTORING, T.EXPERT_MEETING})


@dataclass
class Dates:
    """When an engagement is planned to take place, and what becomes of it. None: drawn."""

    starts_on: date
    confirm_on: date | None = None
    fate: str = ""  # verified, delivered, open (over, but not recorded), cancelled


class SimulatedEngagement(Record):
    """One engagement, from its planning on."""

    state: str
    starts_on: date
    ends_on: date
    recorded_by: Record | None

    def __init__(
        self,
        world: World,
        officer: Record,
        cases: Sequence[SimulatedRequest],
        lands: Sequence[SampleCountry],
        **values: object,
    ) -> None:
        self.world, self.cases, self.lands = world, list(cases), list(lands)
        self.parts: list[Record] = []
        self.coming: list[tuple[Record, Record, SampleCountry]] = []  # part, participation, country
        self.reported: set[int] = set()  # parts of which is told who came and what it cost
        day = world.day
        super().__init__(
            world.writer[Engagement],
            world.now,
            programme=world.programme,
            reference=world.next_reference("ENG", day.year),
            currency=world.programme.currency,
            created_by=officer,
            lead_officer=officer,
            created_at=world.now,
            updated_at=world.now,
            **values,
        )

    def begin(self, actor: Record) -> None:
        """Its links and first event; linked cases take note."""
        for case in self.cases:
            Record(
                self.world.writer[EngagementRequest],
                self.world.now,
                engagement=self,
                request=case,
                linked_at=self.world.now,
            )
            case.deeds.append(self)
        self.event(actor, "plan", self.state, data={"requests": [c.reference for c in self.cases]})
        self.tell(actor)

    def tell(self, actor: Record) -> None:
        """Linked cases take note."""
        for case in self.cases:
            case.follow(actor)
            case.course.engagement_moved(self)

    def event(
        self,
        actor: Record,
        action: str,
        before: str,
        note: str = "",
        data: dict[str, object] | None = None,
    ) -> None:
        """Adds to its timeline."""
        Record(
            self.world.writer[EngagementEvent],
            self.world.now,
            engagement=self,
            action=action,
            from_state=before,
            to_state=self.state,
            at=self.world.now,
            actor=actor,
            note=note,
            data=data or {},
        )

    def save(self) -> None:
        """With the next version."""
        self.version += 1
        self.updated_at = self.world.now
        self.changed(self.world.now)

    def act(self, actor: Record, code: str, **data: object) -> None:
        """Takes an action, by the product's own engine."""
        action, engagement = SAMPLE_WORKFLOW.actions[code], cast("Engagement", self)
        if self.state not in action.sources or (
            action.actor is OTHER_STAFF and self.recorded_by is actor
        ):
            raise RuntimeError(f"{code} is not for an engagement that is {self.state}.")
        now = self.world.now
        doing = ActionContext(engagement, action, actor, data, now, self.world.day_of(now))
        SAMPLE_WORKFLOW.apply(doing)
        self.changed(now)
        self.event(actor, code, doing.from_state, str(data.get("reason", "")), doing.extra)
        self.tell(actor)

    def edit(self, actor: Record) -> None:
        """Somebody changed its values or parts, as
        `assistance.engagements.services.update_engagement` does; the rows have been changed by
        then."""
        self.save()
        self.event(actor, "edit", self.state)

    def move(self, by: timedelta) -> None:
        """All parts by the same number of days."""
        for part in self.parts:
            part.starts_on, part.ends_on = part.starts_on + by, part.ends_on + by
            part.changed(self.world.now)
        self.starts_on, self.ends_on = self.starts_on + by, self.ends_on + by

    def add_part(
        self,
        number: int,
        starts_on: date,
        working_days: int,
        lands: Sequence[SampleCountry],
        title: str = "",
    ) -> None:
        """A dated part, with who is to come to it."""
        ends_on = (
            self.world.calendar.add(starts_on, working_days - 1) if working_days > 1 else starts_on
        )
        part = Record(
            self.world.writer[EngagementPart],
            self.world.now,
            engagement=self,
            number=number,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
            days=Decimal(working_days),
            hours=Decimal(working_days * 6) if self.has_participants else None,
            planned_cost=Decimal(
                round(self.cost_of_a_day * working_days * max(1, len(lands)) ** 0.7, -2)
            ),
        )
        self.parts.append(part)
        for land in lands:
            row = Record(
                self.world.writer[CountryParticipation],
                self.world.now,
                part=part,
                country=land.country,
            )
            self.coming.append((part, row, land))

    @property
    def has_participants(self) -> bool:
        """Whether its type counts participants."""
        return self.type not in WITHOUT_PARTICIPANTS

    @property
    def cost_of_a_day(self) -> float:
        """What a day of its kind costs for one country, in the programme's currency."""
        return SIZES[self.type].cost_of_a_day * (0.35 if self.modality == "online" else 1.0)

    def report_part(self, part: Record) -> None:
        """Who came to a part and what it cost: known once it is over."""
        world = self.world
        cost_of_a_day = self.cost_of_a_day
        share = max(1, len({land.place.iso3 for p, _row, land in self.coming if p is part})) ** 0.7
        self.reported.add(part.pk)
        part.actual_cost = (
            Decimal(
                round(cost_of_a_day * float(part.days) * share * world.rng.uniform(0.6, 1.5), -1)
            )
            if world.chance(0.94)
            else None
        )
        recorded = part.actual_cost is not None
        if self.has_participants:
            recorded = False
            for other, row, land in self.coming:
                if other is part:
                    self.report(row, land)
                    recorded = recorded or not row.is_expected
        if recorded:
            part.held_on = world.day
        part.changed(world.now)

    def hold_all(self) -> None:
        """Every part was held, as `parts.hold_all` has it."""
        for _part, row, _land in self.coming:
            if row.is_expected:
                row.is_expected = False
                row.changed(self.world.now)
        for part in self.parts:
            if part.held_on is None:
                part.held_on = self.world.day
                part.changed(self.world.now)

    def report(self, row: Record, land: SampleCountry) -> None:
        """One country's numbers; some are not yet known, some not told apart by sex."""
        world, rng = self.world, self.world.rng
        regional = len(self.lands) > 1
        people = self.people()
        # what was said of it before
        row.not_yet_known, row.women, row.men, row.other, row.unknown = (
            False,
            None,
            None,
            None,
            None,
        )
        luck = rng.random()
        if luck < 0.035:
            row.not_yet_known = True
        elif luck < 0.075:
            row.unknown = people
        else:
            grown = 0.06 * (world.day - world.start).days / 365
            women = sum(rng.random() < 0.29 + grown for _ in range(people))
            row.women, row.men = women, people - women
            if rng.random() < 0.02:
                row.other = 1
            elif rng.random() < 0.6:
                row.other = 0
            if self.modality != "in_person" and rng.random() < 0.3:
                row.unknown = rng.randint(1, 3)
            if rng.random() < 0.03:
                row.women = None  # a list that told only the men apart
        row.institutions = "; ".join(
            i.name for i in rng.sample(land.institutions[:6], 1 if regional else rng.randint(1, 3))
        )[:500]
        row.is_expected = row.not_yet_known
        row.changed(world.now)

    def people(self) -> int:
        """How many come from one country."""
        size = SIZES[self.type]
        return self.world.rng.randint(*(size.people_each if len(self.lands) > 1 else size.people))

    def complete_numbers(self) -> bool:
        """Numbers that were not yet known come in. Returns whether there were any."""
        late = [(row, land) for _part, row, land in self.coming if row.not_yet_known]
        for row, _land in late:
            row.not_yet_known = False
            people = self.people()
            row.women = people * 2 // 5
            row.men = people - row.women
            row.is_expected = False
            row.changed(self.world.now)
        return bool(late)

    def next_steps(self) -> None:
        """What follows from it; some is done by now, some late."""
        world = self.world
        for _ in range(world.rng.choice((1, 1, 2))):
            theirs = world.chance(0.55)
            land = world.rng.choice(self.lands)
            due = world.day + timedelta(days=world.rng.randint(20, 150))
            row = Record(
                world.writer[NextStep],
                world.now,
                engagement=self,
                side="theirs" if theirs else "ours",
                country=land.country if theirs or len(self.lands) == 1 else None,
                what=world.words.draw("en", "engagement", "theirs" if theirs else "ours"),
                owner=land.institutions[world.rng.randrange(3)].name
                if theirs
                else self.lead_officer.name,
                due_on=due,
            )
            if world.chance(0.75):
                world.at(
                    world.hours.office(due + timedelta(days=world.rng.randint(-25, 12))),
                    partial(step_done, world, row),
                )


def step_done(world: World, row: Record) -> None:
    """A next step was taken."""
    row.done_on = world.day
    row.changed(world.now)


def deliver(doing: ActionContext[SimulatedEngagement]) -> None:
    """As `effects.deliver`, of parts that all took place."""
    doing.subject.recorded_by = doing.user
    doing.subject.outcome = doing.data.get("outcome", "")


def move_ahead(doing: ActionContext[SimulatedEngagement]) -> None:
    """As `effects.move_ahead`."""
    doing.subject.move(doing.data["starts_on"] - doing.subject.starts_on)
    doing.extra["starts_on"] = str(doing.data["starts_on"])


class SampleEngagementWorkflow(EngagementWorkflow):
    """The life of an engagement, on rows in memory."""

    def settle(self, doing: ActionContext[Engagement]) -> None:
        """What is delivered now is held."""
        if doing.subject.state in DONE and doing.from_state not in DONE:
            cast("SimulatedEngagement", doing.subject).hold_all()


OWN_EFFECTS: dict[str, Callable[[ActionContext[SimulatedEngagement]], None] | None] = {
    "deliver": deliver,
    "verify": None,
    "postpone": move_ahead,
}
SAMPLE_WORKFLOW = SampleEngagementWorkflow(
    [
        replace(action, effect=OWN_EFFECTS.get(code, action.effect))
        for code, action in ACTIONS.items()
    ]
)
