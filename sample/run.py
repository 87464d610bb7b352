"""Makes the sample: people first, then the years in chunks, then what follows a load."""

from __future__ import annotations

import gc
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import models, transaction
from django.urls import NoReverseMatch, reverse
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
from assistance.requests.workflow import WORKFLOW
from assistance.timeline.hash_chain import seal_unsealed
from countries.models import FocalPoint, Institution
from notifications.models import Notification
from sample.bulk_copy import Record, Writer
from sample.engagement_simulation import Conduct
from sample.people import PeopleGenerator, SampleCountry
from sample.phrases import Words
from sample.request_generator import THEMES, DraftWriter, DrawnRequest, RequestGenerator, chunks
from sample.simulated_engagement import Dates
from sample.simulated_request import SimulatedRequest
from sample.simulation import World

CHUNK = 1000  # requests in memory at once
UNLINKED = (
    1.32  # engagements that answer no request, for each request; those that do come to about 0.93
)
# In the order in which they are written: what is pointed to comes first.
TABLES: tuple[type[models.Model], ...] = (
    User,
    Institution,
    FocalPoint,
    ProgrammeMembership,
    Donor,
    Funding,
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
    Notification,
    ReferenceCounter,
)


@dataclass
class Made:
    """What a run has made."""

    counts: dict[str, int]
    states: Counter[str]
    seconds: float


@dataclass
class Maker:
    """One run. Same seed and same day give the same rows, where the tables are empty."""

    requests: int
    seed: int
    say: Callable[[str], object] = field(default=lambda _line: None)

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
        counts = {
            str(model._meta.verbose_name_plural): table.written
            for model, table in writer.tables.items()
        }
        return Made(counts, world.states, time.monotonic() - began)

    def write(self, writer: Writer) -> World:
        """People, years, what comes after; sequences go on from there."""
        writer.switch_triggers("DISABLE")
        world = self.people(writer)
        self.years(world)
        self.after(world)
        writer.flush()
        writer.wait()
        writer.switch_triggers("ENABLE")
        seal_unsealed()
        writer.set_sequences()
        return world

    def people(self, writer: Writer) -> World:
        """The world with its people."""
        self.say("People, institutions and funds …")
        rng = random.Random(self.seed)  # noqa: S311 not for secrets
        programme = Programme.objects.select_related("eligible_group").get(code="cybercrime")
        world = World(programme, rng, writer, Words(rng), programme.today())
        world.people = PeopleGenerator(writer, rng, programme, world.today, world.start).make()
        writer.flush()
        return world

    def years(self, world: World) -> None:
        """Requests and engagements, so many at a time."""
        arrivals = RequestGenerator(world, self.requests).all()
        beginning, done = DraftWriter(world), 0
        others = Others(world)
        for chunk in chunks(arrivals, CHUNK):
            world.rewind()
            for arrival in chunk:
                beginning.prepare(arrival)
            others.prepare(chunk)
            world.run()
            done += len(chunk)
            for row in world.writer[AssistanceRequest].rows:
                world.states[row.state] += 1
            world.writer.flush()
            gc.collect()
            self.say(
                f"{done:,} of {self.requests:,} requests, {world.writer[Engagement].written:,}"
                " engagements …"
            )

    def after(self, world: World) -> None:
        """Counters of references, and some notifications that the sample people have not read yet."""
        for (series, year), last in world.references.items():
            Record(world.writer[ReferenceCounter], world.until, series=series, year=year, last=last)
        with translation.override("en"):
            make_notifications(world)


class Others:
    """Engagements that the programme holds of its own accord, many of them for a region."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lands = list(world.people.lands.values())

    def prepare(self, chunk: list[DrawnRequest]) -> None:
        """As many as the chunk's requests call for, planned in the same months."""
        world = self.world
        for arrival in world.rng.choices(chunk, k=max(1, round(len(chunk) * UNLINKED))):
            world.at(
                world.hours.office(
                    world.day_of(arrival.at) + timedelta(days=world.rng.randint(0, 6))
                ),
                self.plan,
            )

    def plan(self) -> None:
        """One of them."""
        world, rng = self.world, self.world.rng
        theme = rng.choice(list(THEMES))
        pillar = world.pillars[rng.choice(THEMES[theme][0])]
        land = rng.choice(self.lands)
        lands = [land]
        if rng.random() < 0.42:
            lands = self.region(land)
        open_cases = [
            c
            for x in lands
            for c in world.open_cases[x.place.iso3][-2:]
            if not c.course.written
            and c.state in ("planned", "in_delivery")
            and theme in c.theme_codes
        ]
        starts = world.calendar.add(world.day, rng.randint(15, 80))
        Conduct(
            world,
            officer=world.officer_for(land),
            theme=theme,
            pillar=pillar,
            lands=lands,
            dates=Dates(starts),
            cases=open_cases[:3],
        )

    def region(self, land: SampleCountry) -> list[SampleCountry]:
        """This country and some neighbours: of its subregion, or of its region where that is small."""
        near = [
            x for x in self.lands if x is not land and x.country.subregion == land.country.subregion
        ]
        if len(near) < 5:
            near = [
                x for x in self.lands if x is not land and x.country.region == land.country.region
            ]
        return [land, *self.world.rng.sample(near, min(len(near), self.world.rng.randint(3, 14)))]


# state, who is told, the act
TOLD = (
    ("returned", "country", "ask"),
    ("delivered", "country", "complete"),
    ("plan_proposed", "country", "propose_plan"),
    ("submitted", "officer", "submit"),
    ("under_review", "manager", "mark_complete"),
    ("accepted", "officer", "accept"),
)


def make_notifications(world: World) -> None:
    """Recent, unread, and marked as sent, so that no mail goes out."""
    for case in world.sample_cases:
        for state, audience, code in TOLD:
            if case.state == state:
                person = {
                    "country": case.land.primary,
                    "officer": world.people.officers[0],
                    "manager": world.people.managers[0],
                }[audience]
                Record(
                    world.writer[Notification],
                    world.now,
                    user=person,
                    kind=f"request.{code}",
                    subject=f"{case.reference}: {WORKFLOW.label_of(code)}",
                    body=case.title,
                    path=page_of(case),
                    created_at=case.updated_at,
                    sent_at=case.updated_at,
                    next_try_at=case.updated_at,
                    message_id=uuid.UUID(int=world.rng.getrandbits(128), version=4),
                )


def page_of(case: SimulatedRequest) -> str:
    """The path of a case's page; empty where the site has none."""
    try:
        return reverse("request", args=[case.pk])
    except NoReverseMatch:
        return ""
