"""Loads countries, groups and memberships from the project's own reference files.

Running it twice changes nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from countries.geography.models import Country
from countries.groups.models import CountryGroup, GroupMembership
from countries.names import LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "reference"
# what is loaded with the product was public before any report
KNOWN_SINCE = datetime(2013, 1, 1, tzinfo=UTC)
ALWAYS = date(1971, 1, 1)  # for memberships whose beginning the source does not give
NAMES = {
    "ldc": (
        "Least developed countries",
        "Pays les moins avancés",
        "Países menos adelantados",
        "أقل البلدان نموا",
        "Наименее развитые страны",
        "最不发达国家",
    ),
    "lldc": (
        "Landlocked developing countries",
        "Pays en développement sans littoral",
        "Países en desarrollo sin litoral",
        "البلدان النامية غير الساحلية",
        "Развивающиеся страны, не имеющие выхода к морю",
        "内陆发展中国家",
    ),
    "sids": (
        "Small island developing States",
        "Petits États insulaires en développement",
        "Pequeños Estados insulares en desarrollo",
        "الدول الجزرية الصغيرة النامية",
        "Малые островные развивающиеся государства",
        "小岛屿发展中国家",
    ),
    "oda": (
        "Recipients of official development assistance",
        "Bénéficiaires de l’aide publique au développement",
        "Receptores de asistencia oficial para el desarrollo",
        "البلدان المتلقية للمساعدة الإنمائية الرسمية",
        "Получатели официальной помощи в целях развития",
        "官方发展援助受援国",
    ),
}
SOURCES = {
    "ldc": "Committee for Development Policy; General Assembly resolutions on graduation",
    "lldc": "UN-OHRLLS, list of landlocked developing countries",
    "sids": "UN-OHRLLS, list of small island developing States",
    "oda": "OECD DAC list of ODA recipients for reporting on 2024 and 2025 flows",
}


def reference_rows(name: str) -> Iterable[dict[str, str]]:
    """The rows of a reference file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_countries() -> None:
    """Countries with their tiles; groups; memberships.

    A membership that an administrator has changed is left as it is.
    """
    tiles = {
        row["iso3"]: (int(row["column"]), int(row["row"])) for row in reference_rows("tiles.csv")
    }
    known = {c.iso3: c for c in Country.objects.all()}
    facts = list(reference_rows("countries.csv"))
    Country.objects.bulk_create(
        [country_of(row, tiles) for row in facts if row["iso3"] not in known]
    )
    for order, (code, names) in enumerate(NAMES.items(), 1):
        values = {
            "names": dict(zip(LANGUAGES, names, strict=True)),
            "order": order,
            "source": SOURCES[code],
        }
        CountryGroup.objects.get_or_create(code=code, defaults=values)
    load_memberships(facts)


def country_of(row: dict[str, str], tiles: dict[str, tuple[int, int]]) -> Country:
    """A row of the file as a country, sort keys included."""
    column, line = tiles.get(row["iso3"], (None, None))
    country = Country(
        iso2=row["iso2"],
        iso3=row["iso3"],
        m49=row["m49"],
        region=row["region"],
        subregion=row["intermediate_region"] or row["subregion"],
        un_status=row["un_status"],
        tile_column=column,
        tile_row=line,
        **{f"name_{x}": row[f"name_{x}"] for x in LANGUAGES},
    )
    country.set_sort_keys()
    return country


def load_memberships(facts: Iterable[dict[str, str]]) -> None:
    """One row a country and group that has none yet."""
    countries = {c.iso3: c for c in Country.objects.all()}
    groups = {g.code: g for g in CountryGroup.objects.all()}
    known = set(GroupMembership.objects.values_list("country__iso3", "group__code"))
    fresh = []
    for row in facts:
        spans = {
            "ldc": (
                date(int(row["ldc_from"]), 1, 1),
                date.fromisoformat(row["ldc_until"]) if row["ldc_until"] else None,
            )
            if row["ldc_from"]
            else None,
            "lldc": (ALWAYS, None) if row["lldc"] else None,
            "sids": (ALWAYS, None) if row["sids"] else None,
            "oda": (ALWAYS, None) if row["oda_recipient_2024_25"] else None,
        }
        for code, span in spans.items():
            if span and (row["iso3"], code) not in known:
                fresh.append(
                    GroupMembership(
                        country=countries[row["iso3"]],
                        group=groups[code],
                        valid_from=span[0],
                        valid_until=span[1],
                        recorded_at=KNOWN_SINCE,
                    )
                )
    GroupMembership.objects.bulk_create(fresh)
