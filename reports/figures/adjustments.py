"""Adjustments to earlier periods: what became known of them after they were reported.

Source: the rules of the programme, section 6. The stated value of a reported period is that of its
last published revision plus the adjustments first published after it. A report adds, for each such
period, the period's value at its own cut-off less the stated value. That difference is worked out
from the rows touched between the two cut-offs, not by counting the periods again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.figures import facts
from reports.figures.catalogue import SEX, definition_of
from reports.figures.compute import compute
from reports.figures.counting import Figure, Figures, query
from reports.figures.facts import Window
from reports.figures.scope import counts_demand
from reports.schedules.periods import Period

KIND = "adjustment"  # of rows
ADJUSTMENTS, BEFORE_FIRST, NOT_REPORTED = "adjustments", "before_first_report", "not_reported"
PARTICIPATIONS = ("participants", *(f"participants.{sex}" for sex in SEX))
ADJUSTABLE = ("requests_received", "engagements_delivered", *PARTICIPATIONS, "cost", "cost.alone")
CAUSES = {
    "late": _("Recorded after the period was reported"),
    "changed": _("Number or cost changed"),
    "struck": _("Struck out"),
    "moved": _("Dates corrected"),
    "membership": _("Membership of the group changed"),
    "reclassified": _("Put under another pillar, donor or programme"),
    "rule": _("Rule of counting changed"),
    NOT_REPORTED: _("Not reported yet"),
}

Amount = int | Decimal
WORDS = (ADJUSTMENTS, BEFORE_FIRST, NOT_REPORTED)


def is_adjustment(code: str) -> bool:
    """Whether a figure speaks of earlier periods."""
    return any(f".{word}" in code for word in WORDS)


def adjusted_head(code: str) -> str:
    """The figure whose earlier periods a code speaks of: `participants.women` of
    `participants.women.adjustments.period.2026-04-01`."""
    return code.partition(f".{word_of(code)}")[0]


def word_of(code: str) -> str:
    """What such a code says of them: `adjustments`, `before_first_report` or `not_reported`."""
    return next(word for word in WORDS if f".{word}" in code)


def first_day(code: str) -> date | None:
    """The first day of the period that such a code is about; None where it is of all of them."""
    _head, word, day = code.partition(".period.")
    return date.fromisoformat(day) if word else None


@dataclass(frozen=True)
class Stated:
    """A period that was reported: until when what stands in its reports was known, what it states of
    each figure that is adjusted, and whether it was counted by the rules in force now."""

    period: Period
    cutoff: datetime
    values: dict[str, Amount] = field(default_factory=dict)
    same_rules: bool = True


@dataclass(frozen=True)
class Chain:
    """Earlier periods of a report, the oldest first: those that were reported, and those that were
    not. `since` is the cut-off of the report before; `sources` say which publications were read."""

    stated: tuple[Stated, ...] = ()
    not_reported: tuple[Period, ...] = ()
    first: date | None = None  # first day of the chain's first report
    since: datetime | None = None
    sources: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Change:
    """What one row adds to a figure of a period: `now` less `before`."""

    code: str
    period: date  # its first day
    reference: str
    country: str
    before: Amount
    now: Amount
    cause: str
    subject: int | None = None  # id of the engagement or, of requests received, of the request

    @property
    def difference(self) -> Amount:
        """What it adds."""
        return self.now - self.before

    def as_json(self) -> dict[str, Any]:
        """For the annex of the snapshot: amounts of money as text."""
        kept = {
            "figure": self.code,
            "period": str(self.period) if self.period > date.min else "",
            "reference": self.reference,
            "before": self.before,
            "now": self.now,
            "cause": self.cause,
            "subject": self.subject,
        }
        shown = {k: str(v) if isinstance(v, Decimal) else v for k, v in kept.items()}
        return shown | ({"country": self.country} if self.country else {})


def adjusted_codes(window: Window) -> tuple[str, ...]:
    """Codes of the figures that are adjusted, in the order in which they are shown."""
    cost = "cost.alone" if window.scope.narrows_countries else "cost"
    demand = ("requests_received",) if counts_demand(window.scope.as_json()) else ()
    return (*demand, "engagements_delivered", *PARTICIPATIONS, cost)


def adjust(window: Window, chain: Chain) -> tuple[Figures, list[Change]]:
    """The figures of the adjustments of a window's report, and the rows behind them, which the
    figures count by their place in the list, from 1.

    Runs inside a transaction, before the window's own facts are gathered, which it overwrites.
    """
    figures: Figures = {}
    changes: list[Change] = []
    if chain.stated:
        found = list(since_stated(window, chain.stated))
        add(figures, changes, window, found, ADJUSTMENTS, [s.period for s in chain.stated])
    if chain.first is not None and chain.since is not None:
        long_ago = Period(date.min, chain.first)
        earlier = Stated(long_ago, chain.since)
        add(figures, changes, window, list(touched(window, [earlier], chain.since)), BEFORE_FIRST, [])
    if chain.not_reported:
        whole = list(counted_whole(window, chain.not_reported))
        add(figures, changes, window, whole, NOT_REPORTED, chain.not_reported)
    return figures, changes


def since_stated(window: Window, stated: Sequence[Stated]) -> Iterator[Change]:
    """Every change since the periods were stated, each by what was known of its period then."""
    for cutoff in sorted({s.cutoff for s in stated}):
        alike = [s for s in stated if s.cutoff == cutoff]
        yield from touched(window, alike, cutoff)
        for one in alike:
            if not one.same_rules:
                yield from by_rule(window, one)


def by_rule(window: Window, stated: Stated) -> Iterator[Change]:
    """What the present rules count otherwise of a period that was stated by former ones."""
    again = compute(replace(window, period=stated.period, cutoff=stated.cutoff))
    for code in adjusted_codes(window):
        before, figure = stated.values.get(code), again.get(code)
        if before is not None and figure is not None and figure.value != before:
            yield Change(code, stated.period.start, "", "", before, figure.value, "rule")


def counted_whole(window: Window, periods: Sequence[Period]) -> Iterator[Change]:
    """Periods that were never reported, as known at the window's cut-off: every row of theirs."""
    span = replace(window, period=Period(min(p.start for p in periods), max(p.end for p in periods)))
    gather(span, "now", "cutoff", "")
    gather_requests(span, "now", "cutoff", everything=True)
    for code, rows in values_of("now", window).items():
        for row in rows.values():
            if period := period_of(row.day, periods):
                nothing = row.value * 0
                yield Change(code, period.start, row.reference, row.country, nothing, row.value, NOT_REPORTED, row.subject)


@dataclass(frozen=True)
class Row:
    """One row of a figure, as known at an instant: the day by which it belongs to a period."""

    day: date
    value: Amount
    reference: str
    country: str
    part: int | None
    subject: int


def touched(window: Window, stated: Sequence[Stated], then: datetime) -> Iterator[Change]:
    """What rows recorded between `then` and the window's cut-off change in some periods."""
    periods = sorted(s.period for s in stated)
    span = replace(window, period=Period(periods[0].start, periods[-1].end))
    more = {"then": then}
    old, new = known_at(span, "then", more), known_at(span, "cutoff", more)
    was = what_became_of_parts(span, more)
    moved_members = members_touched(span, more)
    for code in adjusted_codes(window):
        rows = sorted({*old[code], *new[code]})
        for key in rows:
            yield from changes_of(code, old[code].get(key), new[code].get(key), periods, was, moved_members)


def known_at(span: Window, known: str, more: dict[str, Any]) -> dict[str, dict[int, Row]]:
    """The rows that were touched, by figure and id, as known before an instant."""
    gather(span, known, known, TOUCHED, more)
    gather_requests(span, known, known, more=more)
    return values_of(known, span)


def gather(span: Window, name: str, known: str, candidates: str, more: dict[str, Any] | None = None) -> None:
    """Parts, participation and engagements of a span, in tables `adjusted_…_<name>`."""
    part, rows, engagements, others = (f"adjusted_{what}_{name}" for what in ("part", "participation", "delivered", "others"))
    drop = f"DROP TABLE IF EXISTS {part}, {rows}, {engagements}, {others}, fact_membership"
    statements = [
        drop,
        facts.MEMBERSHIPS.format(known=known),
        *facts.delivery(part, rows, engagements, others, known, span, candidates),
    ]
    facts.execute(statements, span.parameters | (more or {}))


def gather_requests(
    span: Window,
    name: str,
    known: str,
    *,
    everything: bool = False,
    more: dict[str, Any] | None = None,
) -> None:
    """Requests received in a span, in a table `adjusted_request_<name>`.

    Once received, a request stays so, on its day: what can change is its pillar, and whether its
    country was a member of a group. Where neither narrows the scope, nothing is looked for.
    """
    table = f"adjusted_request_{name}"
    narrowed = span.scope.pillar is not None or bool(span.scope.group)
    condition = "true" if everything else REQUEST_TOUCHED
    if not counts_demand(span.scope.as_json()) or not (everything or narrowed):
        condition = "false"
    sql = REQUESTS.format(table=table, known=known, condition=condition)
    facts.execute([f"DROP TABLE IF EXISTS {table}", sql], span.parameters | (more or {}))


def values_of(name: str, window: Window) -> dict[str, dict[int, Row]]:
    """What each row adds to each figure, by figure and id, out of the tables of one instant."""
    found: dict[str, dict[int, Row]] = {code: {} for code in adjusted_codes(window)}
    if "requests_received" in found:
        rows = query(f"SELECT id, received_on, 1, reference, iso3, NULL, id FROM adjusted_request_{name}")
        found["requests_received"] = rows_by_id(rows)
    rows = query(f"SELECT id, ends_on, 1, reference, '', NULL, id FROM adjusted_delivered_{name}")
    found["engagements_delivered"] = rows_by_id(rows)
    columns = {"participants": "total"} | {f"participants.{sex}": sex for sex in SEX}
    for code, column in columns.items():
        found[code] = rows_by_id(
            query(
                f"SELECT id, ends_on, {column}, reference, iso3, part_id, engagement_id FROM adjusted_participation_{name}"
                f" WHERE counts_people AND {column} IS NOT NULL"
            )
        )
    alone = f" AND NOT EXISTS (SELECT FROM adjusted_others_{name} o WHERE o.part_id = p.id)"
    cost = "cost.alone" if "cost.alone" in found else "cost"
    found[cost] = rows_by_id(
        query(
            f"SELECT id, ends_on, cost, reference, '', id, engagement_id FROM adjusted_part_{name} p"
            " WHERE cost IS NOT NULL AND currency = %(currency)s" + (alone if cost == "cost.alone" else ""),
            {"currency": window.programme.currency},
        )
    )
    return found


def rows_by_id(rows: Iterable[tuple[Any, ...]]) -> dict[int, Row]:
    """Rows of (id, day, value, reference, country, part, engagement or request)."""
    return {pk: Row(*rest) for pk, *rest in rows}


@dataclass(frozen=True)
class PartThenAndNow:
    """What decides why a part counts otherwise: whether it was held, until when, and struck out."""

    held_then: bool
    ends_then: date | None
    held_now: bool
    ends_now: date | None
    struck_now: bool
    in_scope_then: bool
    in_scope_now: bool


def what_became_of_parts(span: Window, more: dict[str, Any]) -> dict[int, PartThenAndNow]:
    """The parts that were touched, by id."""
    rows = query(BECAME, span.parameters | more)
    return {pk: PartThenAndNow(*rest) for pk, *rest in rows}


def changes_of(
    code: str,
    old: Row | None,
    new: Row | None,
    periods: Sequence[Period],
    parts: dict[int, PartThenAndNow],
    members: set[str],
) -> Iterator[Change]:
    """What one row changes: in its period, or, where its day was corrected, in both periods."""
    known = new or old
    assert known is not None, "a row is known at one of the two instants at least"
    cause = cause_of(old, new, parts.get(known.part) if known.part is not None else None, members)
    nothing = known.value * 0
    at = {row: period_of(row.day, periods) for row in (old, new) if row is not None}
    for period in sorted({p for p in at.values() if p is not None}):
        before = old.value if old is not None and at[old] == period else nothing
        now = new.value if new is not None and at[new] == period else nothing
        if before != now:
            yield Change(code, period.start, known.reference, known.country, before, now, cause, known.subject)


def members_touched(span: Window, more: dict[str, Any]) -> set[str]:
    """Countries whose membership of the scope's group was changed between the two instants, by code."""
    return {iso3 for (iso3,) in query(MEMBERS_TOUCHED, span.parameters | more)}


def cause_of(old: Row | None, new: Row | None, part: PartThenAndNow | None, members: set[str]) -> str:
    """Why a row counts otherwise than before."""
    known = new or old
    if old is not None and new is not None:
        return "changed" if old.day == new.day else "moved"
    if known is not None and known.country in members:
        return "membership"
    elsewhere = "membership" if members else "reclassified"
    if part is None:  # a whole engagement, or a request
        return "late" if old is None and not members else elsewhere
    if part.struck_now and old is not None:
        return "struck"
    if part.held_then and part.held_now and part.ends_then != part.ends_now:
        return "moved"
    if new is not None:
        return elsewhere if part.held_then and not part.in_scope_then else "late"
    return elsewhere if part.held_now and not part.in_scope_now else "changed"


def period_of(day: date, periods: Sequence[Period]) -> Period | None:
    """The period with a day in it, out of some that stand in order and do not overlap."""
    place = bisect_right(periods, day, key=lambda p: p.start) - 1
    return periods[place] if place >= 0 and day in periods[place] else None


def add(
    figures: Figures,
    changes: list[Change],
    window: Window,
    found: Sequence[Change],
    word: str,
    periods: Sequence[Period],
) -> None:
    """Adds figures `code.word` and, of each period that has something, `code.word.period.<first day>`."""
    for code in adjusted_codes(window):
        own = sorted((c for c in found if c.code == code), key=lambda c: (c.period, c.reference, c.country))
        places = range(len(changes) + 1, len(changes) + 1 + len(own))
        changes += own
        numbered = list(zip(places, own, strict=True))
        figures[f"{code}.{word}"] = total_of(code, numbered)
        for start in sorted({c.period for c in own} & {p.start for p in periods}):
            of_period = [(n, c) for n, c in numbered if c.period == start]
            figures[f"{code}.{word}.period.{start}"] = total_of(code, of_period)


def total_of(code: str, rows: Sequence[tuple[int, Change]]) -> Figure:
    """The sum of some changes, with their places."""
    unit = definition_of(code).unit
    nothing: Amount = Decimal(0) if unit == "money" else 0
    return Figure(unit, sum((c.difference for _n, c in rows), nothing), KIND, [n for n, _c in rows])


BETWEEN = """CASE WHEN m.pgh_label = 'insert' THEN m.recorded_at ELSE m.pgh_created_at END >= %(then)s
    AND CASE WHEN m.pgh_label = 'insert' THEN m.recorded_at ELSE m.pgh_created_at END < %(cutoff)s"""
MEMBERS = f"""SELECT m.country_id FROM countries_groupmembershipevent m JOIN countries_countrygroup g ON g.id = m.group_id
    WHERE g.code = %(group)s::text AND {BETWEEN}"""
MEMBERS_TOUCHED = f"SELECT iso3 FROM countries_country WHERE id IN ({MEMBERS})"
# Parts of engagements about which something was recorded between two cut-offs: of the engagement,
# a part, who took part, the donor of its funds, or, where a group narrows the scope, a membership.
TOUCHED = f"""
SELECT DISTINCT p.pgh_obj_id FROM assistance_engagementpartevent p WHERE p.pgh_created_at < %(cutoff)s AND p.ends_on < %(end)s AND p.engagement_id IN (
    SELECT pgh_obj_id FROM assistance_engagementhistory WHERE pgh_created_at >= %(then)s AND pgh_created_at < %(cutoff)s
    UNION SELECT engagement_id FROM assistance_engagementpartevent WHERE pgh_created_at >= %(then)s AND pgh_created_at < %(cutoff)s
    UNION SELECT q.engagement_id FROM assistance_countryparticipationevent c JOIN assistance_engagementpartevent q ON q.pgh_obj_id = c.part_id
          WHERE c.pgh_created_at >= %(then)s AND c.pgh_created_at < %(cutoff)s
    UNION SELECT e.id FROM assistance_engagement e JOIN assistance_fundingevent f ON f.pgh_obj_id = e.funding_id
          WHERE f.pgh_created_at >= %(then)s AND f.pgh_created_at < %(cutoff)s AND %(donor)s::bigint IS NOT NULL
    UNION SELECT q.engagement_id FROM assistance_countryparticipationevent c JOIN assistance_engagementpartevent q ON q.pgh_obj_id = c.part_id
          WHERE c.country_id IN ({MEMBERS}))
"""
REQUEST_TOUCHED = f"""(EXISTS (
        SELECT FROM assistance_requesthistory t WHERE t.pgh_obj_id = r.id AND t.pgh_created_at >= %(then)s AND t.pgh_created_at < %(cutoff)s)
    OR r.country_id IN ({MEMBERS}))"""
REQUESTS = f"""
CREATE TEMPORARY TABLE {{table}} ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.received_on, c.iso3
FROM assistance_assistancerequest r
CROSS JOIN LATERAL (
    SELECT * FROM assistance_requesthistory WHERE pgh_obj_id = r.id AND pgh_created_at < %({{known}})s ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) h
JOIN countries_country c ON c.id = h.country_id
WHERE {{condition}} AND r.programme_id = %(programme)s AND r.received_on >= %(start)s AND r.received_on < %(end)s AND h.received_on IS NOT NULL
  AND {facts.within.countries("h.country_id", "c.region", "h.received_on")} AND {facts.within.pillar("h.pillar_id")} AND {facts.within.ENGAGEMENT_ONLY}
"""
LATEST_PART = """LATERAL (SELECT * FROM assistance_engagementpartevent WHERE pgh_obj_id = candidate.pgh_obj_id AND pgh_created_at < %({known})s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1)"""
# Whether each part that was touched was held, until which day, and whether it lies in the scope, at both instants.
BECAME = f"""
SELECT candidate.pgh_obj_id,
       COALESCE(old.held_on IS NOT NULL AND old.struck_on IS NULL AND old.pgh_label <> 'delete', false), old.ends_on,
       COALESCE(new.held_on IS NOT NULL AND new.struck_on IS NULL AND new.pgh_label <> 'delete', false), new.ends_on,
       COALESCE(new.struck_on IS NOT NULL, false),
       EXISTS (SELECT FROM adjusted_part_then p WHERE p.id = candidate.pgh_obj_id),
       EXISTS (SELECT FROM adjusted_part_cutoff p WHERE p.id = candidate.pgh_obj_id)
FROM ({TOUCHED}) candidate
LEFT JOIN {LATEST_PART.format(known="then")} old ON true
LEFT JOIN {LATEST_PART.format(known="cutoff")} new ON true
"""
