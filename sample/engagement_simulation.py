"""How an engagement goes: what kind it is, when it takes place, who records and verifies it, what
is put right later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from assistance.engagements.choices import GenderMarker, Stage
from assistance.engagements.states import AHEAD
from assistance.requests.choices import AssistanceType as T
from sample.simulated_engagement import ONLINE, SIZES, Dates, SimulatedEngagement

if TYPE_CHECKING:
    from assistance.models import Pillar
    from countries.processes.models import ProcessSession
    from sample.bulk_copy import Record
    from sample.people import SampleCountry
    from sample.simulated_request import SimulatedRequest
    from sample.simulation import World

# What answers a request of a pillar, the likeliest named most often.
KINDS: dict[str, tuple[str, ...]] = {
    "capacity_building": (
        T.TRAINING,
        T.TRAINING,
        T.TRAINING,
        T.WORKSHOP,
        T.MENTORING,
        T.EQUIPMENT,
        T.ADVISORY,
        T.STUDY_VISIT,
    ),
    "prevention": (T.CAMPAIGN, T.CAMPAIGN, T.WORKSHOP, T.WORKSHOP, T.TRAINING, T.ADVISORY),
    "cooperation": (
        T.WORKSHOP,
        T.WORKSHOP,
        T.EXPERT_MEETING,
        T.TRAINING,
        T.STUDY_VISIT,
        T.PARTICIPATION,
        T.ADVISORY,
        T.LEGISLATIVE,
    ),
    "research": (T.STUDY, T.STUDY, T.WORKSHOP, T.EXPERT_MEETING, T.ADVISORY),
}
BY_THEME: dict[str, tuple[str, ...]] = {
    "legislation": (T.LEGISLATIVE, T.LEGISLATIVE, T.ADVISORY, T.WORKSHOP),
    "statistics": (T.STUDY, T.WORKSHOP, T.ADVISORY),
}
REGIONAL_KINDS = (T.WORKSHOP, T.WORKSHOP, T.TRAINING, T.EXPERT_MEETING, T.PARTICIPATION)


# by pillar; what protects women and children counts for its own targets beside
SDG_TARGETS = {
    "capacity_building": ["16.a", "17.9"],
    "prevention": ["16.4", "17.9"],
    "cooperation": ["16.3", "16.4"],
    "research": ["16.6", "17.16"],
}
STAGES = {
    T.STUDY: Stage.INTRODUCING,
    T.ADVISORY: Stage.PLANNING,
    T.LEGISLATIVE: Stage.PLANNING,
    T.MENTORING: Stage.MAINTAINING,
}
OF_CHILDREN = "child-protection"


def contribution(pillar: str, kind: str, theme: str) -> dict[str, object]:
    """To what an engagement contributes: follows from what it is, so that nothing is drawn for it."""
    protects = theme == OF_CHILDREN
    return {
        "stage": STAGES.get(T(kind), Stage.IMPLEMENTING),
        "gender_marker": GenderMarker.SIGNIFICANT if protects else GenderMarker.LIMITED,
        "sdg_targets": [*(["16.2"] if protects else []), *SDG_TARGETS.get(pillar, [])],
    }


class Conduct:
    """Plans one engagement and sees it through."""

    def __init__(
        self,
        world: World,
        *,
        officer: Record,
        theme: str,
        pillar: Pillar,
        lands: Sequence[SampleCountry],
        dates: Dates,
        cases: Sequence[SimulatedRequest] = (),
        kind: str = "",
        session: ProcessSession | None = None,
    ) -> None:
        self.world, self.dates, self.officer = world, dates, officer
        self.session = session
        rng, regional = world.rng, len(lands) > 1
        kind = str(
            kind
            or rng.choice(REGIONAL_KINDS if regional else BY_THEME.get(theme) or KINDS[pillar.code])
        )
        modality = (
            rng.choices(("in_person", "online", "hybrid"), (70, 20, 10))[0]
            if kind in ONLINE
            else "in_person"
        )
        if kind in (T.STUDY, T.LEGISLATIVE):
            modality = "online"
        place = lands[0].place.city if modality != "online" else ""
        place = session.place if session is not None else place
        fund = (
            cases[0].funding
            if cases and cases[0].funding is not None
            else world.fund_for(pillar, world.day)
        )
        about = {
            "theme": world.words.theme(theme),
            "place": lands[0].country.name_en,
            "region": lands[0].country.subregion,
        }
        title = world.words.draw(
            "en", "engagement", f"{kind}_regional" if regional else kind, **about
        )
        if session is not None:
            title = f"Participation in: {session}"
        laid = self.lay_out(kind)
        self.deed = SimulatedEngagement(
            world,
            officer,
            cases,
            lands,
            title=title[:200],
            type=kind,
            modality=modality,
            place=place,
            pillar=pillar,
            theme_codes=[theme],
            tool_codes=world.tools.tools_for(kind, theme),
            session=session,
            funding=fund,
            starts_on=dates.starts_on,
            ends_on=max(end for _start, end, _days in laid),
            objectives=world.words.draw("en", "engagement", "objectives"),
            partners=rng.choice(PARTNERS) if world.chance(0.4) else "",
            **contribution(pillar.code, kind, theme),
        )
        for number, (start, _end, days) in enumerate(laid, 1):
            self.deed.add_part(
                number, start, days, self.deed.lands, f"Month {number}" if len(laid) > 1 else ""
            )
        self.deed.begin(officer)
        self.schedule()

    def lay_out(self, kind: str) -> list[tuple[date, date, int]]:
        """First day, last day and working days of its part, or of several a month apart for a
        mentoring; of a support, those of its session."""
        world = self.world
        if self.session is not None:
            return [days_within(world, self.session.starts_on, self.session.ends_on)]
        low, high = SIZES[kind].days
        count = world.rng.choice((3, 4, 6, 6, 9, 12)) if kind == T.MENTORING else 1
        laid = []
        for number in range(count):
            start = self.dates.starts_on + timedelta(days=30 * number)
            while start.weekday() >= 5:
                start += timedelta(days=1)
            days = world.rng.randint(low, high)
            laid.append((start, last_day(world, start, days), days))
        return laid

    def schedule(self) -> None:
        """What is to happen to it."""
        world, deed, rng = self.world, self.deed, self.world.rng
        fate = self.dates.fate
        lead = max(1, (deed.starts_on - world.day).days)
        if fate == "cancelled" or (not fate and rng.random() < 0.04):
            world.desk(max(1, lead // 3), self.cancel)
            return
        if not fate and rng.random() < 0.05 and lead > 20:
            world.desk(lead // 4, self.postpone)
            return
        if self.dates.confirm_on is not None:
            world.at(world.hours.office(self.dates.confirm_on), self.confirm)
        elif rng.random() < 0.95:
            world.at(
                world.hours.office(
                    deed.starts_on - timedelta(days=min(lead - 1, rng.randint(8, 45)))
                ),
                self.confirm,
            )
        self.schedule_recording()

    def schedule_recording(self) -> None:
        """Parts of a long one are recorded every few months; the whole within ten working days,
        mostly."""
        world, deed, rng = self.world, self.deed, self.world.rng
        if len(deed.parts) > 1:
            for number in range(3, len(deed.parts), 3):
                until = deed.parts[number - 1]
                world.at(
                    world.hours.office(until.ends_on + timedelta(days=rng.randint(2, 9))),
                    partial(self.record_parts, number),
                )
        late = not self.dates.fate and rng.random() < 0.17
        wait = rng.randint(11, 34) if late else rng.randint(1, 10)
        recorded_on = world.calendar.add(deed.ends_on, wait)
        if self.dates.fate == "open" or (
            not self.dates.fate and rng.random() < 0.14 and (world.today - deed.ends_on).days < 75
        ):
            return
        world.at(world.hours.office(recorded_on), self.deliver)

    def confirm(self) -> None:
        """Dates, place and countries stand."""
        if self.deed.state == "planned":
            self.deed.act(self.officer, "confirm")

    def cancel(self) -> None:
        """It will not take place."""
        if self.deed.state in AHEAD:
            self.deed.act(
                self.officer,
                "cancel",
                reason=self.world.words.draw("en", "engagement", "cancelled"),
            )

    def postpone(self) -> None:
        """Later, for a reason; then it goes on as usual."""
        if self.deed.state not in AHEAD:
            return
        to = self.world.calendar.add(self.deed.starts_on, self.world.rng.randint(10, 50))
        self.deed.act(
            self.officer,
            "postpone",
            starts_on=to,
            reason=self.world.words.draw("en", "engagement", "postponed"),
        )
        self.dates = Dates(to, fate="verified")
        self.schedule()

    def record_parts(self, until: int) -> None:
        """The numbers of the parts that are over."""
        if self.deed.state not in AHEAD:
            return
        for part in self.deed.parts[:until]:
            if part.pk not in self.deed.reported and part.ends_on < self.world.day:
                self.deed.report_part(part)
        self.deed.edit(self.officer)

    def deliver(self) -> None:
        """Numbers, cost, outcome: it is delivered."""
        world, deed = self.world, self.deed
        if deed.state not in AHEAD or deed.ends_on >= world.day:
            return
        for part in deed.parts:
            if part.pk not in deed.reported:
                deed.report_part(part)
        if deed.type == T.CAMPAIGN:
            deed.reach, deed.reach_method = (
                world.rng.randrange(4, 900) * 500,
                world.words.draw("en", "engagement", "reach_method"),
            )
        deed.follow_up = (
            world.words.draw("en", "engagement", "follow_up") if world.chance(0.5) else ""
        )
        deed.edit(self.officer)
        world.at(world.now + timedelta(minutes=world.rng.randint(2, 9)), self.record_delivery)

    def record_delivery(self) -> None:
        """Right after its numbers are in."""
        world, deed = self.world, self.deed
        if deed.state not in AHEAD:
            return
        deed.act(
            self.officer, "deliver", outcome=world.words.several("en", "engagement", "outcome", 2)
        )
        if world.chance(0.4):
            deed.next_steps()
        if self.dates.fate != "delivered" and world.chance(0.93):
            world.desk(world.rng.randint(2, 28), self.verify)

    def verify(self) -> None:
        """By somebody else; numbers not yet known have to come in first."""
        world, deed = self.world, self.deed
        if deed.state != "delivered":
            return
        if any(row.not_yet_known for _part, row, _land in deed.coming):
            if world.chance(0.75):
                deed.complete_numbers()
                deed.edit(self.officer)
            world.desk(world.rng.randint(3, 15), self.verify)
            return
        others = [
            p for p in (*world.people.officers, *world.people.managers) if p is not deed.recorded_by
        ]
        self.verifier = world.rng.choice(others)
        deed.act(self.verifier, "verify")
        if deed.has_participants and world.chance(0.035):
            after = quarter_end(deed.ends_on) + timedelta(days=world.rng.randint(24, 70))
            world.at(world.hours.office(max(after, world.day + timedelta(days=1))), self.put_right)

    def put_right(self) -> None:
        """A list turns up late: numbers are corrected after the quarter's report."""
        world, deed = self.world, self.deed
        rows = [
            row
            for _part, row, _land in deed.coming
            if row.women is not None and row.men is not None
        ]
        if deed.state != "verified" or not rows:
            return
        deed.act(self.officer, "correct", reason=world.words.draw("en", "engagement", "correction"))
        for row in rows[:3]:
            row.women, row.men = (
                row.women + world.rng.randint(1, 3),
                max(0, row.men + world.rng.randint(-2, 2)),
            )
            row.changed(world.now)
        deed.edit(self.officer)
        world.desk(world.rng.randint(1, 6), self.verify_again)

    def verify_again(self) -> None:
        """Once more by who verified before."""
        if self.deed.state == "delivered" and self.deed.recorded_by is not self.verifier:
            self.deed.act(self.verifier, "verify")


PARTNERS = (
    "INTERPOL",
    "Council of Europe",
    "International Telecommunication Union",
    "UNICEF",
    "World Bank",
    "Organization of American States",
    "African Union Commission",
    "Pacific Islands Law Officers’ Network",
    "ASEAN Secretariat",
    "Commonwealth Secretariat",
    "Organisation internationale de la Francophonie",
    "FIRST",
)


def last_day(world: World, start: date, working_days: int) -> date:
    """The last day of a part that begins on `start` and takes so many working days."""
    return world.calendar.add(start, working_days - 1) if working_days > 1 else start


def days_within(world: World, first: date, last: date) -> tuple[date, date, int]:
    """As many working days as there are from one day to another."""
    days = 1
    while last_day(world, first, days + 1) <= last:
        days += 1
    return first, last_day(world, first, days), days


def quarter_end(day: date) -> date:
    """The first day after the calendar quarter of a day."""
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + 1, 1, 1) if month > 12 else date(day.year, month, 1)
