"""The programmes of a large sample: the seeded one and others of uneven sizes, which serve all Member
States under the same standards and holidays."""

from __future__ import annotations

from assistance.models import Holiday, Programme, Standard
from countries.geography.loading import KNOWN_SINCE
from countries.models import Country, CountryGroup, GroupMembership
from sample.member_places import MEMBER_PLACES

GROUP = "member-states"
MAIN_SHARE = 30  # per cent of all requests, for the seeded programme
# code, title, per cent of all requests
OTHERS: tuple[tuple[str, str, float], ...] = (
    ("electronic-evidence", "Electronic Evidence Initiative", 18),
    ("digital-forensics", "Digital Forensics Laboratories", 13),
    ("cybercrime-laws", "Programme on Cybercrime Legislation", 9),
    ("child-protection", "Programme against Online Child Abuse", 7),
    ("virtual-assets", "Virtual Assets Training Programme", 6),
    ("ransomware", "Ransomware Response Facility", 5),
    ("legal-assistance", "Mutual Legal Assistance Project", 4),
    ("points-of-contact", "Support for 24/7 Points of Contact", 3),
    ("awareness", "Public Awareness Fund", 2.5),
    ("judicial-training", "Judicial Training Fund", 1.5),
    ("crime-statistics", "Cybercrime Statistics Project", 1),
)


def add_programmes(main: Programme) -> list[tuple[Programme, float]]:
    """Makes the others, set up as `main` is; each with its share of all requests in per cent."""
    group = member_states()
    made = []
    for code, title, share in OTHERS:
        programme = Programme.objects.create(
            code=code,
            title=title,
            zone=main.zone,
            holiday_country=main.holiday_country,
            eligible_group=group,
            currency=main.currency,
        )
        Standard.objects.bulk_create(
            Standard(programme=programme, code=s.code, days=s.days, valid_from=s.valid_from)
            for s in main.standards.all()
        )
        Holiday.objects.bulk_create(
            Holiday(programme=programme, day=h.day, title=h.title) for h in main.holidays.all()
        )
        programme.pillars.set(main.pillars.all())
        programme.themes.set(main.themes.all())
        programme.reasons.set(main.reasons.all())
        made.append((programme, share))
    return made


def member_states() -> CountryGroup:
    """The group of all Member States and observers."""
    group = CountryGroup.objects.create(
        code=GROUP,
        names={
            "en": "Member States and observers",
            "fr": "États Membres et observateurs",
            "es": "Estados Miembros y observadores",
            "ar": "الدول الأعضاء والمراقبون",
            "ru": "Государства-члены и наблюдатели",
            "zh": "会员国和观察员",
        },
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(
            country=country,
            group=group,
            valid_from=KNOWN_SINCE.date(),
            recorded_at=KNOWN_SINCE,
        )
        for country in Country.objects.filter(iso3__in=MEMBER_PLACES).only("iso3")
    )
    return group
