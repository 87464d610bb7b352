"""What a report says, in one language: sentences and tables with typed cells, built from the
snapshot alone.

All formats are made from this, so that a figure cannot differ between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy

from core.text import labelled
from countries.names import name_in
from reports.figures.adjustments import (
    ADJUSTMENTS,
    BEFORE_FIRST,
    NOT_REPORTED,
    adjusted_head,
    first_day,
    is_adjustment,
    word_of,
)
from reports.figures.catalogue import FIGURES, known_definition
from reports.figures.units import (
    CALENDAR_DAYS,
    DAYS,
    HOURS,
    MONEY,
    POINTS,
    SCORE,
    SHARE,
    WHOLE_DAYS,
)
from reports.schedules import periods
from reports.snapshots.types import IndicatorData, Number, Snapshot

RIGHT_TO_LEFT = frozenset({"ar"})
MOST_LISTED = 10  # oldest waiting
SPACE = "\u00a0"
LEFT_TO_RIGHT = "\u200e"
RIGHT_TO_LEFT_MARK = "\u200f"
REFERENCE = re.compile(r"[A-Z]{3}-\d{4}-\d{4,}")
INDICATORS, CUMULATIVE = "results.", ".cumulative"  # of codes of indicators' values
LINE = "decided_in_time.month"  # the table that is drawn as a line
# Tables that have bars, in pages and print as pictures, in spreadsheets as charts of their own.
BARS = frozenset(
    {
        "requests_received.pillar",
        "requests_received.region",
        "open_requests.state",
        "engagements_delivered.type",
        "participants.sex",
        "participants.pillar",
        "participants.type",
        "open_requests.age",
        "balance.pillar",
    }
)


CellNumber: TypeAlias = int | float | Decimal
CellValue: TypeAlias = CellNumber | str | date | None


@dataclass(frozen=True)
class Cell:
    """One cell: what a reader sees, the value behind it for spreadsheets, and the figure whose rows
    it opens.

    `parts` are numerator and denominator, where the text shows them and no cell beside it does.
    """

    text: str
    value: CellValue = None
    kind: str = "text"  # text, count, people, share, money, working_days, date
    figure: str = ""
    is_total: bool = False  # the label of a row that adds up the others: no bar of a chart
    parts: tuple[int | str, int] | None = None

    @property
    def number(self) -> CellNumber | None:
        """The value, where it is one to count with."""
        return self.value if isinstance(self.value, int | float | Decimal) else None

    @property
    def is_number(self) -> bool:
        """Set at the end of its column."""
        return self.kind not in ("text", "date")

    @property
    def is_reference(self) -> bool:
        """Whether it is the reference of a request or an engagement, which stays on one line."""
        return REFERENCE.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Column:
    """The head of a column."""

    label: str
    is_number: bool = False
    weight: int = 1  # of its width beside the other columns of text


@dataclass(frozen=True)
class Chart:
    """A picture of a table: its SVG, what it says in words, and, where it has links of its own, the
    SVG with them."""

    code: str
    title: str
    alternative: str
    svg: str
    linked: str = ""


@dataclass
class Table:
    """A table with its caption."""

    code: str
    caption: str
    columns: list[Column]
    rows: list[list[Cell]] = field(default_factory=list)
    note: str = ""
    chart: Chart | None = None


@dataclass
class Section:
    """A chapter."""

    code: str
    heading: str
    sentences: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass
class Headline:
    """One of the figures on top."""

    label: str
    cell: Cell
    change: str
    look: str = ""  # up: better, down: worse


@dataclass
class Document:
    """A whole report in one language."""

    language: str
    title: str
    period: str
    programme: str
    facts: list[tuple[str, str]]
    headlines: list[Headline]
    highlights: str
    sections: list[Section]
    notes: list[tuple[str, str]]
    heading: str = ""  # title and period
    kind: str = ""  # what kind of report it is, where its title does not say so
    so_far: str = ""  # of a period that still runs: of how many days its figures are
    is_brief: bool = False  # two pages, without cover, contents and pictures
    is_tight: bool = False  # so much is to stand on these that rows close up

    @property
    def direction(self) -> str:
        """rtl or ltr."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


def group_digits(value: CellNumber | str, places: int = 0) -> str:
    """A number in the active language, rounded half up as people do: what formats it would cut it
    off."""
    if isinstance(value, float | Decimal):
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    return str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


def in_picture(text: str, *, rtl: bool) -> str:
    """A text of a picture, whose texts start at their left: marked where it runs from right to
    left, so that numbers at its ends stay there."""
    return f"{RIGHT_TO_LEFT_MARK}{text}{RIGHT_TO_LEFT_MARK}" if rtl and text else text


def plural_count(cell: Cell) -> int:
    """The number that decides the form of the words beside a cell; of one that says only “under
    three”, three."""
    return 3 if cell.number is None else int(cell.number)


def share_points(numerator: int | str, denominator: int) -> int:
    """A share in whole hundredths, rounded half up as people do."""
    return int(
        (Decimal(numerator) * 100 / Decimal(denominator)).quantize(
            Decimal(1), rounding="ROUND_HALF_UP"
        )
    )


def whole_percent(numerator: int | str, denominator: int) -> str:
    """A whole percentage."""
    return f"{group_digits(share_points(numerator, denominator))}{SPACE}%"


def in_brackets(numerator: int | str, denominator: int) -> str:
    """What a share, a mean or a quotient was worked out from."""
    return f"({group_digits(Decimal(numerator))}/{group_digits(denominator)})"


def signed_text(text: str, value: Number | Decimal, language: str) -> str:
    """The text of a value that adds to another, with its sign, which stays before its number
    whatever the language runs."""
    if value is None or Decimal(value) <= 0:
        return text.replace("-", "−")
    return f"{LEFT_TO_RIGHT if language in RIGHT_TO_LEFT else ''}+{text}"


def value_text(
    unit: str,
    value: Number | Decimal,
    numerator: int | str | None = None,
    denominator: int | None = None,
    currency: str = "",
) -> str:
    """A figure's value as a reader of the active language writes it; a dash where there is none.
    What was worked out from two numbers, a share, a mean or a quotient, is never without them."""
    if unit == SHARE:
        return (
            f"{whole_percent(numerator or 0, denominator)}"
            f" {in_brackets(numerator or 0, denominator)}"
            if denominator
            else "–"
        )
    if value is None:
        return "–"
    if unit in (MONEY, SCORE):
        text = (
            group_digits(value, 2)
            if unit == SCORE
            else f"{currency}{SPACE}{group_digits(Decimal(str(value)))}".strip()
        )
        return f"{text} {in_brackets(numerator or 0, denominator)}" if denominator else text
    if unit in (DAYS, CALENDAR_DAYS, WHOLE_DAYS, HOURS, POINTS):
        return group_digits(value, 0 if float(value).is_integer() else 1)
    return group_digits(value)


def label_of(code: str, snapshot: Snapshot, language: str) -> str:
    """A figure's label with its split: “Requests received: Prevention”. The language must be
    active."""
    if is_adjustment(code):
        return label_of_adjustment(code, snapshot, language)
    if code in FIGURES:
        return str(FIGURES[code].label)
    if code.startswith(INDICATORS):
        return label_of_indicator(code, snapshot)
    definition = known_definition(code)
    if definition is None:
        return code  # of a figure of former times
    dimension, _dot, value = code.removeprefix(f"{definition.code}.").partition(".")
    if not value:
        dimension, value = "sex", dimension
    known = snapshot["names"].get(dimension, {}).get(value, {})
    return labelled(
        definition.split_label or definition.label,
        name_in(known, language) or value,
    )


def indicators_in(snapshot: Snapshot) -> dict[str, IndicatorData]:
    """The indicators of a snapshot's results framework, by code."""
    framework = snapshot.get("results")
    return {
        indicator["code"]: indicator
        for outcome in (framework["outcomes"] if framework else ())
        for part in (outcome, *outcome["outputs"])
        for indicator in part["indicators"]
    }


def label_of_indicator(code: str, snapshot: Snapshot) -> str:
    """“OP1.1.1 Participations in training courses”, of the period or of all until its end."""
    name = code.removeprefix(INDICATORS)
    own = name.removesuffix(CUMULATIVE)
    indicator = indicators_in(snapshot).get(own)
    said = f"{own} {indicator['text']}" if indicator else own
    return labelled(said, gettext("cumulative")) if own != name else said


ABOUT = {
    ADJUSTMENTS: gettext_lazy("adjustments to earlier periods"),
    BEFORE_FIRST: gettext_lazy("recorded since the last cut-off for days before the first report"),
    NOT_REPORTED: gettext_lazy("earlier periods that are not reported"),
}


def label_of_adjustment(code: str, snapshot: Snapshot, language: str) -> str:
    """“Participants: Women: adjustments to earlier periods: April to June 2026”."""
    head = label_of(adjusted_head(code), snapshot, language)
    said = labelled(head, str(ABOUT[word_of(code)]))
    start = first_day(code)
    return labelled(said, period_from(snapshot, start)) if start else said


def period_from(snapshot: Snapshot, start: date) -> str:
    """The name of the earlier period that begins on a day."""
    ends = {one["start"]: one["end"] for one in snapshot.get("chain", {}).get("stated", ())}
    ends |= {one["start"]: one["end"] for one in snapshot.get("chain", {}).get("not_reported", ())}
    end = ends.get(str(start))
    return periods.period_name(start, date.fromisoformat(end)) if end else str(start)
