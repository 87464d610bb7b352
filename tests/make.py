"""Makes rows for tests through the product's own doors."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role, User
from assistance.engagements import services as engagement_services
from assistance.engagements.models import Engagement
from assistance.engagements.parts import Part
from assistance.funding.models import Donor, Funding
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership
from assistance.requests import services
from assistance.requests.assessments import PARTS
from assistance.requests.field_sets import CHECKLIST
from assistance.requests.models import AssistanceRequest
from assistance.requests.services import begin_draft
from countries.models import Country, FocalPoint, Institution
from reports.schedules.periods import period_of

PASSWORD = "meridian-sample"
LONG_AGO = date(2020, 1, 1)
numbers = itertools.count(1)


def user(role: Role, name: str = "", **fields: Any) -> User:
    """Somebody with this role and the password of all."""
    number = next(numbers)
    name = name or f"Person {number}"
    return User.objects.create_user(
        fields.pop("email", f"person{number}@example.org"), PASSWORD, role=role, name=name, **fields
    )


def programme() -> Programme:
    """The seeded one."""
    return Programme.objects.get(code="cybercrime")


def focal_point(iso3: str, **fields: Any) -> User:
    """A focal point of a country; `may_clear` and dates go to the designation."""
    designation = {
        k: fields.pop(k)
        for k in ("may_clear", "valid_from", "valid_until", "is_primary")
        if k in fields
    }
    country = Country.objects.get(iso3=iso3)
    institution, _ = Institution.objects.get_or_create(
        country=country, name=f"Police of {country.name_en}", kind="police"
    )
    person = user(Role.FOCAL_POINT, **fields)
    designate(person, iso3, institution=institution, **designation)
    return person


def designate(person: User, iso3: str, *programmes: Programme, **fields: Any) -> FocalPoint:
    """Designates somebody for a country and, where none are named, for the seeded programme."""
    designation = FocalPoint.objects.create(
        user=person,
        country=Country.objects.get(iso3=iso3),
        **({"valid_from": LONG_AGO} | fields),
    )
    designation.programmes.set(programmes or [programme()])
    return designation


def staff(role: Role, **fields: Any) -> User:
    """An officer or manager of the seeded programme."""
    person = user(role, **fields)
    ProgrammeMembership.objects.create(
        user=person, programme=programme(), role=role, valid_from=LONG_AGO
    )
    return person


def funding(**fields: Any) -> Funding:
    """Money for the programme, earmarked for nothing."""
    donor, _ = Donor.objects.get_or_create(title="Donor A")
    values: dict[str, Any] = {
        "donor": donor,
        "programme": programme(),
        "title": "Contribution",
        "amount": Decimal(1000000),
        "valid_from": LONG_AGO,
        "valid_until": date(2035, 1, 1),
    }
    return Funding.objects.create(**(values | fields))


@dataclass
class People:
    """The usual five."""

    kenya: User = field(default_factory=lambda: focal_point("KEN", name="Jane Wanjiru"))
    fiji: User = field(default_factory=lambda: focal_point("FJI", name="Ana Tuisawau"))
    officer: User = field(default_factory=lambda: staff(Role.OFFICER, name="Anna Rossi"))
    manager: User = field(default_factory=lambda: staff(Role.MANAGER, name="Lina Haddad"))
    administrator: User = field(default_factory=lambda: user(Role.ADMINISTRATOR, name="Ada Min"))
    are_busy: bool = False  # whether something to report happened already

    def as_stored(self) -> People:
        """The same five as the database has them, whatever was done to these objects."""
        found = User.objects.in_bulk(
            p.pk for p in (self.kenya, self.fiji, self.officer, self.manager, self.administrator)
        )
        return People(
            found[self.kenya.pk],
            found[self.fiji.pk],
            found[self.officer.pk],
            found[self.manager.pk],
            found[self.administrator.pk],
            self.are_busy,
        )


def draft_values(**values: Any) -> dict[str, Any]:
    """Everything a submission needs."""
    return {
        "title": "Training of first responders in the seizure of mobile devices",
        "pillar": Pillar.objects.get(code="capacity_building"),
        "theme_codes": ["digital-forensics"],
        "language": "en",
        "problem": "Phones are switched off when they are seized, and evidence is lost.",
        "assistance_types": ["training_course"],
        "assistance_asked": "A course of five days for forty officers.",
        "expected_results": "Evidence from phones stands up in court.",
        "beneficiaries": "First responders of the counties.",
        "signatory_name": "P. Otieno",
        "signatory_title": "Director",
    } | values


def draft(author: User, iso3: str = "KEN", **values: Any) -> AssistanceRequest:
    """A draft with everything that a submission needs."""
    return begin_draft(
        author,
        programme=programme(),
        country=Country.objects.get(iso3=iso3),
        **draft_values(**values),
    )


def do(actor: User, case: AssistanceRequest, code: str, **data: Any) -> AssistanceRequest:
    """Takes an action and returns the case as it then is."""
    services.perform_action(actor, case.pk, code, data)
    return AssistanceRequest.objects.get(pk=case.pk)


def submitted(author: User, iso3: str = "KEN", **values: Any) -> AssistanceRequest:
    """A submitted request."""
    return do(author, draft(author, iso3, **values), "submit")


PLAN: dict[str, Any] = {
    "summary": "One course, then mentoring.",
    "steps": [
        {
            "what": "Course",
            "starts_on": date(2030, 3, 1),
            "ends_on": date(2030, 3, 5),
            "who": "Programme",
            "cost": Decimal(20000),
        }
    ],
    "indicators": [
        {
            "title": "Officers certified",
            "unit": "people",
            "baseline": Decimal(0),
            "target": Decimal(40),
        }
    ],
}


# What an officer says when a request is found complete.
ASSESSED: dict[str, Any] = {
    "checklist": [code for code, _label in CHECKLIST],
    **{f"note_{code}": f"Seen: {code}." for code, _label in CHECKLIST},
    **{part: f"What there is to say on {part}." for part in PARTS},
    "recommendation": "accept",
    "reasons": "It is in the mandate.",
}


def advanced(
    people: People, to: str, iso3: str = "KEN", author: User | None = None, **values: Any
) -> AssistanceRequest:
    """A request brought along the usual way to a state: under_review, complete, accepted,
    plan_proposed, planned, in_delivery."""
    author = author or {"KEN": people.kenya, "FJI": people.fiji}[iso3]
    case = submitted(author, iso3, **values)
    money = funding()
    way: list[tuple[str, User, str, dict[str, Any]]] = [
        (
            "under_review",
            people.officer,
            "start_review",
            {"lead_officer": people.officer, "letter": "authenticated"},
        ),
        ("complete", people.officer, "mark_complete", ASSESSED),
        (
            "accepted",
            people.manager,
            "accept",
            {
                "priority": "normal",
                "lead_officer": people.officer,
                "estimate": Decimal(50000),
                "funding": money,
            },
        ),
        ("plan_proposed", people.officer, "propose_plan", PLAN),
        ("planned", author, "agree", {"agreed_by_name": "P. Otieno"}),
        ("in_delivery", people.officer, "start_delivery", {}),
    ]
    if to == "submitted":
        return case
    for state, actor, code, data in way:
        case = do(actor, case, code, **data)
        if state == to:
            return case
    raise ValueError(to)


def part(start: date | None = None, days: int = 3, **countries: dict[str, Any]) -> Part:
    """A part that ended a week ago, or today where that was in another quarter, with participation
    by ISO code: `part(KEN={"women": 3, "men": 4})`."""
    today = programme().today()
    end = today - timedelta(days=8)
    start = start or (
        end if period_of("quarterly", end) == period_of("quarterly", today) else today
    ) - timedelta(days=days - 1)
    rows = {Country.objects.get(iso3=iso3).pk: numbers for iso3, numbers in countries.items()}
    last = start + timedelta(days=days - 1)
    cost = Decimal(9000)
    return Part(
        starts_on=start,
        ends_on=last,
        days=Decimal(days),
        planned_cost=cost,
        actual_cost=cost if last <= today else None,
        participations=rows,
    )


def engagement(officer: User, *parts: Part, requests: Any = (), **values: Any) -> Engagement:
    """A planned engagement."""
    about: dict[str, Any] = {
        "programme": programme(),
        "title": "Course on mobile forensics",
        "pillar": Pillar.objects.get(code="capacity_building"),
        "type": "training_course",
        "modality": "in_person",
        "place": "Nairobi",
        "lead_officer": officer,
    }
    return engagement_services.create_engagement(
        officer, about | values, parts or (part(),), requests, early_reason="scoping"
    )


def pdf(name: str = "letter.pdf") -> SimpleUploadedFile:
    """A small file that is one of the allowed kinds."""
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "application/pdf"
    )
