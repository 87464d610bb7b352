"""Makes the sample: people first, then the years in chunks, copies of them where there are to be
many requests, then what follows a load."""

from __future__ import annotations

import gc
import math
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models, transaction
from django.utils import translation

from accounts.models import User
from assistance.models import (
    Assessment,
    AssistanceRequest,
    CaseClock,
    CaseEvent,
    CountryParticipation,
    Donor,
    Engagement,
    EngagementEvent,
    EngagementPart,
    EngagementRequest,
    EventText,
    Funding,
    NextStep,
    PlanIndicator,
    PlannedStep,
    Programme,
    ProgrammeMembership,
    ReferenceCounter,
    ResponsePlan,
    StateSpan,
)
from assistance.timeline.hash_chain import seal_unsealed
from countries.models import DesignatedProgramme, FocalPoint, Institution, SessionAttendance
from notifications.models import Notification
from reports.summaries.reach import fill_reach
from sample.bulk_copy import Record, Writer
from sample.due_diligence import add_due_diligence
from sample.evaluation import add_evaluation
from sample.frequencies import comparison
from sample.indexes import indexes_set_aside
from sample.multiplication import Multiplication
from sample.own_engagements import OwnEngagements
from sample.people import People, PeopleGenerator
from sample.people_lists import SAMPLE_COUNTRIES
from sample.phrases import Words
from sample.processes import ProcessSimulation, mark_sessions_whole, name_obligations
from sample.programmes import MAIN_SHARE, add_programmes
from sample.public_pages import add_public_pages
from sample.request_generator import DraftWriter, RequestGenerator, chunks
from sample.results import add_plan_results, add_results
from sample.simulation import World
from sample.unread_notifications import make_notifications
from sample.written_requests import WRITTEN, Written

MAIN = "cybercrime"  # the seeded programme
CHUNK = 1000  # requests in memory at once
FEW = 1000  # requests: a small sample, of the seeded programme alone
MOST_SIMULATED = 10_000  # requests; where there are more, all that these left is copied
# In the order in which they are written: what is pointed to comes first.
PEOPLE: tuple[type[models.Model], ...] = (
    User,
    Institution,
    FocalPoint,
    DesignatedProgramme,
    ProgrammeMembership,
    Donor,
    Funding,
)
WORK: tuple[type[models.Model], ...] = (  # of which there are copies where it is a large sample
    AssistanceRequest,
    Assessment,
    CaseClock,
    StateSpan,
    CaseEvent,
    EventText,
    ResponsePlan,
    PlannedStep,
    PlanIndicator,
    Engagement,
    EngagementPart,
    CountryParticipation,
    EngagementRequest,
    EngagementEvent,
    NextStep,
)
TABLES: tuple[type[models.Model], ...] = (
    *PEOPLE,
    *WORK,
    SessionAttendance,
    Notification,
    ReferenceCounter,
)


@dataclass
class Made:
    """What a run has made."""

    counts: dict[str, int]
    states: Counter[str]
    seconds: float


class Part(NamedTuple):
    """A programme in the sample."""

    programme: Programme
    people: People
    share: float  # of all requests, in per cent


@dataclass
class Maker:
    """One run. Same seed and same day give the same rows, where the tables are empty."""

    requests: int
    seed: int
    say: Callable[[str], object] = field(default=lambda _line: None)
    most_simulated: int = MOST_SIMULATED

    @property
    def times(self) -> int:
        """For how many requests each simulated one stands."""
        return math.ceil(self.requests / self.most_simulated)

    @property
    def simulated(self) -> int:
        """How many requests are simulated before any is copied: they have the first numbers."""
        return self.requests // self.times

    def make(self) -> Made:
        """Everything in one transaction; planner statistics after it."""
        began = time.monotonic()
        writer = Writer(TABLES)
        # rows in memory point to each other by the hundred thousand; they are swept once a chunk
        gc.disable()
        try:
            with transaction.atomic():
                world = self.write(writer)
        finally:
            gc.enable()
            writer.background.shutdown()
        self.say("Analysing the tables …")
        writer.analyse()
        if self.times > 1:
            for line in comparison(self.simulated):
                self.say(line)
        counts = {
            str(model._meta.verbose_name_plural): table.written
            for model, table in writer.tables.items()
        }
        return Made(counts, world.states, time.monotonic() - began)

    def write(self, writer: Writer) -> World:
        """People, years, what comes after; sequences go on from there.

        Of more requests than are simulated, an equal part of them is, and all that it left is
        copied; the few that are over come last.
        """
        times, simulated = self.times, self.simulated
        writer.switch_triggers("DISABLE")
        world, parts = self.people(writer)
        with indexes_set_aside(writer.table_names()) if times > 1 else nullcontext():
            for part, count in sizes_of(parts, simulated):
                self.years(world, part, count, WRITTEN if part is parts[0] else ())
            if times > 1:
                writer.wait()
                copied = {model: writer[model] for model in WORK}
                Multiplication(copied, world.references, times, self.say).run()
                world.states = Counter({state: n * times for state, n in world.states.items()})
                self.years(world, parts[0], self.requests - times * simulated)
            world.people = parts[0].people
            self.after(world)
            writer.flush()
            writer.wait()
            self.say("Indexes, seals and summaries …")
        writer.switch_triggers("ENABLE")
        seal_unsealed()
        fill_reach()
        mark_sessions_whole(world.today)
        name_obligations()
        writer.set_sequences()
        add_public_pages(parts[0].programme)
        add_results(parts[0].programme)
        for part in parts:
            add_plan_results(part.programme)
            add_due_diligence(part.programme)
            add_evaluation(part.programme)
        return world

    def people(self, writer: Writer) -> tuple[World, list[Part]]:
        """The world with its people, and the programmes in it, the seeded one first."""
        self.say("People, institutions and funds …")
        rng = random.Random(self.seed)  # noqa: S311 not for secrets
        programme = Programme.objects.select_related("eligible_group").get(code=MAIN)
        world = World(programme, rng, writer, Words(rng), programme.today())
        generator = PeopleGenerator(writer, rng, world.today, world.start)
        world.people = generator.make(programme)
        parts = [Part(programme, world.people, MAIN_SHARE)]
        if self.requests > FEW:
            parts += [
                Part(other, generator.make_for(other, world.people), share)
                for other, share in add_programmes(programme)
            ]
        writer.flush()
        return world, parts

    def years(
        self, world: World, part: Part, count: int, written: tuple[Written, ...] = ()
    ) -> None:
        """Requests and engagements of a programme, so many at a time."""
        world.serve(part.programme)
        world.people = part.people
        apart = SAMPLE_COUNTRIES if self.requests <= FEW else ()
        arrivals = RequestGenerator(world, count, written, apart).all()
        beginning, own = DraftWriter(world), OwnEngagements(world)
        sessions = ProcessSimulation(world) if written else None
        for chunk in chunks(arrivals, CHUNK):
            world.rewind()
            for arrival in chunk:
                beginning.prepare(arrival)
            own.prepare(chunk)
            if sessions is not None:
                sessions.prepare()
                sessions = None
            world.run()
            for row in world.writer[AssistanceRequest].rows:
                world.states[row.state] += 1
            world.writer.flush()
            gc.collect()
            self.say(
                f"{world.writer[AssistanceRequest].written:,} of {self.requests:,} requests,"
                f" {world.writer[Engagement].written:,} engagements …"
            )

    def after(self, world: World) -> None:
        """Counters of references, and some notifications that the sample people have not read yet."""
        for (series, year), last in world.references.items():
            Record(world.writer[ReferenceCounter], world.until, series=series, year=year, last=last)
        with translation.override("en"):
            make_notifications(world)


def sizes_of(parts: list[Part], count: int) -> list[tuple[Part, int]]:
    """How many of so many requests each programme gets; what rounding leaves is the first one's."""
    others = [(part, max(1, int(count * part.share / 100))) for part in parts[1:]]
    return [(parts[0], count - sum(n for _part, n in others)), *others]
