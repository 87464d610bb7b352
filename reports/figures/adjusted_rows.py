"""Rows of the figures that are adjusted, as known at two instants: those that something recorded
between them may count otherwise, and why it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reports.figures import scope as within
from reports.figures.catalogue import measure_of
from reports.figures.counting import Amount, fetch_rows
from reports.figures.definitions.cost import parts_with_people
from reports.figures.facts.calendar import (
    MEMBERSHIP_KNOWN_SINCE,
    MEMBERSHIPS,
    MEMBERSHIPS_BY_COUNTRY,
)
from reports.figures.facts.engagements import delivery
from reports.figures.facts.tables import execute_statements
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import KNOWN, row_as_of
from reports.figures.labels import SEX
from reports.figures.measures import Sum
from reports.figures.scope import counts_demand

PARTICIPATIONS = ("participants", *(f"participants.{sex}" for sex in SEX))
ADJUSTABLE = ("requests_received", "engagements_delivered", *PARTICIPATIONS, "cost", "cost.alone")

MEMBERS = f"""SELECT m.country_id FROM countries_groupmembershipevent m JOIN countries_countrygroup g ON g.id = m.group_id
    WHERE g.code = %(group)s::text AND {MEMBERSHIP_KNOWN_SINCE} >= %(then)s AND {MEMBERSHIP_KNOWN_SINCE} < %(cutoff)s"""
MEMBERS_TOUCHED = f"SELECT iso3 FROM countries_country WHERE id IN ({MEMBERS})"
# Parts of engagements about which something was recorded between two cut-offs: of the engagement,
# a part, who took part, the donor of its funds, or, where a group narrows the scope, a membership.
TOUCHED = f"""
SELECT DISTINCT p.pgh_obj_id FROM assistance_engagementpartevent p
  WHERE p.pgh_created_at < %(cutoff)s AND p.ends_on < %(end)s AND p.engagement_id IN (
    SELECT pgh_obj_id FROM assistance_engagementhistory WHERE pgh_created_at >= %(then)s
      AND pgh_created_at < %(cutoff)s
    UNION SELECT engagement_id FROM assistance_engagementpartevent WHERE pgh_created_at >= %(then)s
      AND pgh_created_at < %(cutoff)s
    UNION SELECT q.engagement_id FROM assistance_countryparticipationevent c
      JOIN assistance_engagementpartevent q ON q.pgh_obj_id = c.part_id
          WHERE c.pgh_created_at >= %(then)s AND c.pgh_created_at < %(cutoff)s
    UNION SELECT e.id FROM assistance_engagement e
      JOIN assistance_fundingevent f ON f.pgh_obj_id = e.funding_id
          WHERE f.pgh_created_at >= %(then)s AND f.pgh_created_at < %(cutoff)s
            AND %(donor)s::bigint IS NOT NULL
    UNION SELECT q.engagement_id FROM assistance_countryparticipationevent c
      JOIN assistance_engagementpartevent q ON q.pgh_obj_id = c.part_id
          WHERE c.country_id IN ({MEMBERS}))
"""
REQUEST_TOUCHED = f"""(EXISTS (
        SELECT FROM assistance_requesthistory t WHERE t.pgh_obj_id = r.id
          AND t.pgh_created_at >= %(then)s AND t.pgh_created_at < %(cutoff)s)
    OR r.country_id IN ({MEMBERS}))"""
REQUESTS = f"""
CREATE TEMPORARY TABLE {{table}} ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.received_on, c.iso3
FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id", known=KNOWN)} h
JOIN countries_country c ON c.id = h.country_id
WHERE {{condition}} AND r.programme_id = %(programme)s AND r.received_on >= %(start)s
  AND r.received_on < %(end)s AND h.received_on IS NOT NULL
  AND {within.countries("h.country_id", "c.region", "h.received_on")}
    AND {within.pillar("h.pillar_id")} AND {within.COUNTS_DEMAND}
"""
LATEST_PART = "LATERAL " + row_as_of(
    "assistance_engagementpartevent", "candidate.pgh_obj_id", known=KNOWN
)
# Whether each part that was touched was held, until which day, and whether it lies in the scope, at
# both instants.
BECAME = f"""
SELECT candidate.pgh_obj_id, COALESCE(new.engagement_id, old.engagement_id),
       COALESCE(old.held_on IS NOT NULL AND old.struck_on IS NULL
         AND old.pgh_label <> 'delete', false), old.ends_on,
       COALESCE(new.held_on IS NOT NULL AND new.struck_on IS NULL
         AND new.pgh_label <> 'delete', false), new.ends_on,
       COALESCE(new.struck_on IS NOT NULL, false),
       EXISTS (SELECT FROM adjusted_part_then p WHERE p.id = candidate.pgh_obj_id),
       EXISTS (SELECT FROM adjusted_part_cutoff p WHERE p.id = candidate.pgh_obj_id)
FROM ({TOUCHED}) candidate
LEFT JOIN {LATEST_PART.format(known="then")} old ON true
LEFT JOIN {LATEST_PART.format(known="cutoff")} new ON true
"""


def adjusted_codes(window: FigureWindow) -> tuple[str, ...]:
    """Codes of the figures that are adjusted, in the order in which they are shown."""
    cost = "cost.alone" if window.scope.narrows_countries else "cost"
    demand = ("requests_received",) if counts_demand(window.scope.as_json()) else ()
    return (*demand, "engagements_delivered", *PARTICIPATIONS, cost)


@dataclass(frozen=True)
class Row:
    """One row of a figure, as known at an instant: the day by which it belongs to a period."""

    day: date
    value: Amount
    reference: str
    country: str
    part: int | None
    subject: int


def known_at(
    span: FigureWindow, known: str, more: dict[str, datetime]
) -> dict[str, dict[int, Row]]:
    """The rows that were touched, by figure and id, as known before an instant."""
    gather_adjusted_rows(span, known, known, TOUCHED, more)
    gather_requests(span, known, known, more=more)
    return values_of(known, span)


def gather_adjusted_rows(
    span: FigureWindow,
    name: str,
    known: str,
    candidates: str,
    more: dict[str, datetime] | None = None,
) -> None:
    """Parts, participation and engagements of a span, in tables `adjusted_…_<name>`."""
    part, rows, engagements, others = (
        f"adjusted_{what}_{name}" for what in ("part", "participation", "delivered", "others")
    )
    statements = [
        MEMBERSHIPS.format(known=known),
        MEMBERSHIPS_BY_COUNTRY,
        *(
            sql
            for _table, sql in delivery(part, rows, engagements, others, known, span, candidates)
        ),
    ]
    execute_statements(statements, span.parameters | (more or {}))


def gather_requests(
    span: FigureWindow,
    name: str,
    known: str,
    *,
    everything: bool = False,
    more: dict[str, datetime] | None = None,
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
    execute_statements([sql], span.parameters | (more or {}))


def values_of(name: str, window: FigureWindow) -> dict[str, dict[int, Row]]:
    """What each row adds to each figure, by figure and id, out of the tables of one instant."""
    found: dict[str, dict[int, Row]] = {code: {} for code in adjusted_codes(window)}
    if "requests_received" in found:
        rows = fetch_rows(
            f"SELECT id, received_on, 1, reference, iso3, NULL, id FROM adjusted_request_{name}"
        )
        found["requests_received"] = rows_by_id(rows)
    rows = fetch_rows(
        f"SELECT id, ends_on, 1, reference, '', NULL, id FROM adjusted_delivered_{name}"
    )
    found["engagements_delivered"] = rows_by_id(rows)
    for code in PARTICIPATIONS:
        measure = summed_by(code)
        found[code] = rows_by_id(
            fetch_rows(
                f"SELECT id, ends_on, {measure.column}, reference, iso3, part_id, engagement_id"
                f" FROM adjusted_participation_{name} WHERE {measure.counted}"
            )
        )
    cost = "cost.alone" if "cost.alone" in found else "cost"
    parts = parts_with_people(
        *(f"adjusted_{of}_{name}" for of in ("part", "participation", "others"))
    )
    found[cost] = rows_by_id(
        fetch_rows(
            "SELECT id, ends_on, cost, reference, '', id, engagement_id"
            f" FROM {parts} part WHERE {summed_by(cost).counted}",
            {"currency": window.programme.currency},
        )
    )
    return found


def summed_by(code: str) -> Sum:
    """How a figure that is a sum is measured: which column, over which rows."""
    measure = measure_of(code)
    assert isinstance(measure, Sum), code
    return measure


def rows_by_id(rows: Iterable[tuple[Any, ...]]) -> dict[int, Row]:
    """Rows of (id, day, value, reference, country, part, engagement or request)."""
    return {pk: Row(*rest) for pk, *rest in rows}


@dataclass(frozen=True)
class PartThenAndNow:
    """What decides why a part counts otherwise: whether it was held, until when, and struck out."""

    engagement: int
    held_then: bool
    ends_then: date | None
    held_now: bool
    ends_now: date | None
    struck_now: bool
    in_scope_then: bool
    in_scope_now: bool


def what_became_of_parts(
    span: FigureWindow, more: dict[str, datetime]
) -> dict[int, PartThenAndNow]:
    """The parts that were touched, by id."""
    rows = fetch_rows(BECAME, span.parameters | more)
    return {pk: PartThenAndNow(*rest) for pk, *rest in rows}


def members_touched(span: FigureWindow, more: dict[str, datetime]) -> set[str]:
    """Countries whose membership of the scope's group was changed between the two instants, by
    code."""
    return {iso3 for (iso3,) in fetch_rows(MEMBERS_TOUCHED, span.parameters | more)}


def cause_of(
    old: Row | None, new: Row | None, parts: Sequence[PartThenAndNow], members: set[str]
) -> str:
    """Why a row counts otherwise than before: one of a part, of a whole engagement with all its
    parts, or of a request, which has none. `members` are countries whose membership of the group
    changed."""
    known = new or old
    if old is not None and new is not None:
        return "changed" if old.day == new.day else "moved"
    if known is not None and known.country in members:
        return "membership"
    elsewhere = "membership" if members else "reclassified"
    if not parts:
        return elsewhere
    if old is not None and all(part.struck_now for part in parts):
        return "struck"
    if any(part.held_then and part.held_now and part.ends_then != part.ends_now for part in parts):
        return "moved"
    if new is not None:
        return (
            elsewhere
            if any(part.held_then and not part.in_scope_then for part in parts)
            else "late"
        )
    return (
        elsewhere if any(part.held_now and not part.in_scope_now for part in parts) else "changed"
    )
