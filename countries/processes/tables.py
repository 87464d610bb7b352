"""The columns of the list of attendance, on its page and in its export."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.tables import Column, Table
from core.text import label_of
from countries.processes.choices import Level
from countries.processes.models import SessionAttendance
from countries.processes.registry import Support, support_at


@dataclass(frozen=True)
class AttendanceRow:
    """A country at a session, with what brought it there as far as the reader may see it."""

    attendance: SessionAttendance
    support: Support

    @property
    def supported(self) -> str:
        """Whether, in words."""
        return gettext("yes") if self.support.is_held else gettext("no")

    @property
    def engagements(self) -> str:
        """Their numbers, for the export."""
        return " ".join(map(str, sorted(self.support.engagements)))


def attendance_rows(user: User, attendances: list[SessionAttendance]) -> list[AttendanceRow]:
    """The rows of these for a reader; what brought them is looked up for all at once."""
    supports = support_at({row.session_id for row in attendances}, user)
    nothing = Support()
    return [
        AttendanceRow(row, supports.get((row.session_id, row.country_id), nothing))
        for row in attendances
    ]


def country_cell(row: SessionAttendance) -> SafeString:
    """The country, which leads to its page; what is invented says so."""
    return format_html(
        '<a class="title" href="{}">{}</a>{}',
        row.country.get_absolute_url(),
        row.country.name,
        invented_mark(row),
    )


def invented_mark(row: SessionAttendance) -> SafeString:
    """For sample data."""
    if not row.is_invented:
        return SafeString("")
    return format_html(' <span class="state unset small">{}</span>', gettext("invented"))


def session_cell(row: SessionAttendance) -> SafeString:
    """The session, which leads to its page, over its process."""
    session = row.session
    return format_html(
        '<a href="{}">{}</a><br><span class="small soft">{}</span>',
        session.get_absolute_url(),
        session.name,
        session.process.name,
    )


def blank_if_none(value: int | None) -> object:
    """What is not known stays an empty cell."""
    return "" if value is None else value


ATTENDANCES: Table[AttendanceRow] = Table(
    caption=_("Attendance at sessions"),
    empty=_("No attendance fits."),
    none_yet=_("None is entered."),
    columns=(
        Column(
            "country",
            _("Country"),
            lambda r: country_cell(r.attendance),
            value=lambda r: r.attendance.country.name,
            sort="country",
            heads_row=True,
        ),
        Column("code", _("Code"), value=lambda r: r.attendance.country.iso3),
        Column("process", _("Process"), value=lambda r: r.attendance.session.process.name),
        Column(
            "session",
            _("Session"),
            lambda r: session_cell(r.attendance),
            value=lambda r: r.attendance.session.name,
            sort="latest",
            css="wide",
        ),
        Column("starts_on", _("First day"), value=lambda r: r.attendance.session.starts_on),
        Column("delegates", _("Delegates"), lambda r: r.attendance.words, css="n"),
        Column("women", _("Women"), value=lambda r: blank_if_none(r.attendance.women)),
        Column("men", _("Men"), value=lambda r: blank_if_none(r.attendance.men)),
        Column("other", _("Other"), value=lambda r: blank_if_none(r.attendance.other)),
        Column("unknown", _("Sex not known"), value=lambda r: blank_if_none(r.attendance.unknown)),
        Column(
            "level",
            _("Level"),
            lambda r: label_of(Level, r.attendance.level) if r.attendance.level else "",
            value=lambda r: label_of(Level, r.attendance.level) if r.attendance.level else "",
            css="small soft",
        ),
        Column(
            "supported",
            _("With our support"),
            lambda r: r.supported if r.support.is_held else "–",
            value=lambda r: r.supported,
            css="small",
        ),
        Column("engagements", _("Engagements"), value=lambda r: r.engagements),
        Column(
            "is_invented",
            _("Invented"),
            value=lambda r: gettext("yes") if r.attendance.is_invented else gettext("no"),
        ),
    ),
)
