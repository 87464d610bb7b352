"""The columns under which a figure's rows stand, by the kind of its rows."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from core.templatetags.core import day, grouped
from core.text import Label
from reports.snapshots.rows import ShownRow

FigureColumn = Column[ShownRow]


def reference_cell(row: ShownRow) -> SafeString | str:
    """The reference, which leads to the row's subject where it has a page."""
    if not row.get("path"):
        return str(row["reference"])
    return format_html('<a href="{}">{}</a>', row["path"], row["reference"])


def text(name: str, head: Label) -> FigureColumn:
    """A column of words."""
    return Column(name, head, lambda row: row.get(name, ""))


def words(name: str, head: Label) -> FigureColumn:
    """A column of what somebody wrote, in its own direction."""
    return Column(name, head, lambda row: row.get(name, ""), is_written=True)


def number(name: str, head: Label) -> FigureColumn:
    """A column of numbers."""
    return Column(name, head, lambda row: grouped(row.get(name)), css="n")


def date(name: str, head: Label) -> FigureColumn:
    """A column of days."""
    return Column(name, head, lambda row: day(row.get(name)))


COUNTRY = text("country_name", _("Country"))
TITLE = words("title", _("Title"))
CLOCK = (
    text("standard_name", _("Standard")),
    date("due_on", _("Due")),
    date("ended_on", _("Done on")),
    text("outcome_name", _("Kept")),
)
COLUMNS: dict[str, tuple[FigureColumn, ...]] = {
    "adjustment": (
        COUNTRY,
        text("period_name", _("Period")),
        number("before", _("Before")),
        number("now", _("Now")),
        text("cause_name", _("Cause")),
    ),
    "request": (
        COUNTRY,
        text("pillar_name", _("Pillar")),
        date("received_on", _("Received on")),
        text("state_name", _("State at the end")),
    ),
    "engagement": (
        TITLE,
        text("type_name", _("Type")),
        date("starts_on", _("From")),
        date("ends_on", _("Until")),
        number("cost", _("Cost")),
    ),
    "participation": (
        COUNTRY,
        number("women", _("Women")),
        number("men", _("Men")),
        number("other", _("Other")),
        number("unknown", _("Not known")),
        number("total", _("Total")),
    ),
    "treaty_action": (
        COUNTRY,
        text("instrument_name", _("Instrument")),
        text("treaty_action_name", _("Action")),
        date("date", _("Date")),
    ),
    "attendance": (
        COUNTRY,
        text("process_name", _("Process")),
        text("session_name", _("Session")),
        date("ends_on", _("Last day")),
    ),
    "survey": (
        TITLE,
        text("months_name", _("When they were asked")),
        date("closed_on", _("Closed on")),
        number("asked", _("People asked")),
        number("answered", _("Answered")),
    ),
    "indicator_value": (
        date("period_start", _("From")),
        date("period_end", _("Until (not including)")),
        text("value", _("Value")),
        number("numerator", _("Numerator")),
        number("denominator", _("Denominator")),
        words("told_apart", _("Of these")),
        words("source", _("Source")),
        words("reason", _("Why it was restated")),
    ),
    "clock": (COUNTRY, *CLOCK),
    "record": (TITLE, *CLOCK),
    "act": (
        COUNTRY,
        text("action_name", _("What happened")),
        date("on", _("Done on")),
        text("said", _("Reason or answer")),
    ),
}
OF_COUNTRIES = (text("name", _("Country")),)


def table_of_kind(kind: str) -> Table[ShownRow]:
    """The table of a figure's rows; of an unknown kind each row is a country."""
    reference = Column("reference", _("Reference"), reference_cell, heads_row=True)
    return Table(
        caption=_("Rows"),
        empty=_("None yet."),
        none_yet=_("None yet."),
        columns=(reference, *COLUMNS.get(kind, OF_COUNTRIES)),
        css="small",
    )
