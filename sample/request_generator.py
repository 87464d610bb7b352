"""When requests come, from where, and how a case begins.

Some cases follow a written way, so that every state and the sample countries have theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from assistance.requests.choices import AssistanceType as T
from sample.people import SampleCountry, drawn_name
from sample.people_lists import (
    CENTRAL,
    CERT,
    JUDICIARY,
    JUSTICE,
    POLICE,
    PROSECUTION,
    REGULATOR,
    SAMPLE_COUNTRIES,
)
from sample.request_simulation import RequestSimulation, place_on_day
from sample.simulated_engagement import Dates
from sample.simulated_request import SimulatedRequest
from sample.written_requests import Written, submits

if TYPE_CHECKING:
    from sample.simulation import World

# few write in August and December
MONTHS = (
    0.75,
    1.0,
    1.2,
    1.0,
    1.1,
    1.1,
    0.75,
    0.5,
    1.25,
    1.3,
    1.15,
    0.6,
)
# theme: pillars, weight over time (first year, last year), institutions that ask, kinds of help
THEMES: dict[str, tuple[tuple[str, ...], tuple[float, float], tuple[int, ...], tuple[str, ...]]] = {
    "digital-forensics": (
        ("capacity_building",),
        (1.5, 1.3),
        (POLICE,),
        (T.TRAINING, T.EQUIPMENT, T.MENTORING),
    ),
    "electronic-evidence": (
        ("capacity_building", "cooperation"),
        (1.2, 1.5),
        (PROSECUTION, JUDICIARY, POLICE),
        (T.TRAINING, T.WORKSHOP),
    ),
    "legislation": (
        ("cooperation", "capacity_building"),
        (0.9, 1.5),
        (JUSTICE,),
        (T.LEGISLATIVE, T.ADVISORY),
    ),
    "child-protection": (
        ("prevention", "capacity_building"),
        (0.9, 1.1),
        (POLICE, PROSECUTION, JUSTICE),
        (T.TRAINING, T.ADVISORY),
    ),
    "cryptocurrency": (
        ("capacity_building",),
        (0.7, 1.3),
        (POLICE, PROSECUTION),
        (T.TRAINING, T.STUDY_VISIT),
    ),
    "darknet": (("capacity_building",), (0.4, 0.5), (POLICE,), (T.TRAINING, T.MENTORING)),
    "ransomware": (
        ("prevention", "capacity_building"),
        (0.5, 1.0),
        (CERT, POLICE),
        (T.ADVISORY, T.WORKSHOP),
    ),
    "mutual-legal-assistance": (
        ("cooperation",),
        (0.9, 1.0),
        (CENTRAL, PROSECUTION),
        (T.WORKSHOP, T.EXPERT_MEETING),
    ),
    "network-24-7": (("cooperation",), (0.5, 0.9), (POLICE, CENTRAL), (T.ADVISORY, T.STUDY_VISIT)),
    "public-awareness": (("prevention",), (1.0, 1.1), (REGULATOR, CERT), (T.CAMPAIGN, T.WORKSHOP)),
    "statistics": (("research",), (0.8, 0.9), (JUSTICE, POLICE), (T.STUDY, T.ADVISORY)),
}
FORCES = frozenset({POLICE})


@dataclass
class DrawnRequest:
    """A request to come: when it is received (or begun, where it stays a draft), from where, by a
    written way or not."""

    at: datetime
    land: SampleCountry
    written: Written | None = None
    stays_draft: bool = False


class RequestGenerator:
    """Draws all arrivals in the order in which they come; the numbers in references follow it."""

    def __init__(
        self,
        world: World,
        count: int,
        written: tuple[Written, ...] = (),
        apart: tuple[str, ...] = (),
    ) -> None:
        """`written` are among the `count`; of the countries `apart` there are no others."""
        self.world, self.count, self.written = world, count, written[:count]
        self.lands = [x for iso3, x in world.people.lands.items() if iso3 not in apart]
        for land in self.lands:
            land.weight = land.weight or world.rng.lognormvariate(0, 0.75)

    def days(self, count: int) -> list[date]:
        """Days of arrival: more each year, fewer in summer and at the end of the year, none at
        weekends."""
        world, rng = self.world, self.world.rng
        span = [world.start + timedelta(days=i) for i in range(2, (world.today - world.start).days)]
        weights = [
            0.0 if d.weekday() >= 5 else MONTHS[d.month - 1] * (0.6 + 0.8 * i / len(span))
            for i, d in enumerate(span)
        ]
        return rng.choices(span, weights, k=count)

    def all(self) -> list[DrawnRequest]:
        """Every arrival, in order."""
        world, rng = self.world, self.world.rng
        written = [w for w in self.written if w.iso3 in world.people.lands]
        found = [self.of_written(w) for w in written]
        drawn = self.days(self.count - len(written))
        for day, land in zip(
            drawn,
            rng.choices(self.lands, [x.weight for x in self.lands], k=len(drawn)),
            strict=True,
        ):
            found.append(DrawnRequest(world.hours.at(day, land.place.zone, 7.5, 17.5), land))
        found.sort(key=lambda a: a.at)
        for arrival in found[-max(1, self.count // 10) :]:
            arrival.stays_draft = arrival.written is None and world.chance(0.18)
        return found

    def of_written(self, way: Written) -> DrawnRequest:
        """One whose way is written."""
        world = self.world
        land = world.people.lands[way.iso3]
        day = world.calendar.add(world.today, -way.arrives)
        return DrawnRequest(world.hours.at(day, land.place.zone, 8, 16), land, way)


def chunks(found: list[DrawnRequest], size: int) -> Iterator[list[DrawnRequest]]:
    """So many at a time, so that memory does not grow with their number."""
    for first in range(0, len(found), size):
        yield found[first : first + size]


class DraftWriter:
    """Writes drafts and puts their submission on its day."""

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self, arrival: DrawnRequest) -> None:
        """The draft will be begun some days before it comes."""
        world, rng = self.world, self.world.rng
        begun = (
            arrival.at
            if arrival.stays_draft
            else arrival.at
            - timedelta(days=rng.choice((0, 0, 1, 2, 3, 6, 9)), minutes=rng.randint(20, 400))
        )
        if arrival.written is not None and arrival.written.acts[0][0] == "begin":
            day = world.calendar.add(world.today, -arrival.written.acts[0][1])
            begun = world.hours.at(day, arrival.land.place.zone, 7, 8)
        first = world.programme.midnight(world.start).astimezone(UTC)
        world.at(max(begun, first), lambda: self.begin(arrival))

    def begin(self, arrival: DrawnRequest) -> None:
        """The draft is there."""
        world, land = self.world, arrival.land
        theme = arrival.written.theme if arrival.written else self.theme()
        recorded = not arrival.written and world.chance(0.1) and not arrival.stays_draft
        author = land.speaker(world.day_of(arrival.at))
        if author is None or recorded:
            author, recorded = world.officer_for(land), True
        case = SimulatedRequest(
            world, land, author, world.now, **self.words(land, theme, recorded=recorded)
        )
        course = RequestSimulation(case, written=arrival.written is not None)
        if land.place.iso3 in SAMPLE_COUNTRIES:
            world.sample_cases.append(case)
        if arrival.written is not None:
            self.follow_written(case, course, arrival)
        elif arrival.stays_draft:
            if land.clearer is not None and not recorded and world.chance(0.6):
                world.abroad(land, 2, course.submit)
            elif world.chance(0.5):
                world.abroad(land, 1, case.edited)
        elif land.clearer is not None and not recorded:
            self.through_clearance(case, course, arrival)
        else:
            world.at(max(arrival.at, world.now + timedelta(minutes=5)), course.submit)

    def through_clearance(
        self, case: SimulatedRequest, course: RequestSimulation, arrival: DrawnRequest
    ) -> None:
        """Submitted by the author first, perhaps sent back once; cleared when it arrives."""
        world = self.world
        room = arrival.at - world.now
        world.at(world.now + room * 0.2, course.submit)
        if world.chance(0.12):
            world.at(world.now + room * 0.5, course.send_back)
            world.at(world.now + room * 0.7, course.submit)
        world.at(arrival.at, course.clear)

    def follow_written(
        self, case: SimulatedRequest, course: RequestSimulation, arrival: DrawnRequest
    ) -> None:
        """Every act on its day, and nothing else."""
        world, way = self.world, arrival.written
        assert way is not None
        for code, ago in way.acts:
            if code == way.acts[0][0] == "begin":
                continue
            if submits(code):
                world.at(max(arrival.at, world.now + timedelta(minutes=5)), getattr(course, code))
            else:
                place_on_day(world.calendar.add(world.today, -ago), course, code)
        for planned, starts, fate, kind in way.engagements:
            first = world.calendar.add(world.today, -starts)
            confirm = (
                None
                if fate == "planned"
                else world.calendar.add(
                    world.today, -planned + 12 if planned > 20 else -planned + 6
                )
            )
            dates = Dates(
                first,
                confirm or world.today + timedelta(days=3),
                "open" if fate == "planned" else fate or "open",
            )
            world.at(
                world.hours.office(world.calendar.add(world.today, -planned)),
                partial(course.engage, dates, str(kind)),
            )

    def theme(self) -> str:
        """Some theme; what is asked for shifts over the years."""
        world = self.world
        gone = min(1.0, max(0.0, (world.day - world.start).days / (world.today - world.start).days))
        weights = [
            first + (last - first) * gone
            for _pillars, (first, last), _who, _kinds in THEMES.values()
        ]
        return world.rng.choices(list(THEMES), weights)[0]

    def words(self, land: SampleCountry, theme: str, *, recorded: bool) -> dict[str, object]:
        """What the country writes."""
        world, rng, words = self.world, self.world.rng, self.world.words
        pillars, _weight, who, kinds = THEMES[theme]
        language = land.place.language if words.has(land.place.language) else "en"
        asking = rng.choice(who)
        institution = land.institutions[asking]
        country = getattr(land.country, f"name_{language}", land.country.name_en)
        kind = rng.choices(kinds, range(len(kinds), 0, -1))[0]
        also = [t for t in THEMES if t != theme and pillars[0] in THEMES[t][0]]
        slots = {
            "country": country,
            "institution": institution.name,
            "year": world.day.year - rng.randint(1, 4),
        }
        return {
            "title": words.title(language, theme, **slots),
            "language": language,
            "pillar": world.pillars[
                pillars[0] if len(pillars) == 1 or rng.random() < 0.65 else pillars[1]
            ],
            "theme_codes": [theme, rng.choice(also)] if also and rng.random() < 0.25 else [theme],
            "problem": (
                words.several(language, theme, "problems", 1, **slots)
                + " "
                + words.several(language, "common", "context", rng.choice((1, 1, 2)), **slots)
            ),
            "assistance_types": [str(k) for k in dict.fromkeys((kind, rng.choice(kinds)))],
            "assistance_asked": (
                words.several(language, theme, "asked", 1, **slots)
                + " "
                + words.several(language, "common", "asked", 1, **slots)
            ),
            "expected_results": words.several(language, theme, "results", 1, **slots),
            "beneficiaries": words.draw(language, "common", "beneficiaries", **slots),
            "tried_before": (
                words.draw(language, "common", "tried", **slots) if rng.random() < 0.65 else ""
            ),
            "other_support": (
                words.draw(language, "common", "support", **slots) if rng.random() < 0.4 else ""
            ),
            "national_contribution": (
                words.draw(language, "common", "contribution", **slots)
                if rng.random() < 0.6
                else ""
            ),
            "institution": institution,
            "other_institutions": (
                "\n".join(
                    x.name
                    for x in rng.sample(land.institutions, rng.randint(1, 3))
                    if x is not institution
                )
                if rng.random() < 0.5
                else ""
            ),
            "participants_expected": (
                rng.randrange(8, 60)
                if kind in (T.TRAINING, T.WORKSHOP, T.STUDY_VISIT, T.MENTORING)
                else None
            ),
            "security_force": "yes" if asking in FORCES else "no",
            "share_with_donors": rng.random() < 0.55,
        } | self.time_and_authority(land, language, recorded=recorded)

    def time_and_authority(
        self, land: SampleCountry, language: str, *, recorded: bool
    ) -> dict[str, object]:
        """When it is needed, who signs, how it came."""
        world, rng, words = self.world, self.world.rng, self.world.words
        urgency = rng.choices(("routine", "dated", "urgent"), (68, 22, 10))[0]
        wished = (
            world.day + timedelta(days=rng.randint(45, 220))
            if urgency != "routine" or rng.random() < 0.4
            else None
        )
        letter = (
            world.day - timedelta(days=rng.randint(0, 14))
            if recorded or rng.random() < 0.6
            else None
        )
        titles = words.texts[language]["common"]["signatories"]
        publish = rng.choices(("nothing", "title", "summary"), (55, 30, 15))[0]
        country = getattr(land.country, f"name_{language}", land.country.name_en)
        return {
            "urgency": urgency,
            "urgency_reason": (
                ""
                if urgency == "routine"
                else words.draw(language, "common", "urgent" if urgency == "urgent" else "dated")
            ),
            "wished_from": wished,
            "wished_until": wished + timedelta(days=rng.randint(20, 120)) if wished else None,
            "signatory_name": drawn_name(rng, land.place.names),
            "signatory_title": rng.choice(titles),
            "letter_reference": (
                f"{rng.choice(('MOJ', 'MHA', 'DPP', 'PS', 'CAB'))}/{rng.randrange(10, 400)}/{world.day.year}"
                if letter
                else ""
            ),
            "letter_date": letter,
            "received_through": (
                rng.choice(("letter", "e-mail", "e-mail", "mission")) if recorded else "portal"
            ),
            "publish": publish,
            "show_need": publish == "summary",
            "public_summary": (
                words.draw(language, "common", "summary", country=country)
                if publish == "summary"
                else ""
            ),
        }
