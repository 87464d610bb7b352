"""A programme as a file: read and checked, with a sentence for each mistake. YAML or JSON;
docs/programmes.md shows its form.

Nothing here touches the database.
"""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass, field
from datetime import date

import holidays
from django.utils.translation import gettext as _

from assistance.programmes.models import ReasonCode
from assistance.requests.clocks import RULES
from core.file_nodes import FileMistakes, Node, read_yaml
from countries.geography.loading import ALWAYS, SOURCES
from countries.names import LANGUAGES

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST_CODE, LONGEST_NAME, LONGEST_SUMMARY = 40, 200, 400
CURRENCY = re.compile(r"[A-Z]{3}")
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_DAYS = 365  # of a standard


@dataclass
class WrittenRow:
    """A pillar, theme or reason of the file. Without names it is one that is there already, and shared."""

    code: str
    names: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    used_for: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether it is another programme's."""
        return not self.names


@dataclass
class WrittenGroup:
    """A group of countries of the file, by their three letters, from a day on."""

    code: str
    names: dict[str, str]
    countries: list[str]
    valid_from: date
    source: str


@dataclass
class WrittenProgramme:
    """A whole file. `weekend` holds days as ISO 8601 numbers them; `standards` days by code."""

    code: str
    names: dict[str, str]
    zone: str
    holiday_country: str
    weekend: list[int]
    currency: str
    eligible_group: str
    groups: list[WrittenGroup]
    standards: dict[str, int]
    holidays: dict[date, str]
    pillars: list[WrittenRow]
    themes: list[WrittenRow]
    reasons: list[WrittenRow]


def read_programme(content: bytes) -> WrittenProgramme:
    """The programme that a file says. Raises FileMistakes with everything that is wrong."""
    mistakes: list[str] = []
    node = Node(mistakes, read_yaml(content), _("the file"))
    node.knows(*WrittenProgramme.__dataclass_fields__)
    written = WrittenProgramme(
        code=code_of(node),
        names=node.texts_by_language("names", LANGUAGES, LONGEST_NAME),
        zone=zone_of(node),
        holiday_country=holiday_country_of(node),
        weekend=weekend_of(node),
        currency=currency_of(node),
        eligible_group=node.text("eligible_group"),
        groups=groups_of(node),
        standards=standards_of(node),
        holidays=holidays_of(node),
        pillars=rows_of(node, "pillars", "summaries"),
        themes=rows_of(node, "themes"),
        reasons=rows_of(node, "reasons", "used_for"),
    )
    if mistakes:
        raise FileMistakes(mistakes)
    return written


def code_of(node: Node) -> str:
    """A code as it stands in addresses."""
    found = node.text("code", longest=LONGEST_CODE)
    if found and not CODE.fullmatch(found):
        node.wrong(
            _("“%(code)s” is no code: write small letters, digits and hyphens.")
            % {"code": found[:60]}
        )
    return found


def zone_of(node: Node) -> str:
    """The duty station's time zone."""
    found = node.text("zone")
    if found and found not in zoneinfo.available_timezones():
        node.wrong(_("“%(zone)s” is no time zone; write one such as Asia/Amman.") % {"zone": found})
    return found


def holiday_country_of(node: Node) -> str:
    """The country whose public holidays the duty station keeps, by its two letters."""
    found = node.text("holiday_country")
    if found and found not in holidays.list_supported_countries():
        node.wrong(
            _("the public holidays of “%(code)s” are not known; write two letters such as JO.")
            % {"code": found}
        )
    return found


def currency_of(node: Node) -> str:
    """Three letters (ISO 4217)."""
    found = node.text("currency")
    if found and not CURRENCY.fullmatch(found):
        node.wrong(
            _("“%(code)s” is no currency; write three letters such as EUR.") % {"code": found}
        )
    return found


def weekend_of(node: Node) -> list[int]:
    """Days of the weekend; without any, Saturday and Sunday."""
    if "weekend" not in node.content:
        return [6, 7]
    found = [day.lower() for day in node.texts("weekend")]
    wrong = [day for day in found if day not in WEEK]
    if wrong or not 1 <= len(set(found)) <= 3:
        node.wrong(_("“weekend” names one to three days in English, such as friday and saturday."))
        return []
    return sorted({WEEK.index(day) + 1 for day in found})


def standards_of(node: Node) -> dict[str, int]:
    """Days by the code of a service standard; those that are left out are the rules' own."""
    standards = Node(node.mistakes, node.content.get("standards", {}), f"{node.place}, standards")
    standards.knows(*RULES)
    found: dict[str, int] = {}
    for code in RULES:
        days = standards.whole(code)
        if days is not None and not 1 <= days <= MOST_DAYS:
            standards.wrong(
                _("“%(name)s” is to be a number of days from 1 to %(most)s.")
                % {"name": code, "most": MOST_DAYS}
            )
        elif days is not None:
            found[code] = days
    return found


def groups_of(node: Node) -> list[WrittenGroup]:
    """Groups of countries that the programme brings."""
    found = []
    for one in node.nodes("groups"):
        one.knows("code", "names", "countries", "valid_from", "source")
        group = WrittenGroup(
            code_of(one),
            one.texts_by_language("names", LANGUAGES, LONGEST_NAME),
            [code.upper() for code in one.texts("countries", longest=3)],
            (one.day("valid_from") if "valid_from" in one.content else None) or ALWAYS,
            one.text("source", needed=False, longest=LONGEST_NAME),
        )
        if group.code in SOURCES:
            one.wrong(
                _("“%(code)s” comes with Meridian; give yours another code.") % {"code": group.code}
            )
        if not group.countries:
            one.wrong(_("“%(name)s” is missing.") % {"name": "countries"})
        found.append(group)
    return found


def holidays_of(node: Node) -> dict[date, str]:
    """Days on which the duty station does not work beside its country's public holidays."""
    found: dict[date, str] = {}
    for one in node.nodes("holidays"):
        one.knows("day", "title")
        day, title = one.day("day"), one.text("title")
        if day is not None:
            found[day] = title
    return found


def rows_of(node: Node, name: str, *more: str) -> list[WrittenRow]:
    """A list of pillars, themes or reasons: a code alone is one that is there already."""
    written = node.content.get(name) or []
    if not isinstance(written, list):
        node.wrong(_("“%(name)s” is to be a list.") % {"name": name})
        return []
    if not written:
        node.wrong(_("“%(name)s” is missing.") % {"name": name})
    found: dict[str, WrittenRow] = {}
    for number, content in enumerate(written, 1):
        if isinstance(content, str):
            row = WrittenRow(content.strip())
        else:
            label = content.get("code", number) if isinstance(content, dict) else number
            row = row_of(Node(node.mistakes, content, f"{node.place}, {name} {label}"), more)
        if row.code in found:
            node.wrong(_("“%(code)s” stands twice in %(list)s.") % {"code": row.code, "list": name})
        found[row.code] = row
    return list(found.values())


def row_of(node: Node, more: tuple[str, ...]) -> WrittenRow:
    """One that is the programme's own."""
    node.knows("code", "names", *more)
    row = WrittenRow(code_of(node), node.texts_by_language("names", LANGUAGES, LONGEST_NAME))
    if "summaries" in more:
        row.summaries = node.texts_by_language(
            "summaries", LANGUAGES, LONGEST_SUMMARY, needed=False
        )
    if "used_for" in more:
        row.used_for = node.one_of("used_for", ReasonCode.For.values)
    return row
