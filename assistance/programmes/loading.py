"""Loads the seeded programme with its pillars, themes, reasons, service standards and holidays.

Running it twice changes nothing.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TypedDict

import holidays
from django.utils import timezone

from assistance.programmes.models import Holiday, Pillar, Programme, ReasonCode, Standard, Theme
from assistance.requests.clocks import RULES
from assistance.tools.models import Tool
from countries.models import CountryGroup, Instrument, Process

FILE = Path(__file__).resolve().parent.parent / "reference" / "programme.json"
FIRST_DAY = date(2013, 1, 1)  # the programme began in 2013
YEARS_BACK, YEARS_AHEAD = 6, 4


class NamedRow(TypedDict):
    """A pillar or theme of the file, its name by language."""

    code: str
    names: dict[str, str]


class PillarRow(NamedRow):
    """A pillar of the file, with what it is, by language."""

    summaries: dict[str, str]


class ReasonRow(NamedRow):
    """A reason of the file, and for which action it is used."""

    used_for: str


class Facts(TypedDict):
    """What the file holds."""

    programme: dict[str, str]
    pillars: list[PillarRow]
    themes: list[NamedRow]
    reasons: list[ReasonRow]


def name_references(programme: Programme) -> None:
    """Has the seeded programme's public pages name every tool, process and instrument, where they
    name none yet."""
    if not programme.tools.exists():
        programme.tools.set(Tool.objects.all())
    if not programme.processes.exists():
        programme.processes.set(Process.objects.all())
    if not programme.instruments.exists():
        programme.instruments.set(Instrument.objects.all())


def load_programme() -> Programme:
    """What is missing is added; what an administrator has changed stays."""
    facts: Facts = json.loads(FILE.read_text(encoding="utf-8"))
    about = facts["programme"]
    group = CountryGroup.objects.get(code=about.pop("eligible_group"))
    programme, _made = Programme.objects.get_or_create(
        code=about.pop("code"), defaults={**about, "eligible_group": group}
    )
    for order, pillar in enumerate(facts["pillars"], 1):
        texts = {"names": pillar["names"], "summaries": pillar["summaries"]}
        Pillar.objects.get_or_create(code=pillar["code"], defaults={**texts, "order": order})
        # of an installation that is older than the text
        Pillar.objects.filter(code=pillar["code"], summaries={}).update(
            summaries=pillar["summaries"]
        )
    for order, row in enumerate(facts["themes"], 1):
        Theme.objects.get_or_create(
            code=row["code"], defaults={"names": row["names"], "order": order}
        )
    for order, reason in enumerate(facts["reasons"], 1):
        ReasonCode.objects.get_or_create(
            code=reason["code"],
            defaults={"names": reason["names"], "order": order, "used_for": reason["used_for"]},
        )
    have = set(programme.standards.values_list("code", flat=True))
    Standard.objects.bulk_create(
        [
            Standard(programme=programme, code=r.code, days=r.days, valid_from=FIRST_DAY)
            for r in RULES.values()
            if r.code not in have
        ]
    )
    load_holidays(programme)
    return programme


def load_holidays(programme: Programme) -> None:
    """Public holidays of the duty station's country, for years of which there are none yet."""
    this = timezone.now().year
    have = {day.year for day in programme.holidays.values_list("day", flat=True)}
    years = [year for year in range(this - YEARS_BACK, this + YEARS_AHEAD + 1) if year not in have]
    if years:
        found = holidays.country_holidays(programme.holiday_country, years=years, language="en_US")
        Holiday.objects.bulk_create(
            [
                Holiday(programme=programme, day=day, title=title)
                for day, title in sorted(found.items())
            ]
        )
