"""Some attendance lists and contacts of the sample, under the rules by which people write them."""

from __future__ import annotations

import random

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.engagements.states import EngagementState
from assistance.participants import services
from assistance.participants.models import Person
from assistance.programmes.models import Programme, ProgrammeMembership
from countries.models import Institution
from sample.member_places import MEMBER_PLACES
from sample.people import drawn_name
from sample.places import NAMES

LISTS, CONTACTS, MOST_LISTED = 6, 12, 15
SEXES = ("women", "woman"), ("men", "man"), ("other", "other"), ("unknown", "unknown")


def make_names(seed: int) -> int:
    """Lists of the latest delivered engagements, as their records count them, and a contact in some
    countries. Returns how many people."""
    rng = random.Random(seed)  # noqa: S311 not for secrets
    programme = Programme.objects.get(code="cybercrime")
    officer = User.objects.get(email="officer@example.org")
    ProgrammeMembership.objects.filter(
        user__email__in=["officer@example.org", "manager@example.org"]
    ).update(reads_names=True)
    done = Engagement.objects.filter(
        state__in=[EngagementState.DELIVERED, EngagementState.VERIFIED], programme=programme
    ).order_by("-ends_on", "-pk")
    for engagement in [e for e in done[: LISTS * 4] if e.has_participants][:LISTS]:
        for part in engagement.parts.prefetch_related("participations__country")[:1]:
            rows: list[services.Attendee] = [
                {
                    "country": p.country,
                    "name": name_of(rng, p.country.iso3, sex),
                    "sex": sex,
                    "institution": p.institutions[:200],
                }
                for p in part.participations.all()
                if p.country.iso3 in MEMBER_PLACES
                for column, sex in SEXES
                for _n in range(min(getattr(p, column) or 0, MOST_LISTED))
            ]
            services.add_attendance(officer, part, rows)
    for institution in rng.sample(
        list(Institution.objects.select_related("country").order_by("pk")), CONTACTS
    ):
        contact(rng, programme, officer, institution)
    return Person.objects.count()


def name_of(rng: random.Random, iso3: str, sex: str) -> str:
    """A name of a woman or a man as people there bear it."""
    women, men, families = NAMES[MEMBER_PLACES[iso3].names]
    given = rng.choice(women if sex == "woman" or (sex != "man" and rng.random() < 0.5) else men)
    return f"{given} {rng.choice(families)}".strip()


def contact(
    rng: random.Random, programme: Programme, officer: User, institution: Institution
) -> None:
    """Somebody of an institution."""
    Person.objects.create(
        programme=programme,
        country=institution.country,
        name=drawn_name(rng, MEMBER_PLACES[institution.country.iso3].names),
        institution=institution.name,
        email=f"contact{institution.pk}@example.org",
        is_contact=True,
        recorded_by=officer,
        keep_until=services.kept_after(programme, programme.today()),
    )
