"""Facts: the rows that figures count, as they stood at a cut-off, in temporary tables of the
transaction.

Every counted column (state, pillar, country, participation, cost, membership) is read from history:
a report made late equals the one made on time. Source: the rules of the programme, sections 5 and
6. Only rows of the period are touched, whatever the size of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from assistance.programmes.models import Programme
from assistance.requests.clocks import RULES
from assistance.requests.states import OPEN
from reports.figures import scope as within
from reports.figures.history import KNOWN, row_as_of, rows_as_of
from reports.figures.scope import WHOLE, ReportScope
from reports.schedules.periods import Period

COUNTING_RULES = (
    2  # raised when the rules of counting change: a snapshot keeps the number of its own
)


@dataclass(frozen=True)
class FigureWindow:
    """What a set of facts is about: a programme or a part of it, a period, and until when things
    had to be recorded to count."""

    programme: Programme
    period: Period
    cutoff: datetime
    scope: ReportScope = WHOLE

    @property
    def parameters(self) -> dict[str, Any]:
        """For the SQL below. `stock_at` is the instant at which the period ends at the duty
        station.

        A period that is still running ends with the cut-off as far as stocks, ages and memberships
        go, and what is due from the cut-off's day on is not due yet: `last_day` is the last day
        that has begun, `due_end` the first day of which nothing is late.
        """
        stock_at = min(self.programme.midnight(self.period.end), self.cutoff)
        reached = self.programme.day_of(stock_at)
        return {
            "programme": self.programme.pk,
            "start": self.period.start,
            "end": self.period.end,
            "last_day": min(self.period.last_day, reached),
            "due_end": min(self.period.end, reached),
            "cutoff": self.cutoff,
            "stock_at": stock_at,
            "open": [str(s) for s in OPEN],
            "eligible": self.programme.eligible_group_id,
            "zone": self.programme.zone,
            "record_days": RULES["record"].days,
        } | self.scope.parameters


def donor_of(funding: str, known: str) -> str:
    """The SQL of a lateral row with the donor of a contribution as known before an instant; of one
    recorded later, as it was first recorded."""
    return f"""(SELECT told.donor_id FROM assistance_fundingevent told WHERE told.pgh_obj_id = {funding} AND told.pgh_label <> 'delete'
                ORDER BY told.pgh_created_at < %({known})s DESC,
                         CASE WHEN told.pgh_created_at < %({known})s THEN told.pgh_created_at END DESC, told.pgh_created_at, told.pgh_id DESC LIMIT 1)"""


def took_part_condition(engagement: str, known: str, *, held_only: bool = True) -> str:
    """The SQL condition that a country of the scope took part in a part of an engagement that was
    held, as known before an instant; without `held_only` also in one that is still to be
    recorded."""
    counts = "AND known_part.held_on IS NOT NULL AND NOT known_row.is_expected" if held_only else ""
    parts = rows_as_of(
        "assistance_engagementpartevent", f"engagement_id = {engagement}", known=known
    )
    rows = rows_as_of(
        "assistance_countryparticipationevent", "part_id = known_part.pgh_obj_id", known=known
    )
    return f"""EXISTS (
        SELECT FROM {parts} known_part JOIN LATERAL {rows} known_row ON known_row.pgh_label <> 'delete'
        JOIN countries_country known_country ON known_country.id = known_row.country_id
        WHERE known_part.pgh_label <> 'delete' AND known_part.struck_on IS NULL {counts}
          AND {within.countries("known_row.country_id", "known_country.region", "known_part.ends_on")})"""


# Which parts count: those of which it was recorded that they took place, whatever became of their
# engagement since, unless they were struck out. Source: the rules of the programme, section 3.
HELD = "part.held_on IS NOT NULL AND part.struck_on IS NULL AND e.state <> 'recorded'"


# The class of `age_days`, calendar days until the period's last day: since an open request was
# received, or accepted.
AGE = (
    "CASE WHEN age_days <= 30 THEN 'month' WHEN age_days <= 91 THEN 'quarter' WHEN age_days <= 182"
    " THEN 'half' ELSE 'longer' END"
)

# Holidays of the duty station as known at the cut-off. The first that were loaded, in one go with
# the programme, count as known ever since.
HOLIDAYS = """
CREATE TEMPORARY TABLE fact_holiday ON COMMIT DROP AS
SELECT day FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_holidayevent
    WHERE programme_id = %(programme)s AND (pgh_created_at < %(cutoff)s OR pgh_created_at = (
          SELECT min(pgh_created_at) FROM assistance_holidayevent WHERE programme_id = %(programme)s))
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest WHERE pgh_label <> 'delete'
"""

# Memberships in groups as known at an instant. What was loaded with the product counts as known
# since `recorded_at`.
MEMBERSHIPS = """
CREATE TEMPORARY TABLE fact_membership ON COMMIT DROP AS
SELECT latest.country_id, latest.group_id, g.code, latest.valid_from, latest.valid_until
FROM (
    SELECT DISTINCT ON (pgh_obj_id) *
    FROM countries_groupmembershipevent
    WHERE CASE WHEN pgh_label = 'insert' THEN recorded_at ELSE pgh_created_at END < %({known})s
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest JOIN countries_countrygroup g ON g.id = latest.group_id
WHERE latest.pgh_label <> 'delete'
"""

# Requests received in the period. A received date is never changed once set and a submitted request
# never removed, so the present table's index
# finds the candidates; what is counted of them is read from history.
REQUESTS = f"""
CREATE TEMPORARY TABLE fact_request ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.title, h.received_on, h.state, h.country_id, c.iso3, c.region, p.code AS pillar, h.theme_codes, h.urgency,
       h.received_through, ARRAY(SELECT m.code FROM fact_membership m WHERE m.country_id = h.country_id AND m.valid_from <= h.received_on
                                 AND (m.valid_until IS NULL OR m.valid_until > h.received_on) ORDER BY m.code) AS groups
FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id")} h
JOIN countries_country c ON c.id = h.country_id
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE r.programme_id = %(programme)s AND r.received_on >= %(start)s AND r.received_on < %(end)s AND h.received_on IS NOT NULL
  AND {within.countries("h.country_id", "c.region", "h.received_on")} AND {within.pillar("h.pillar_id")} AND {within.ENGAGEMENT_ONLY}
"""

# First decisions taken in the period. The date of a first decision, too, is never changed once set.
DECISIONS = f"""
CREATE TEMPORARY TABLE fact_decision ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.first_decision AS decision, h.first_decided_on, c.iso3, p.code AS pillar, clock.days_used
FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id")} h
JOIN countries_country c ON c.id = h.country_id
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
LEFT JOIN LATERAL (
    SELECT k.days_used FROM assistance_caseclock k
    WHERE k.request_id = r.id AND k.standard = 'decision' AND k."end" = 'act' AND k.ended_on = r.first_decided_on ORDER BY k.id LIMIT 1
) clock ON true
WHERE r.programme_id = %(programme)s AND r.first_decided_on >= %(start)s AND r.first_decided_on < %(end)s AND h.first_decided_on IS NOT NULL
  AND {within.countries("h.country_id", "c.region", "h.first_decided_on")} AND {within.pillar("h.pillar_id")} AND {within.ENGAGEMENT_ONLY}
"""

# Clocks due in the period, as they stood at the cut-off: kept, missed, or left out because the case
# was withdrawn or merged before. `is_first`: no
# decision had been taken on the case when the clock started (the programme's rules, section 6); on
# the day of the decision itself the instants say.
CLOCKS = f"""
CREATE TEMPORARY TABLE {{table}} ON COMMIT DROP AS
SELECT k.pgh_obj_id AS id, k.request_id, r.reference, c.iso3, c.region, k.standard, k.due_on, k.ended_on,
       CASE WHEN k."end" = 'void' AND (k.ended_on <= k.due_on OR k.days_used <= k.days) THEN 'left_out'
            WHEN k."end" = 'act' AND k.ended_on <= k.due_on THEN 'kept' ELSE 'missed' END AS outcome,
       r.first_decided_on IS NULL OR r.first_decided_on > k.started_on OR (r.first_decided_on = k.started_on AND r.first_decided_at >= (
           SELECT min(pgh_created_at) FROM assistance_caseclockevent WHERE pgh_obj_id = k.pgh_obj_id)) AS is_first
FROM (
    SELECT DISTINCT pgh_obj_id FROM assistance_caseclockevent WHERE due_on >= %(start)s AND due_on < %(due_end)s AND pgh_created_at < %(cutoff)s{{only}}
) candidate
CROSS JOIN LATERAL {row_as_of("assistance_caseclockevent", "candidate.pgh_obj_id")} k
JOIN assistance_assistancerequest r ON r.id = k.request_id AND r.programme_id = %(programme)s
JOIN countries_country c ON c.id = r.country_id
WHERE k.due_on >= %(start)s AND k.due_on < %(due_end)s AND k.paused_on IS NULL AND k.pgh_label <> 'delete'
  AND {within.countries("r.country_id", "c.region", "k.due_on")} AND {within.pillar_of_request("r.id")} AND {within.ENGAGEMENT_ONLY}
"""

# Engagements whose record was due in the period: so many working days after their last day (the
# standard in force then, the duty station's holidays).
RECORDS_DUE = f"""
CREATE TEMPORARY TABLE fact_record_due ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, due.day AS due_on, told.on_day AS ended_on, COALESCE(told.on_day <= due.day, false) AS kept
FROM (
    SELECT DISTINCT engagement_id FROM assistance_engagementpartevent WHERE ends_on >= %(start)s - 60 AND ends_on < %(end)s AND pgh_created_at < %(cutoff)s
) candidate
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "candidate.engagement_id")} e
CROSS JOIN LATERAL (
    SELECT d::date AS day FROM generate_series(e.ends_on + 1, e.ends_on + 60, interval '1 day') d
    WHERE extract(isodow FROM d) < 6 AND NOT EXISTS (SELECT FROM fact_holiday h WHERE h.day = d::date)
    ORDER BY d OFFSET GREATEST(COALESCE((SELECT s.days FROM assistance_standard s WHERE s.programme_id = e.programme_id AND s.code = 'record'
                                        AND s.valid_from <= e.ends_on ORDER BY s.valid_from DESC LIMIT 1), %(record_days)s), 1) - 1 LIMIT 1
) due
LEFT JOIN LATERAL (
    SELECT min((v.at AT TIME ZONE %(zone)s)::date) AS on_day FROM assistance_engagementevent v
    WHERE v.engagement_id = e.pgh_obj_id AND v.action = 'deliver' AND v.at < %(cutoff)s
) told ON true
WHERE e.programme_id = %(programme)s AND e.state IN ('planned', 'confirmed', 'delivered', 'verified') AND e.origin = 'own' AND e.pgh_label <> 'delete'
  AND NOT e.did_not_take_place
  AND due.day >= %(start)s AND due.day < %(due_end)s AND {within.pillar("e.pillar_id")} AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
  AND (%(donor)s::bigint IS NULL OR {donor_of("e.funding_id", "cutoff")} = %(donor)s)
  AND ((%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL) OR {took_part_condition("e.pgh_obj_id", "cutoff", held_only=False)})
"""

# Cases open when the period ended: the states that they were in then, from the spans of states.
STOCK = f"""
CREATE TEMPORARY TABLE fact_open ON COMMIT DROP AS
SELECT r.id, r.reference, c.iso3, c.region, p.code AS pillar, h.lead_officer_id AS officer, s.state, r.received_on, s.entered_at,
       %(last_day)s - r.received_on AS age_days, h.turn, h.due_on,
       (h.complete_since IS NOT NULL AND s.state IN ('under_review', 'returned')) AS undecided
FROM assistance_statespan s
JOIN assistance_assistancerequest r ON r.id = s.request_id AND r.programme_id = %(programme)s
JOIN countries_country c ON c.id = r.country_id
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id", known="stock_at", columns="complete_since, pillar_id, lead_officer_id, turn, due_on")} h
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE s.state = ANY(%(open)s) AND s.entered_at < %(stock_at)s AND (s.left_at IS NULL OR s.left_at >= %(stock_at)s)
  AND {within.countries("r.country_id", "c.region", "%(last_day)s")} AND {within.pillar("h.pillar_id")} AND {within.ENGAGEMENT_ONLY}
"""

# Parts of engagements that ended in the period and were held, as recorded before an instant.
PARTS = (
    """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT part.pgh_obj_id AS id, part.engagement_id, e.reference, e.title, e.type, e.modality, pillar.code AS pillar, e.state, part.starts_on, part.ends_on,
       part.actual_cost AS cost, part.days, part.hours, e.currency, e.ends_on AS engagement_ends_on, e.reach, e.funding_id, e.theme_codes,
       donor.id AS donor_id, donor.title AS donor
FROM ({candidates}) candidate
CROSS JOIN LATERAL """
    + row_as_of("assistance_engagementpartevent", "candidate.pgh_obj_id", known=KNOWN)
    + """ part
CROSS JOIN LATERAL """
    + row_as_of("assistance_engagementhistory", "part.engagement_id", known=KNOWN)
    + """ e
LEFT JOIN assistance_pillar pillar ON pillar.id = e.pillar_id
LEFT JOIN LATERAL {donor_of} funded ON true
LEFT JOIN assistance_donor donor ON donor.id = funded.donor_id
WHERE e.programme_id = %(programme)s AND e.pgh_label <> 'delete' AND part.pgh_label <> 'delete' AND {held}
  AND part.ends_on >= %(start)s AND part.ends_on < %(end)s AND (%(pillar)s::bigint IS NULL OR e.pillar_id = %(pillar)s)
  AND (%(donor)s::bigint IS NULL OR donor.id = %(donor)s) AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
"""
)
ENDED = (
    "SELECT DISTINCT pgh_obj_id FROM assistance_engagementpartevent WHERE ends_on >= %(start)s AND"
    " ends_on < %(end)s AND pgh_created_at < %({known})s"
)


def parts(table: str, known: str, *, candidates: str = "") -> str:
    """The SQL of a table of parts held, as known before an instant: those that ended in the period,
    unless other candidates are given."""
    found = candidates or ENDED.format(known=known)
    return PARTS.format(
        table=table,
        known=known,
        candidates=found,
        held=HELD,
        donor_of=donor_of("e.funding_id", known),
    )


# Who took part in those parts; numbers that were only expected count nowhere.
PARTICIPATION = (
    """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT row.pgh_obj_id AS id, row.part_id, f.engagement_id, f.reference, f.type, f.ends_on, row.country_id, c.iso3, c.region,
       row.women, row.men, row.other, row.unknown,
       CASE WHEN COALESCE(row.women, row.men, row.other, row.unknown) IS NULL THEN NULL
            ELSE COALESCE(row.women, 0) + COALESCE(row.men, 0) + COALESCE(row.other, 0) + COALESCE(row.unknown, 0) END AS total,
       f.type NOT IN ('equipment', 'study', 'legislative_review', 'awareness_campaign') AS counts_people,
       ARRAY(SELECT m.code FROM fact_membership m WHERE m.country_id = row.country_id AND m.valid_from <= f.ends_on
             AND (m.valid_until IS NULL OR m.valid_until > f.ends_on) ORDER BY m.code) AS groups
FROM {parts} f
JOIN LATERAL """
    + rows_as_of("assistance_countryparticipationevent", "part_id = f.id", known=KNOWN)
    + """ row ON row.pgh_label <> 'delete'
JOIN countries_country c ON c.id = row.country_id
WHERE NOT row.is_expected AND """
    + within.countries("row.country_id", "c.region", "f.ends_on")
)

# Engagements whose last part ended in the period. Of some countries, those in any part of which
# they took part.
DELIVERED = """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT DISTINCT engagement_id AS id, reference, type, pillar, modality, theme_codes, state, engagement_ends_on AS ends_on FROM {parts}
WHERE state IN ('delivered', 'verified') AND engagement_ends_on >= %(start)s AND engagement_ends_on < %(end)s
  AND ((%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL) OR {came})
"""


def delivered(table: str, parts_table: str, known: str) -> str:
    """The SQL of a table of the engagements delivered, out of a table of parts that none was taken
    from."""
    return DELIVERED.format(
        table=table,
        parts=parts_table,
        came=took_part_condition(f"{parts_table}.engagement_id", known),
    )


# Of some countries, only the parts in which they took part.
ONLY_THEIR_PARTS = (
    "DELETE FROM {parts} f WHERE NOT EXISTS (SELECT FROM {rows} p WHERE p.part_id = f.id)"
)

# Who else took part in them: a part's cost is its whole cost, and is not told apart by country.
OTHERS = (
    """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT DISTINCT f.id AS part_id, row.country_id
FROM {parts} f
JOIN LATERAL """
    + rows_as_of("assistance_countryparticipationevent", "part_id = f.id", known=KNOWN)
    + """ row ON row.pgh_label <> 'delete' AND NOT row.is_expected
WHERE NOT EXISTS (SELECT FROM {rows} own WHERE own.part_id = f.id AND own.country_id = row.country_id)
"""
)

# Every country that a part had reached by the end of the period, as known at the cut-off.
REACHED = f"""
CREATE TEMPORARY TABLE fact_reached ON COMMIT DROP AS
SELECT row.country_id, max(part.ends_on) AS last_on
FROM {rows_as_of("assistance_countryparticipationevent", "true")} row
CROSS JOIN LATERAL {row_as_of("assistance_engagementpartevent", "row.part_id")} part
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "part.engagement_id")} e
WHERE row.pgh_label <> 'delete' AND part.pgh_label <> 'delete' AND e.pgh_label <> 'delete'
  AND e.programme_id = %(programme)s AND {HELD} AND NOT row.is_expected AND part.ends_on < %(end)s
  AND (%(pillar)s::bigint IS NULL OR e.pillar_id = %(pillar)s)
GROUP BY row.country_id
"""

# Imported records of others without dates: entered in the period.
RECORDS = f"""
CREATE TEMPORARY TABLE fact_record ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, e.organisation, e.budget, e.expense, e.currency
FROM assistance_engagement present
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "present.id")} e
WHERE present.programme_id = %(programme)s AND present.origin = 'imported' AND e.state = 'recorded' AND e.pgh_label <> 'delete'
  AND (present.created_at AT TIME ZONE %(zone)s)::date >= %(start)s AND (present.created_at AT TIME ZONE %(zone)s)::date < %(end)s
  AND {within.pillar("e.pillar_id")} AND {within.ENGAGEMENT_ONLY}
  AND ((%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL) OR EXISTS (
       SELECT FROM {rows_as_of("assistance_recordedcountryevent", "engagement_id = e.pgh_obj_id")} n
       JOIN countries_country c ON c.id = n.country_id
       WHERE n.pgh_label <> 'delete' AND {within.countries("n.country_id", "c.region", "%(last_day)s")}))
"""


def gather_facts(window: FigureWindow) -> None:
    """Makes the fact tables of a window. Runs inside a transaction, which they do not outlive."""
    statements = [
        MEMBERSHIPS.format(known="cutoff"),
        HOLIDAYS,
        REQUESTS,
        DECISIONS,
        CLOCKS.format(table="fact_clock", only=""),
        STOCK,
        *delivery(
            "fact_part", "fact_participation", "fact_delivered", "fact_others", "cutoff", window
        ),
        REACHED,
        RECORDS,
        RECORDS_DUE,
    ]
    execute_statements(statements, window.parameters)


def delivery(
    parts_table: str,
    rows: str,
    engagements: str,
    others: str,
    known: str,
    window: FigureWindow,
    candidates: str = "",
) -> list[str]:
    """The SQL of what was held in a window, as known before an instant, in tables of these names:
    parts, participation, engagements delivered, and who else took part in the parts of some
    countries."""
    return [
        parts(parts_table, known, candidates=candidates),
        PARTICIPATION.format(table=rows, parts=parts_table, known=known),
        delivered(engagements, parts_table, known),
        *(
            [ONLY_THEIR_PARTS.format(parts=parts_table, rows=rows)]
            if window.scope.narrows_countries
            else []
        ),
        OTHERS.format(table=others, parts=parts_table, rows=rows, known=known),
    ]


def others_took_part(part: str, others: str = "fact_others") -> str:
    """The SQL condition that countries outside the scope took part in a part, by its id."""
    return f"EXISTS (SELECT FROM {others} o WHERE o.part_id = {part})"


CREATION = re.compile(r"\s*CREATE TEMPORARY TABLE (\w+) ON COMMIT DROP AS\b")


def execute_statements(statements: Iterable[str], parameters: dict[str, Any]) -> None:
    """Runs statements that make tables of facts, in their order and at one go.

    A table that an earlier window of this transaction left is emptied and filled anew: to make one,
    with room for long texts, takes the database longer than most of them take to fill.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind"
            " = 'r'"
        )
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            ";\n".join(create_or_refill(statement, there) for statement in statements), parameters
        )


def create_or_refill(statement: str, there: Container[str]) -> str:
    """The statement, or where its table is there already the two that fill it anew."""
    creation = CREATION.match(statement)
    if creation is None or creation[1] not in there:
        return statement
    return f"TRUNCATE {creation[1]};\nINSERT INTO {creation[1]}{statement[creation.end() :]}"


def gather_by_end(window: FigureWindow) -> None:
    """What was known already when the period ended, in tables of its own; after `gather`, for the
    one window whose rows are listed."""
    statements = [
        parts("fact_part_by_end", "stock_at"),
        PARTICIPATION.format(
            table="fact_participation_by_end", parts="fact_part_by_end", known="stock_at"
        ),
    ]
    execute_statements(statements, window.parameters)


def gather_decisions_due(window: FigureWindow) -> None:
    """Clocks of decisions alone, due in the window, in a table of their own; after `gather`."""
    statements = [CLOCKS.format(table="fact_decision_due", only=" AND standard = 'decision'")]
    execute_statements(statements, window.parameters)
