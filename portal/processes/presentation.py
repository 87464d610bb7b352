"""What the pages of a process and of a session say of attendance, and of the programme's part in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countries.geography.models import Country
from countries.geography.tile_map import TileKind, TileMap, tile_map
from countries.processes.choices import SessionKind
from countries.processes.models import ProcessSession, SessionAttendance
from countries.processes.registry import Supports

CAME, SUPPORTED, AWAY = "a", "s", ""  # marks of a session, as the stylesheet draws them


@dataclass
class CountryRow:
    """A country in a process: a mark for each session, oldest first, and how often it came."""

    country: Country
    marks: list[str] = field(default_factory=list)
    is_invented: bool = False

    @property
    def attended(self) -> int:
        """Sessions at which it was."""
        return sum(mark != AWAY for mark in self.marks)

    @property
    def supported(self) -> int:
        """Those to which the programme brought somebody."""
        return self.marks.count(SUPPORTED)


@dataclass
class ProcessAttendance:
    """Who attended which of the sessions that are over; `is_whole` where every one of them has all
    of its attendance entered: only then may it be said that a country never came."""

    sessions: list[ProcessSession]  # oldest first
    rows: list[CountryRow]
    never: list[Country]
    is_whole: bool

    @property
    def with_support(self) -> list[CountryRow]:
        """Countries that the programme brought to one session or more."""
        return [row for row in self.rows if row.supported]

    @property
    def by_themselves(self) -> list[CountryRow]:
        """Countries that came, and never by the programme's support."""
        return [row for row in self.rows if not row.supported]

    @property
    def is_invented(self) -> bool:
        """Whether any of it is sample data."""
        return any(row.is_invented for row in self.rows)


def attendance_of(
    sessions: Iterable[ProcessSession],
    entered: Iterable[SessionAttendance],
    support: Supports,
    countries: Sequence[Country],
) -> ProcessAttendance:
    """By what is entered for the sessions that are over; consultations are left out. `countries` are
    all member and observer States, in the reader's order."""
    held = sorted(
        (s for s in sessions if s.is_over and s.kind == SessionKind.SESSION),
        key=lambda session: session.starts_on,
    )
    place = {session.pk: n for n, session in enumerate(held)}
    by_country: dict[int, CountryRow] = {}
    known = {country.pk: country for country in countries}
    for attendance in entered:
        if attendance.session_id not in place:
            continue
        country = known.get(attendance.country_id) or attendance.country
        row = by_country.setdefault(country.pk, CountryRow(country, [AWAY] * len(held)))
        brought = support.get((attendance.session_id, country.pk))
        is_supported = brought is not None and brought.is_held
        row.marks[place[attendance.session_id]] = SUPPORTED if is_supported else CAME
        row.is_invented |= attendance.is_invented
    is_whole = bool(held) and all(session.attendance_is_whole for session in held)
    ordered = [by_country[pk] for pk in known if pk in by_country]
    ordered += [row for pk, row in by_country.items() if pk not in known]
    never = [c for c in countries if c.pk not in by_country] if is_whole else []
    return ProcessAttendance(held, ordered, never, is_whole)


def map_of(title: str, attendance: ProcessAttendance) -> TileMap:
    """How often each country came; a cut corner for the programme's support."""
    count = len(attendance.sessions)
    kinds = {row.country.pk: kind_of(row.attended, count) for row in attendance.rows}
    none = (
        TileKind("v0", _("never attended"))
        if attendance.is_whole
        else TileKind("", _("none entered"))
    )
    label = _("%(process)s: sessions attended, one tile a country") % {"process": title}
    cut = frozenset(row.country.pk for row in attendance.with_support)
    return tile_map(label, kinds, none, cut=cut, cut_words=_("with our support at least once"))


def kind_of(attended: int, count: int) -> TileKind:
    """A third of the sessions, two thirds, or more."""
    low, middle = -(-count // 3), -(-2 * count // 3)
    if attended <= low:
        return TileKind("v1", span_words(1, low))
    if attended <= middle:
        return TileKind("v2", span_words(low + 1, middle))
    return TileKind("v3", span_words(middle + 1, count))


def span_words(first: int, last: int) -> str:
    """A number of sessions, in words."""
    if first >= last:
        return ngettext("%(n)s session", "%(n)s sessions", last) % {"n": last}
    return _("%(first)s to %(last)s sessions") % {"first": first, "last": last}
