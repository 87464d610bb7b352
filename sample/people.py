"""Who acts in the sample: staff, focal points, institutions; donors and their funds."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils.text import slugify

from accounts.models import Role, User
from assistance.models import Donor, Funding, Pillar, Programme, ProgrammeMembership
from countries.models import Country, DesignatedProgramme, FocalPoint, Institution
from sample.bulk_copy import Record, Writer
from sample.member_places import MEMBER_PLACES
from sample.people_lists import (
    CLEARING,
    DONORS,
    ENDED,
    FUNCTIONS,
    INTERIOR,
    JUSTICE,
    KINDS,
    NAME_COLUMN,
    POLICE,
    PROSECUTION,
    SAMPLE_COUNTRIES,
    STAFF,
)
from sample.places import NAMES, PLACES, Place

PASSWORD = "meridian-sample"  # noqa: S105 of sample people, never made in production


@dataclass
class SampleCountry:
    """A country with its people and institutions."""

    place: Place
    country: Country
    institutions: list[Record] = field(default_factory=list)
    primary: Record | None = None
    clearer: Record | None = None
    ended_on: date | None = None
    weight: float = 0.0  # of its requests among those of all; none drawn yet

    def speaker(self, day: date) -> Record | None:
        """The country's primary focal point on this day."""
        return self.primary if self.ended_on is None or day < self.ended_on else None


@dataclass
class People:
    """Everybody."""

    officers: list[Record]
    managers: list[Record]
    administrator: Record
    lands: dict[str, SampleCountry]
    funds: list[Record]


def drawn_name(rng: random.Random, pool: str) -> str:
    """A name as people there bear it."""
    women, men, families = NAMES[pool]
    given = rng.choice(women if rng.random() < 0.45 else men)
    return f"{given} {rng.choice(families)}".strip()


def by_role(rows: list[Record]) -> tuple[list[Record], list[Record]]:
    """Officers, and managers."""
    return (
        [row for row in rows if row.role == Role.OFFICER],
        [row for row in rows if row.role == Role.MANAGER],
    )


def served_by(programme: Programme) -> set[str]:
    """ISO 3166 alpha-3 codes of the countries that a programme serves."""
    return set(programme.eligible_group.memberships.values_list("country__iso3", flat=True))


class PeopleGenerator:
    """Makes them."""

    def __init__(self, writer: Writer, rng: random.Random, today: date, start: date) -> None:
        self.writer, self.rng, self.today, self.start = writer, rng, today, start
        self.began = datetime.combine(start - timedelta(days=60), time(9), tzinfo=UTC)
        self.password = make_password(PASSWORD, salt=f"{rng.getrandbits(96):024x}")
        self.taken: set[str] = set()
        self.lands: dict[str, SampleCountry] = {}
        self.designations: dict[str, list[Record]] = {}  # by country
        self.donors: dict[str, Record] = {}

    def make(self, programme: Programme) -> People:
        """Staff of the seeded programme, an administrator, focal points with their institutions,
        funds."""
        officers, managers = self.staff(programme)
        administrator = self.user(
            "admin@example.org",
            "Ada Lindgren",
            Role.ADMINISTRATOR,
            "Europe/Vienna",
            "en",
            "System Administrator",
            may_sign_in=True,
        )
        self.add_lands(PLACES, programme)
        return People(
            officers, managers, administrator, self.eligible(programme), self.funds(programme)
        )

    def make_for(self, programme: Programme, seeded: People) -> People:
        """Staff and funds of another programme, with the seeded one's first officer among them; the
        countries that it serves have their focal points already, or get them."""
        self.add_lands(MEMBER_PLACES, programme)
        first = seeded.officers[0]
        self.member(programme, first)
        officers, managers = self.team(programme)
        return People(
            [first, *officers],
            managers,
            seeded.administrator,
            self.eligible(programme),
            self.funds(programme),
        )

    def add_lands(self, places: dict[str, Place], programme: Programme) -> None:
        """Institutions and focal points of the places that the programme serves and that have none
        yet."""
        known = {
            c.iso3: c
            for c in Country.objects.defer(
                "sort_en", "sort_fr", "sort_es", "sort_ar", "sort_ru", "sort_zh"
            )
        }
        served = served_by(programme)
        for iso3, place in places.items():
            if iso3 in served and iso3 not in self.lands:
                self.lands[iso3] = self.land(place, known[iso3])
        for iso3 in self.eligible(programme):
            for designation in self.designations.get(iso3, ()):
                Record(
                    self.writer[DesignatedProgramme],
                    self.began,
                    focal_point=designation,
                    programme=programme,
                )

    def eligible(self, programme: Programme) -> dict[str, SampleCountry]:
        """The countries that the programme serves."""
        served = served_by(programme)
        return {iso3: land for iso3, land in self.lands.items() if iso3 in served}

    def user(
        self,
        email: str,
        name: str,
        role: Role,
        zone: str,
        language: str,
        title: str,
        *,
        may_sign_in: bool,
    ) -> Record:
        """Somebody; without the right to sign in, their password is unusable."""
        password = (
            self.password
            if may_sign_in
            else f"{UNUSABLE_PASSWORD_PREFIX}{self.rng.getrandbits(200):050x}"
        )
        return Record(
            self.writer[User],
            self.began,
            email=email,
            name=name,
            role=role,
            time_zone=zone,
            language=language,
            title=title,
            password=password,
            joined_at=self.began,
        )

    def staff(self, programme: Programme) -> tuple[list[Record], list[Record]]:
        """Officers and managers of the seeded programme, members from before the beginning."""
        rows = []
        for email, name, role, zone, language, title in STAFF:
            row = self.user(
                email,
                name,
                role,
                zone,
                language,
                title,
                may_sign_in=email in ("officer@example.org", "manager@example.org"),
            )
            self.member(programme, row)
            rows.append(row)
        return by_role(rows)

    def team(self, programme: Programme) -> tuple[list[Record], list[Record]]:
        """Officers and managers of another programme, with the functions of the seeded one's after
        the first."""
        rows = []
        for number, (_email, _name, role, zone, language, title) in enumerate(STAFF[1:], 1):
            row = self.user(
                f"staff{number}.{programme.code}@example.org",
                drawn_name(self.rng, "latin" if language == "es" else "balkan"),
                role,
                zone,
                language,
                title,
                may_sign_in=False,
            )
            self.member(programme, row)
            rows.append(row)
        return by_role(rows)

    def member(self, programme: Programme, row: Record) -> None:
        """Somebody works for a programme, from before the beginning."""
        Record(
            self.writer[ProgrammeMembership],
            self.began,
            user=row,
            programme=programme,
            role=row.role.value,
            valid_from=self.start - timedelta(days=60),
        )

    def email(self, name: str, iso3: str) -> str:
        """An address of the reserved domain, once only."""
        stem = slugify(name).replace("-", ".") or "focal.point"
        address, number = f"{stem}.{iso3.lower()}@example.org", 2
        while address in self.taken:
            address, number = f"{stem}{number}.{iso3.lower()}@example.org", number + 1
        self.taken.add(address)
        return address

    def land(self, place: Place, country: Country) -> SampleCountry:
        """A country's institutions and focal points."""
        land = SampleCountry(place, country)
        column = NAME_COLUMN.get(place.language, 1)
        for line in KINDS:
            land.institutions.append(
                Record(
                    self.writer[Institution],
                    self.began,
                    country=country,
                    kind=line[0],
                    name=line[column],
                )
            )
        if place.iso3 in SAMPLE_COUNTRIES:
            name = "Jane Wanjiru" if place.iso3 == "KEN" else "Ana Tuisawau"
            land.primary = self.focal_point(
                land, name, f"focalpoint.{place.iso3.lower()}@example.org", may_sign_in=True
            )
            return land
        if place.iso3 in ENDED:
            land.ended_on = self.today - timedelta(days=self.rng.randint(70, 160))
        land.primary = self.focal_point(land, until=land.ended_on)
        if place.iso3 in CLEARING:
            land.clearer = self.focal_point(land, may_clear=True)
        return land

    def focal_point(
        self,
        land: SampleCountry,
        name: str = "",
        email: str = "",
        *,
        may_clear: bool = False,
        may_sign_in: bool = False,
        until: date | None = None,
    ) -> Record:
        """A user and the designation."""
        place = land.place
        name = name or drawn_name(self.rng, place.names)
        language = (
            place.language if place.language in ("ar", "en", "es", "fr", "ru", "zh") else "en"
        )
        title = self.rng.choice(FUNCTIONS.get(place.language, FUNCTIONS["en"]))
        row = self.user(
            email or self.email(name, place.iso3),
            name,
            Role.FOCAL_POINT,
            place.zone.key,
            language,
            title,
            may_sign_in=may_sign_in,
        )
        institution = land.institutions[
            INTERIOR if may_clear else self.rng.choice((POLICE, PROSECUTION, JUSTICE))
        ]
        designation = Record(
            self.writer[FocalPoint],
            self.began,
            user=row,
            country=land.country,
            institution=institution,
            is_primary=not may_clear,
            may_clear=may_clear,
            valid_from=self.start - timedelta(days=60),
            valid_until=until,
        )
        self.designations.setdefault(place.iso3, []).append(designation)
        return row

    def donor(self, title: str) -> Record:
        """The donor of this name, which gives to every programme."""
        if title not in self.donors:
            self.donors[title] = Record(self.writer[Donor], self.began, title=title)
        return self.donors[title]

    def funds(self, programme: Programme) -> list[Record]:
        """Two contributions a donor, one after the other, over the three years and the next."""
        pillars = {p.code: p for p in Pillar.objects.all()}
        middle = self.start + timedelta(days=540)
        spans = (
            (self.start - timedelta(days=90), middle + timedelta(days=120)),
            (middle, self.today + timedelta(days=500)),
        )
        rows = []
        for title, contributions in DONORS:
            donor = self.donor(title)
            for (name, amount, pillar), (first, end) in zip(contributions, spans, strict=True):
                rows.append(
                    Record(
                        self.writer[Funding],
                        self.began,
                        donor=donor,
                        programme=programme,
                        title=name,
                        amount=Decimal(amount),
                        currency=programme.currency,
                        pillar=pillars.get(pillar),
                        pillar_id=pillars[pillar].pk if pillar else None,
                        valid_from=first,
                        valid_until=end,
                    )
                )
        return rows
