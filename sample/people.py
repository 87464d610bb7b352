"""Who acts in the sample: staff, focal points, institutions; donors and their funds."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils.text import slugify

from accounts.models import Role, User
from assistance.models import Donor, Funding, Pillar, Programme, ProgrammeMembership
from countries.models import Country, FocalPoint, Institution
from sample.bulk_copy import Record, Writer
from sample.places import NAMES, PLACES, Place

PASSWORD = "meridian-sample"  # noqa: S105 of sample people, never made in production
STAFF = (
    ("officer@example.org", "Anna Rossi", Role.OFFICER, "Europe/Vienna", "en", "Programme Officer"),
    (
        "s.ndiaye@example.org",
        "Souleymane Ndiaye",
        Role.OFFICER,
        "Africa/Dakar",
        "fr",
        "Programme Officer, West Africa",
    ),
    (
        "m.quiroga@example.org",
        "Mariana Quiroga",
        Role.OFFICER,
        "America/Panama",
        "es",
        "Programme Officer, Latin America and the Caribbean",
    ),
    (
        "k.tanaka@example.org",
        "Kenji Tanaka",
        Role.OFFICER,
        "Asia/Bangkok",
        "en",
        "Programme Officer, Asia and the Pacific",
    ),
    (
        "w.kariuki@example.org",
        "Wangari Kariuki",
        Role.OFFICER,
        "Africa/Nairobi",
        "en",
        "Programme Officer, Eastern Africa",
    ),
    (
        "o.melnyk@example.org",
        "Oksana Melnyk",
        Role.OFFICER,
        "Europe/Vienna",
        "ru",
        "Associate Programme Officer",
    ),
    (
        "manager@example.org",
        "Lina Haddad",
        Role.MANAGER,
        "Europe/Vienna",
        "en",
        "Chief of Programme",
    ),
    (
        "t.lindqvist@example.org",
        "Tomas Lindqvist",
        Role.MANAGER,
        "Europe/Vienna",
        "en",
        "Deputy Chief of Programme",
    ),
)
REGIONAL = {"Africa/Dakar": 1, "America/Panama": 2, "Asia/Bangkok": 3, "Africa/Nairobi": 4}
# kind, then the name in English, French, Spanish, Portuguese
KINDS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "police",
        "National Police, Cybercrime Unit",
        "Police nationale, division de la cybercriminalité",
        "Policía Nacional, Unidad de Delitos Informáticos",
        "Polícia Judiciária, Secção de Cibercrime",
    ),
    (
        "prosecution",
        "Office of the Director of Public Prosecutions",
        "Parquet général",
        "Fiscalía General",
        "Procuradoria-Geral da República",
    ),
    (
        "ministry",
        "Ministry of Justice",
        "Ministère de la justice",
        "Ministerio de Justicia",
        "Ministério da Justiça",
    ),
    (
        "cert",
        "National Computer Emergency Response Team",
        "Centre national de réponse aux incidents informatiques",
        "Equipo Nacional de Respuesta a Incidentes",
        "Centro Nacional de Cibersegurança",
    ),
    (
        "judiciary",
        "Judicial Training Institute",
        "École nationale de la magistrature",
        "Escuela Judicial",
        "Centro de Formação Judiciária",
    ),
    (
        "central_authority",
        "Central Authority for Mutual Legal Assistance",
        "Autorité centrale pour l’entraide judiciaire",
        "Autoridad Central de Cooperación Jurídica",
        "Autoridade Central de Cooperação",
    ),
    (
        "regulator",
        "Communications Authority",
        "Autorité de régulation des communications",
        "Superintendencia de Telecomunicaciones",
        "Autoridade das Comunicações",
    ),
    (
        "ministry",
        "Ministry of Home Affairs",
        "Ministère de l’intérieur",
        "Ministerio del Interior",
        "Ministério do Interior",
    ),
)
POLICE, PROSECUTION, JUSTICE, CERT, JUDICIARY, CENTRAL, REGULATOR, INTERIOR = range(8)
NAME_COLUMN = {"fr": 2, "es": 3, "pt": 4}
FUNCTIONS = {
    "en": (
        "Head, Cybercrime Unit",
        "Deputy Director, International Cooperation",
        "Principal State Counsel",
        "Director, Legal Affairs",
        "National Cybersecurity Coordinator",
    ),
    "fr": (
        "Chef de la division cybercriminalité",
        "Directeur de la coopération internationale",
        "Magistrat, conseiller technique",
        "Directrice des affaires juridiques",
    ),
    "es": (
        "Jefa de la Unidad de Delitos Informáticos",
        "Director de Cooperación Internacional",
        "Fiscal adjunta",
        "Coordinador Nacional de Ciberseguridad",
    ),
    "pt": (
        "Chefe da Secção de Cibercrime",
        "Diretora de Cooperação Internacional",
        "Procuradora da República",
    ),
}
DONORS: tuple[tuple[str, tuple[tuple[str, int, str], ...]], ...] = (
    (
        "Government of a Nordic country",
        (
            ("Core contribution to the programme", 4_800_000, ""),
            ("Core contribution to the programme, second phase", 6_100_000, ""),
        ),
    ),
    (
        "Government of a Pacific Rim country",
        (
            ("Cybercrime and small island States", 2_400_000, "capacity_building"),
            ("Pacific legislation and evidence", 2_900_000, ""),
        ),
    ),
    (
        "Ministry of Foreign Affairs of a European country",
        (
            (
                "International cooperation in cases with electronic evidence",
                3_300_000,
                "cooperation",
            ),
            ("Cooperation across borders", 3_900_000, "cooperation"),
        ),
    ),
    (
        "Development agency of a North American country",
        (
            ("Protecting children and communities online", 2_100_000, "prevention"),
            ("Prevention for schools and families", 2_700_000, "prevention"),
        ),
    ),
    (
        "Multi-donor trust fund for justice",
        (
            ("Data and research on cybercrime", 900_000, "research"),
            ("Measuring cybercrime", 1_200_000, "research"),
        ),
    ),
    (
        "Regional development bank",
        (
            ("Digital investigation skills", 1_700_000, "capacity_building"),
            ("Digital investigation skills II", 2_200_000, "capacity_building"),
        ),
    ),
)
CLEARING = ("UGA", "GHA", "NGA", "PHL", "COL", "PER", "SEN", "JOR", "JAM", "LKA")
ENDED = ("SLE", "HND", "TCD", "VUT", "MKD")
SAMPLE_COUNTRIES = ("KEN", "FJI")


@dataclass
class Land:
    """A country with its people and institutions."""

    place: Place
    country: Country
    institutions: list[Record] = field(default_factory=list)
    primary: Record | None = None
    clearer: Record | None = None
    ended_on: date | None = None

    def speaker(self, day: date) -> Record | None:
        """The country's primary focal point on this day."""
        return self.primary if self.ended_on is None or day < self.ended_on else None


@dataclass
class People:
    """Everybody."""

    officers: list[Record]
    managers: list[Record]
    administrator: Record
    lands: dict[str, Land]
    funds: list[Record]


def drawn_name(rng: random.Random, pool: str) -> str:
    """A name as people there bear it."""
    women, men, families = NAMES[pool]
    given = rng.choice(women if rng.random() < 0.45 else men)
    return f"{given} {rng.choice(families)}".strip()


class Census:
    """Makes them."""

    def __init__(
        self, writer: Writer, rng: random.Random, programme: Programme, today: date, start: date
    ) -> None:
        self.writer, self.rng, self.programme, self.today, self.start = (
            writer,
            rng,
            programme,
            today,
            start,
        )
        self.began = datetime.combine(start - timedelta(days=60), time(9), tzinfo=UTC)
        self.password = make_password(PASSWORD, salt=f"{rng.getrandbits(96):024x}")
        self.taken: set[str] = set()

    def make(self) -> People:
        """Staff, administrator, focal points with their institutions, funds."""
        officers, managers = self.staff()
        administrator = self.user(
            "admin@example.org",
            "Ada Lindgren",
            Role.ADMINISTRATOR,
            "Europe/Vienna",
            "en",
            "System Administrator",
            may_sign_in=True,
        )
        known = {
            c.iso3: c
            for c in Country.objects.defer(
                "sort_en", "sort_fr", "sort_es", "sort_ar", "sort_ru", "sort_zh"
            )
        }
        eligible = set(
            self.programme.eligible_group.memberships.values_list("country__iso3", flat=True)
        )
        lands = {
            iso3: self.land(place, known[iso3])
            for iso3, place in PLACES.items()
            if iso3 in eligible
        }
        return People(officers, managers, administrator, lands, self.funds())

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

    def staff(self) -> tuple[list[Record], list[Record]]:
        """Officers and managers, members of the programme from before the beginning."""
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
            Record(
                self.writer[ProgrammeMembership],
                self.began,
                user=row,
                programme=self.programme,
                role=role.value,
                valid_from=self.start - timedelta(days=60),
            )
            rows.append(row)
        return [r for r in rows if r.role == Role.OFFICER], [
            r for r in rows if r.role == Role.MANAGER
        ]

    def email(self, name: str, iso3: str) -> str:
        """An address of the reserved domain, once only."""
        stem = slugify(name).replace("-", ".") or "focal.point"
        address, number = f"{stem}.{iso3.lower()}@example.org", 2
        while address in self.taken:
            address, number = f"{stem}{number}.{iso3.lower()}@example.org", number + 1
        self.taken.add(address)
        return address

    def land(self, place: Place, country: Country) -> Land:
        """A country's institutions and focal points."""
        land = Land(place, country)
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
        land: Land,
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
        values: dict[str, Any] = {
            "is_primary": not may_clear,
            "may_clear": may_clear,
            "valid_from": self.start - timedelta(days=60),
            "valid_until": until,
        }
        Record(
            self.writer[FocalPoint],
            self.began,
            user=row,
            country=land.country,
            institution=institution,
            **values,
        )
        return row

    def funds(self) -> list[Record]:
        """Two contributions a donor, one after the other, over the three years and the next."""
        pillars = {p.code: p for p in Pillar.objects.all()}
        middle = self.start + timedelta(days=540)
        spans = (
            (self.start - timedelta(days=90), middle + timedelta(days=120)),
            (middle, self.today + timedelta(days=500)),
        )
        rows = []
        for title, contributions in DONORS:
            donor = Record(self.writer[Donor], self.began, title=title)
            for (name, amount, pillar), (first, end) in zip(contributions, spans, strict=True):
                rows.append(
                    Record(
                        self.writer[Funding],
                        self.began,
                        donor=donor,
                        programme=self.programme,
                        title=name,
                        amount=Decimal(amount),
                        currency=self.programme.currency,
                        pillar=pillars.get(pillar),
                        pillar_id=pillars[pillar].pk if pillar else None,
                        valid_from=first,
                        valid_until=end,
                    )
                )
        return rows
