"""Writes one report in one language from its snapshot alone: figures as cells, tables by dimension,
sentences on how they moved.

The chapters (`reports/documents/sections/`) say what stands where; this says how a figure is
written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countries.names import name_in
from reports.documents.structure import (
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT,
    Cell,
    CellNumber,
    Column,
    Headline,
    Table,
    group_digits,
    label_of,
    share_points,
    signed_text,
    value_text,
    whole_percent,
)
from reports.editions.suppression import FEW
from reports.figures.adjustments import adjusted_head, is_adjustment
from reports.figures.audiences import INTERNAL
from reports.figures.catalogue import definition_of, unit_of
from reports.figures.scope import counts_demand
from reports.figures.units import COUNT, HOURS, MONEY, PEOPLE, SCORE, SHARE, WHOLE_DAYS
from reports.schedules import periods
from reports.snapshots.types import (
    DENOMINATORS,
    NUMERATORS,
    CountryRow,
    Earlier,
    FigureData,
    Number,
    Rows,
    Snapshot,
    Span,
)
from reports.snapshots.types import Column as SnapshotColumn

AMOUNTS = (MONEY, WHOLE_DAYS, HOURS)  # units of decimals, which a snapshot keeps as text
SHOWS_PARTS = (SHARE, SCORE, MONEY)  # units whose two numbers stand beside the value


def parts_of(figure: FigureData, name: SnapshotColumn = "value") -> tuple[int | str, int] | None:
    """Numerator and denominator of a column of a figure; None where it has none, or is of none."""
    denominator = figure.get(DENOMINATORS[name]) if figure["unit"] in SHOWS_PARTS else None
    return (figure.get(NUMERATORS[name]) or 0, denominator) if denominator else None


def share_of(figure: FigureData, name: SnapshotColumn = "value") -> float | None:
    """A column of a share, to every place; None where there is none."""
    numerator, denominator = figure.get(NUMERATORS[name]), figure.get(DENOMINATORS[name])
    return int(numerator or 0) / denominator if denominator else None


def days_of(span: Span) -> tuple[date, date]:
    """A period of a snapshot: its first day, and the first after it."""
    return date.fromisoformat(span["start"]), date.fromisoformat(span["end"])


def name_of(span: Span | None) -> str:
    """How people call a period of a snapshot; empty where there is none."""
    return periods.period_name(*days_of(span)) if span else ""


class Writer:
    """One snapshot in one language, which must be active. `audience` is whose edition it is."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.snapshot, self.language = snapshot, language
        self.audience: str = snapshot.get("audience", INTERNAL)
        self.figures = snapshot["figures"]
        self.currency = snapshot["programme"]["currency"]
        self.names = snapshot["names"]
        self.start, self.end = days_of(snapshot["period"])
        self.period = name_of(snapshot["period"])
        self.period_before = name_of(snapshot.get("previous"))
        self.period_last_year = name_of(snapshot.get("year_before"))

    @property
    def whole_period(self) -> periods.Period:
        """The period of the report."""
        return periods.Period(self.start, self.end)

    def month(self, first: date) -> str:
        """The name of the month that begins on a day, with its year."""
        return periods.period_name(
            first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
        )

    @property
    def is_internal(self) -> bool:
        """Whether this is the programme's own edition."""
        return self.audience == INTERNAL

    @property
    def counts_demand(self) -> bool:
        """Whether requests are counted in the scope of this report: a chapter on them alone goes
        without, narrowed to a donor, since requests have none."""
        return counts_demand(self.snapshot.get("scope", {}))

    @property
    def is_running(self) -> bool:
        """Whether the period was not over at the cut-off, so that its figures are of fewer days
        than those before."""
        return self.reached < self.end

    @property
    def reached(self) -> date:
        """The day of the cut-off at the programme's duty station."""
        return (
            datetime.fromisoformat(self.snapshot["cutoff"])
            .astimezone(ZoneInfo(self.snapshot["programme"]["zone"]))
            .date()
        )

    @property
    def is_compared(self) -> bool:
        """Whether this kind of report is compared with earlier periods."""
        from reports.kinds.registry import KINDS  # whose sections are written with this

        return KINDS[self.snapshot["kind"]].is_compared

    def so_far(self) -> str:
        """Of how many days the figures of a running period are; empty once it is over."""
        if not self.is_running or not self.is_compared:
            return ""
        days = max((self.reached - self.start).days + 1, 0)
        said = ngettext(
            "This period runs until %(date)s: its figures are of the first %(n)s day, and so are"
            " those beside them.",
            "This period runs until %(date)s: its figures are of the first %(n)s days, and so are"
            " those beside them.",
            days,
        )
        return said % {
            "date": date_format(self.whole_period.last_day, "DATE_FORMAT"),
            "n": group_digits(days),
        }

    def said(self, names: dict[str, str]) -> str:
        """Of names by language, the one of this language, else the English one."""
        return name_in(names, self.language)

    def figure(self, code: str) -> FigureData:
        """A figure of the snapshot; what nothing was counted for is zero, or no share."""
        if found := self.figures.get(code):
            return found
        unit = unit_of(adjusted_head(code) if is_adjustment(code) else code)
        none = 0 if unit in (COUNT, PEOPLE) else None
        return FigureData(
            unit=unit, value=none, previous=none, year_before=none, rows=Rows(kind="", ids=[])
        )

    def count(self, code: str) -> int:
        """How many a figure counts; none where the edition leaves it out."""
        return int(self.figure(code)["value"] or 0)

    def counted(self, code: str) -> int:
        """Over how many rows a median, a mean or a sum is."""
        return self.figure(code).get("counted") or 0

    def parts(self, code: str) -> tuple[int, int] | None:
        """Numerator and denominator of what was worked out from two counts; None where there is
        nothing, or the edition leaves it out."""
        figure = self.figure(code)
        denominator = figure.get("denominator")
        return (int(figure.get("numerator") or 0), denominator) if denominator else None

    def name(self, dimension: str, value: str) -> str:
        """The name of a pillar, region, group …, in this language, else in English."""
        known = self.names.get(dimension, {}).get(value, {})
        return name_in(known, self.language) or value

    def cell(self, code: str) -> Cell:
        """A figure's value."""
        f = self.figure(code)
        value: Number | Decimal = f["value"]
        if f["unit"] == SHARE and f.get("denominator"):
            value = share_of(f)
        elif f["unit"] in AMOUNTS and value is not None:
            value = Decimal(str(value))
        text = value_text(
            f["unit"], f["value"], f.get("numerator"), f.get("denominator"), self.currency
        )
        if f.get("few"):
            return Cell(_("under %(n)s") % {"n": group_digits(FEW)}, None, f["unit"])
        if f.get("withheld"):
            return Cell(_("not shown"), None, f["unit"])
        return Cell(
            text,
            value,
            f["unit"],
            code if code in self.figures and self.audience == INTERNAL else "",
            parts=parts_of(f),
        )

    def bare(self, code: str) -> Cell:
        """A share beside whose cell its two numbers stand already."""
        cell = self.cell(code)
        return replace(cell, text=whole_percent(*cell.parts), parts=None) if cell.parts else cell

    def label(self, code: str) -> str:
        """How people call a figure."""
        return label_of(code, self.snapshot, self.language)

    def unit(self, code: str) -> str:
        """In what a figure is counted."""
        return definition_of(code).unit

    def signed(self, code: str) -> Cell:
        """A figure that adds to another, with its sign."""
        cell = self.cell(code)
        return replace(cell, text=signed_text(cell.text, cell.number, self.language))

    def earlier(self, code: str, name: Earlier) -> Cell:
        """Its value in an earlier period."""
        f = self.figure(code)
        value: Number | Decimal = f.get(name)
        numbers = parts_of(f, name)
        if f["unit"] == SHARE:
            numerator, denominator = f.get(NUMERATORS[name]), f.get(DENOMINATORS[name])
            text = value_text(SHARE, value, numerator, denominator)
            return Cell(text, share_of(f, name), SHARE, parts=numbers)
        if f["unit"] in AMOUNTS and value is not None:
            value = Decimal(str(value))
        numerator, denominator = numbers or (None, None)
        return Cell(
            value_text(f["unit"], value, numerator, denominator, self.currency),
            value,
            f["unit"],
            parts=numbers,
        )

    def before(self, code: str) -> Cell:
        """Its value in the period before."""
        return self.earlier(code, "previous")

    def difference(self, code: str) -> tuple[str, int]:
        """The change from the period before, in words and as -1, 0, 1; empty where there is nothing
        to compare."""
        change, unit = self.apart(code), self.figure(code)["unit"]
        if change is None:
            return "", 0
        sign = (change > 0) - (change < 0)
        size = -change if change < 0 else change
        amount = (
            group_digits(size) if unit == SHARE else value_text(unit, size, currency=self.currency)
        )
        # else the sign would stand behind its number
        mark = LEFT_TO_RIGHT if self.language in RIGHT_TO_LEFT else ""
        signed = f"{mark}{'+' if sign > 0 else '−' if sign < 0 else '±'}{amount}"
        if unit == SHARE and not isinstance(size, Decimal):
            signed = ngettext("%(n)s point", "%(n)s points", size) % {"n": signed}
        return signed, sign

    def apart(self, code: str) -> CellNumber | None:
        """How far a figure is from the one of the period before; None where one is unknown.

        Of shares in whole points, as both are shown.
        """
        now, then = self.cell(code), self.before(code)
        if now.parts and then.parts and now.kind == SHARE:
            return share_points(*now.parts) - share_points(*then.parts)
        if isinstance(now.value, Decimal) and isinstance(then.value, Decimal):
            return now.value - then.value
        if isinstance(now.value, int | float) and isinstance(then.value, int | float):
            return now.value - then.value
        return None

    def change(self, code: str) -> Cell:
        """The change as a cell: signed in words, a number in a spreadsheet."""
        change, unit = self.apart(code), self.figure(code)["unit"]
        return Cell(
            self.difference(code)[0],
            change / 100 if unit == SHARE and change is not None else change,
            unit,
        )

    def headline(self, code: str) -> Headline:
        """A figure on top, with its change."""
        definition = definition_of(code)
        label = str(definition.label)
        if code == "standard_kept.standard.decision":
            label = _("Decided within the standard")
        cell, before, (text, sign) = self.cell(code), self.before(code), self.difference(code)
        look = (
            ""
            if not definition.better or not sign
            else ("up" if (sign > 0) == (definition.better == "up") else "down")
        )
        if not self.is_compared:
            change, look = "", ""
        elif self.is_running:  # fewer days are no fall
            change, look = (
                (
                    _("%(value)s before") % {"value": before.text}
                    if before.value is not None
                    else ""
                ),
                "",
            )
        elif not self.period_before:
            change, look = "", ""
        elif definition.unit == SHARE:
            change = _("%(value)s before") % {"value": before.text}
        else:
            change = _("%(change)s on the period before") % {"change": text} if text else ""
        if definition.unit == SHARE and cell.parts:  # the large type has room for the share alone
            numbers = "/".join(group_digits(number) for number in cell.parts)
            return Headline(
                label,
                replace(cell, text=whole_percent(*cell.parts)),
                " · ".join(filter(None, (numbers, change))),
                look,
            )
        return Headline(label, cell, change, look)

    def values_of(self, code: str, dimension: str) -> list[str]:
        """The values by which a figure is told apart, largest first."""
        prefix = f"{code}.{dimension}."
        found = [c.removeprefix(prefix) for c in self.figures if c.startswith(prefix)]
        return sorted(found, key=lambda v: (-float(self.figures[prefix + v]["value"] or 0), v))

    def heads(self, first: str) -> list[Column]:
        """The heads of a table of label, this period, the period before, the change and, where
        there is one, the same period a year earlier."""
        heads = [Column(first), Column(self.period, True)]
        if self.period_before:
            heads += [Column(self.period_before, True), Column(_("Difference"), True)]
        return [*heads, Column(self.period_last_year, True)] if self.period_last_year else heads

    def line(self, label: str, code: str) -> list[Cell]:
        """Label, value, before, change, a year earlier."""
        cells = [Cell(label), self.cell(code)]
        if self.period_before:
            cells += [self.before(code), self.change(code)]
        return [*cells, self.earlier(code, "year_before")] if self.period_last_year else cells

    def total(self, code: str) -> list[Cell]:
        """The line that adds up the others."""
        label, *cells = self.line(_("Total"), code)
        return [Cell(label.text, is_total=True), *cells]

    def split(
        self,
        code: str,
        dimension: str,
        head: str,
        caption: str,
        values: list[str] | None = None,
        *,
        whole: bool = True,
    ) -> Table:
        """A figure by one dimension, with the whole at the end."""
        table = Table(f"{code}.{dimension}", caption, self.heads(head))
        for value in values if values is not None else self.values_of(code, dimension):
            table.rows.append(self.line(self.name(dimension, value), f"{code}.{dimension}.{value}"))
        if whole:
            table.rows.append(self.total(code))
        return table

    def list_of(self, code: str, caption: str, head: str, codes: list[str]) -> Table:
        """Several figures by their own labels, one a row."""
        return Table(
            code,
            caption,
            self.heads(head),
            [self.line(str(definition_of(c).label), c) for c in codes],
        )

    def moved(self, code: str, label: str = "") -> list[str]:
        """A sentence on how a figure moved: “Requests received: 42, up from 31 in the period
        before; 38 a year earlier.” None where nothing is counted."""
        now, then = self.cell(code), self.before(code)
        if now.value is None:
            return []
        words = {
            "what": label or str(definition_of(code).label),
            "now": now.text,
            "then": then.text,
        }
        if then.value is None:
            sentence = _("%(what)s: %(now)s") % words
        elif self.is_running:
            sentence = _("%(what)s: %(now)s; %(then)s in the period before") % words
        elif not (sign := self.difference(code)[1]):
            sentence = _("%(what)s: %(now)s, as in the period before") % words
        elif sign > 0:
            sentence = _("%(what)s: %(now)s, up from %(then)s in the period before") % words
        else:
            sentence = _("%(what)s: %(now)s, down from %(then)s in the period before") % words
        last = self.earlier(code, "year_before")
        if self.period_last_year and last.value is not None:
            sentence = _("%(sentence)s; %(last)s a year earlier") % {
                "sentence": sentence,
                "last": last.text,
            }
        return [_("%(sentence)s.") % {"sentence": sentence}]

    def stated(self, *codes: str) -> list[str]:
        """A short sentence a figure, of those that count something, a share of none met too: “Needs
        met: 67 % (2/3).”"""
        said = []
        for code in codes:
            cell = self.cell(code)
            if code in self.figures and cell.value is not None and (cell.value or cell.parts):
                said.append(
                    _("%(sentence)s.")
                    % {
                        "sentence": (
                            _("%(what)s: %(now)s")
                            % {
                                "what": definition_of(code).label,
                                "now": cell.text,
                            }
                        )
                    }
                )
        return said

    def date(self, text: str | None) -> Cell:
        """A date of the snapshot."""
        day = date.fromisoformat(text) if text and text != "None" else None
        return Cell(date_format(day, "DATE_FORMAT") if day else "", day, "date")

    def country(self, iso3: str) -> str:
        """A country's name by its code."""
        found = next(
            (c for c in self.snapshot["annex"]["country"].values() if c["reference"] == iso3), None
        )
        return self.country_name(found) if found else iso3

    def country_name(self, country: CountryRow) -> str:
        """In this language."""
        return name_in(country["names"], self.language)
