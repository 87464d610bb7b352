"""The simulated programme: its people and calendar, its time, and what is to happen next."""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from assistance.models import Pillar, Programme, ReasonCode
from assistance.requests.clocks import RULES
from sample.bulk_copy import Record, Writer
from sample.hours import Hours, QuickDays
from sample.people import People, SampleCountry
from sample.people_lists import REGIONAL
from sample.phrases import Words
from sample.tool_choice import ToolChoice

if TYPE_CHECKING:
    from sample.simulated_request import SimulatedRequest

YEARS = timedelta(days=3 * 365)


@dataclass
class World:
    """Everything that acts ask for.

    Nothing happens at or after `until`, which is the beginning of today.
    """

    programme: Programme
    rng: random.Random
    writer: Writer
    words: Words
    today: date
    people: People = field(init=False)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.today - YEARS
        self.aside = Words(random.Random(0))  # noqa: S311 words beside the usual ways, by a lot of their own
        self.pillars = {p.code: p for p in Pillar.objects.all()}
        self.reasons: dict[str, list[ReasonCode]] = defaultdict(list)
        for reason in ReasonCode.objects.all():
            self.reasons[reason.used_for].append(reason)
        self.references: Counter[tuple[str, int]] = Counter()
        self.heap: list[tuple[datetime, int, Callable[[], object]]] = []
        self.order = 0
        self.open_cases: dict[str, list[SimulatedRequest]] = defaultdict(list)
        self.sample_cases: list[SimulatedRequest] = []
        self.states: Counter[str] = Counter()
        self.tools = ToolChoice()
        self.serve(self.programme)

    def serve(self, programme: Programme) -> None:
        """From now on everything happens in this programme, by its calendar and standards."""
        self.programme = programme
        self.zone = programme.zone_info
        self.until = programme.midnight(self.today).astimezone(UTC)
        self.now = programme.midnight(self.start).astimezone(UTC)
        self.calendar = QuickDays(frozenset(programme.holidays.values_list("day", flat=True)))
        self.hours = Hours(self.rng, self.calendar, self.zone)
        self.standards = sorted(programme.standards.values_list("code", "valid_from", "days"))
        self.in_force = lru_cache(maxsize=None)(self._in_force)

    def _in_force(self, code: str, day: date) -> int:
        """Days that a standard allows on this day; see `clocks.days_in_force`."""
        found = [days for c, since, days in self.standards if c == code and since <= day]
        return found[-1] if found else RULES[code].days

    def day_of(self, instant: datetime) -> date:
        """Its date at the duty station."""
        return instant.astimezone(self.zone).date()

    @property
    def day(self) -> date:
        """The date of the moment at the duty station."""
        return self.day_of(self.now)

    def chance(self, share: float) -> bool:
        """True in this share of all calls."""
        return self.rng.random() < share

    def at(self, moment: datetime, act: Callable[[], object]) -> None:
        """Something will happen; what would come today or later does not."""
        if moment < self.until:
            self.order += 1
            heapq.heappush(self.heap, (max(moment, self.now), self.order, act))

    def desk(self, working_days: int, act: Callable[[], object]) -> None:
        """The programme will act so many working days from now."""
        self.at(self.hours.desk(self.now, working_days), act)

    def abroad(self, land: SampleCountry, days: int, act: Callable[[], object]) -> None:
        """A country will act so many days from now."""
        self.at(self.hours.abroad(self.now, days, land.place.zone), act)

    def rewind(self) -> None:
        """Back to the beginning, for the next chunk of requests; those before it are written
        already."""
        self.now = self.programme.midnight(self.start).astimezone(UTC)
        self.open_cases.clear()

    def run(self) -> None:
        """Lets everything happen in its order."""
        while self.heap:
            self.now, _order, act = heapq.heappop(self.heap)
            act()

    def next_reference(self, series: str, year: int) -> str:
        """See `assistance/requests/references.py`."""
        self.references[series, year] += 1
        return f"{series}-{year}-{self.references[series, year]:04d}"

    def officer_for(self, land: SampleCountry) -> Record:
        """An officer, often the one of the region."""
        officers = self.people.officers
        zone = land.place.zone.key
        regional = {
            "Africa": "Africa/Nairobi",
            "America": "America/Panama",
            "Asia": "Asia/Bangkok",
            "Pacific": "Asia/Bangkok",
            "Indian": "Africa/Nairobi",
        }
        home = (
            "Africa/Dakar"
            if land.place.language == "fr" and zone.startswith("Africa")
            else regional.get(zone.split("/")[0], "")
        )
        if land.place.iso3 in ("KEN", "FJI"):
            return officers[0]
        if home in REGIONAL and self.chance(0.6):
            return officers[REGIONAL[home]]
        return officers[0] if self.chance(0.35) else self.rng.choice(officers)

    def manager(self) -> Record:
        """A manager: mostly the chief."""
        return self.people.managers[0 if self.chance(0.7) else 1]

    def fund_for(self, pillar: Pillar, day: date) -> Record:
        """Funds in force on this day that this pillar may use, earmarked ones first."""
        usable = [
            f
            for f in self.people.funds
            if f.valid_from <= day < f.valid_until and f.pillar_id in (None, pillar.pk)
        ]
        earmarked = [f for f in usable if f.pillar_id]
        return self.rng.choice(earmarked if earmarked and self.chance(0.65) else usable)
