"""Facts: the rows that figures count, as they stood at a cut-off, in temporary tables of the transaction.

Every counted column (state, pillar, country, participation, cost, membership) is read from history: a report made late equals the one
made on time. Source: the rules of the programme, sections 5 and 6. Only rows of the period are touched, whatever the size of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from assistance.programmes.models import Programme
from assistance.requests.clock import RULES
from assistance.requests.states import OPEN
from reports.figures import scope as within
from reports.figures.scope import WHOLE, Scope
from reports.schedules.periods import Period


@dataclass(frozen=True)
class Window:
    """What a set of facts is about: a programme or a part of it, a period, and until when things had to be recorded to count."""

    programme: Programme
    period: Period
    cutoff: datetime
    scope: Scope = WHOLE

    @property
    def parameters(self) -> dict[str, Any]:
        """For the SQL below. `stock_at` is the instant at which the period ends at the duty station.

        A period that is still running ends with the cut-off as far as stocks, ages and memberships go, and what is due from the cut-off's
        day on is not due yet: `last_day` is the last day that has begun, `due_end` the first day of which nothing is late.
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
    """The SQL of a lateral row with the donor of a contribution as known before an instant; of one recorded later, as it was first recorded."""
    return f"""(SELECT told.donor_id FROM assistance_fundingevent told WHERE told.pgh_obj_id = {funding} AND told.pgh_label <> 'delete'
                ORDER BY told.pgh_created_at < %({known})s DESC,
                         CASE WHEN told.pgh_created_at < %({known})s THEN told.pgh_created_at END DESC, told.pgh_created_at, told.pgh_id DESC LIMIT 1)"""


def came(engagement: str, known: str) -> str:
    """The SQL condition that a country of the scope took part in some part of an engagement, as known before an instant."""
    return f"""EXISTS (
        SELECT FROM (SELECT DISTINCT ON (p.pgh_obj_id) p.* FROM assistance_engagementpartevent p WHERE p.engagement_id = {engagement}
                       AND p.pgh_created_at < %({known})s ORDER BY p.pgh_obj_id, p.pgh_created_at DESC, p.pgh_id DESC) known_part
        JOIN LATERAL (SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_countryparticipationevent WHERE part_id = known_part.pgh_obj_id
                        AND pgh_created_at < %({known})s ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC) known_row ON known_row.pgh_label <> 'delete'
        JOIN countries_country known_country ON known_country.id = known_row.country_id
        WHERE known_part.pgh_label <> 'delete' AND {within.countries("known_row.country_id", "known_country.region", "known_part.ends_on")})"""


def held(known: str, *, ahead: bool = True) -> str:
    """The SQL condition that a part has been held: its engagement is delivered, or goes on and somebody's participation in the part is reported.

    Without `ahead` it is asked only whether that was reported, whatever the engagement's last day.
    """
    goes_on = f" AND e.ends_on >= (%({known})s AT TIME ZONE %(zone)s)::date" if ahead else ""
    return f"""(e.state IN ('delivered', 'verified') OR (e.state = 'confirmed'{goes_on} AND EXISTS (
        SELECT FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_countryparticipationevent WHERE part_id = part.pgh_obj_id
                       AND pgh_created_at < %({known})s ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC) reported
        WHERE reported.pgh_label <> 'delete' AND {is_reported("reported", "part.ends_on")})))"""


def is_reported(row: str, last_day: str) -> str:
    """The SQL condition that a row of participation tells who came: numbers entered once its part was over; before, they were expected at most."""
    return f"""(COALESCE({row}.women, {row}.men, {row}.other, {row}.unknown) IS NOT NULL
        AND ({row}.pgh_created_at AT TIME ZONE %(zone)s)::date >= {last_day})"""


# The class of `age_days`, calendar days until the period's last day: since an open request was received, or accepted.
AGE = "CASE WHEN age_days <= 30 THEN 'month' WHEN age_days <= 91 THEN 'quarter' WHEN age_days <= 182 THEN 'half' ELSE 'longer' END"

# Holidays of the duty station as known at the cut-off. The first that were loaded, in one go with the programme, count as known ever since.
HOLIDAYS = """
CREATE TEMPORARY TABLE fact_holiday ON COMMIT DROP AS
SELECT day FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_holidayevent
    WHERE programme_id = %(programme)s AND (pgh_created_at < %(cutoff)s OR pgh_created_at = (
          SELECT min(pgh_created_at) FROM assistance_holidayevent WHERE programme_id = %(programme)s))
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest WHERE pgh_label <> 'delete'
"""

# Memberships in groups as known at the cut-off. What was loaded with the product counts as known since `recorded_at`.
MEMBERSHIPS = """
CREATE TEMPORARY TABLE fact_membership ON COMMIT DROP AS
SELECT latest.country_id, latest.group_id, g.code, latest.valid_from, latest.valid_until
FROM (
    SELECT DISTINCT ON (pgh_obj_id) *
    FROM countries_groupmembershipevent
    WHERE CASE WHEN pgh_label = 'insert' THEN recorded_at ELSE pgh_created_at END < %(cutoff)s
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest JOIN countries_countrygroup g ON g.id = latest.group_id
WHERE latest.pgh_label <> 'delete'
"""

# Requests received in the period. A received date is never changed once set and a submitted request never removed, so the present table's index
# finds the candidates; what is counted of them is read from history.
REQUESTS = f"""
CREATE TEMPORARY TABLE fact_request ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.title, h.received_on, h.state, h.country_id, c.iso3, c.region, p.code AS pillar, h.theme_codes, h.urgency,
       h.received_through, ARRAY(SELECT m.code FROM fact_membership m WHERE m.country_id = h.country_id AND m.valid_from <= h.received_on
                                 AND (m.valid_until IS NULL OR m.valid_until > h.received_on) ORDER BY m.code) AS groups
FROM assistance_assistancerequest r
CROSS JOIN LATERAL (
    SELECT * FROM assistance_requesthistory WHERE pgh_obj_id = r.id AND pgh_created_at < %(cutoff)s ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) h
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
CROSS JOIN LATERAL (
    SELECT * FROM assistance_requesthistory WHERE pgh_obj_id = r.id AND pgh_created_at < %(cutoff)s ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) h
JOIN countries_country c ON c.id = h.country_id
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
LEFT JOIN LATERAL (
    SELECT k.days_used FROM assistance_caseclock k
    WHERE k.request_id = r.id AND k.standard = 'decision' AND k."end" = 'act' AND k.ended_on = r.first_decided_on ORDER BY k.id LIMIT 1
) clock ON true
WHERE r.programme_id = %(programme)s AND r.first_decided_on >= %(start)s AND r.first_decided_on < %(end)s AND h.first_decided_on IS NOT NULL
  AND {within.countries("h.country_id", "c.region", "h.first_decided_on")} AND {within.pillar("h.pillar_id")} AND {within.ENGAGEMENT_ONLY}
"""

# Clocks due in the period, as they stood at the cut-off: kept, missed, or left out because the case was withdrawn or merged before. `is_first`: no
# decision had been taken on the case when the clock started (the programme's rules, section 6); on the day of the decision itself the instants say.
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
CROSS JOIN LATERAL (
    SELECT * FROM assistance_caseclockevent WHERE pgh_obj_id = candidate.pgh_obj_id AND pgh_created_at < %(cutoff)s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) k
JOIN assistance_assistancerequest r ON r.id = k.request_id AND r.programme_id = %(programme)s
JOIN countries_country c ON c.id = r.country_id
WHERE k.due_on >= %(start)s AND k.due_on < %(due_end)s AND k.paused_on IS NULL AND k.pgh_label <> 'delete'
  AND {within.countries("r.country_id", "c.region", "k.due_on")} AND {within.pillar_of_request("r.id")} AND {within.ENGAGEMENT_ONLY}
"""

# Engagements whose record was due in the period: so many working days after their last day (the standard in force then, the duty station's holidays).
RECORDS_DUE = f"""
CREATE TEMPORARY TABLE fact_record_due ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, due.day AS due_on, told.on_day AS ended_on, COALESCE(told.on_day <= due.day, false) AS kept
FROM (
    SELECT DISTINCT engagement_id FROM assistance_engagementpartevent WHERE ends_on >= %(start)s - 60 AND ends_on < %(end)s AND pgh_created_at < %(cutoff)s
) candidate
CROSS JOIN LATERAL (
    SELECT * FROM assistance_engagementhistory WHERE pgh_obj_id = candidate.engagement_id AND pgh_created_at < %(cutoff)s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) e
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
  AND due.day >= %(start)s AND due.day < %(due_end)s AND {within.pillar("e.pillar_id")} AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
  AND (%(donor)s::bigint IS NULL OR {donor_of("e.funding_id", "cutoff")} = %(donor)s)
  AND ((%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL) OR {came("e.pgh_obj_id", "cutoff")})
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
CROSS JOIN LATERAL (
    SELECT complete_since, pillar_id, lead_officer_id, turn, due_on FROM assistance_requesthistory WHERE pgh_obj_id = r.id AND pgh_created_at < %(stock_at)s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) h
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE s.state = ANY(%(open)s) AND s.entered_at < %(stock_at)s AND (s.left_at IS NULL OR s.left_at >= %(stock_at)s)
  AND {within.countries("r.country_id", "c.region", "%(last_day)s")} AND {within.pillar("h.pillar_id")} AND {within.ENGAGEMENT_ONLY}
"""

# Parts of engagements that ended in the period and were held, as recorded before the cut-off. An engagement is delivered after its last part; an
# earlier part of one that goes on counts as soon as somebody's participation in it is reported (the programme's rules, section 3).
PARTS = """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT part.pgh_obj_id AS id, part.engagement_id, e.reference, e.title, e.type, e.modality, pillar.code AS pillar, e.state, part.starts_on, part.ends_on,
       part.cost, part.days, part.hours, e.currency, e.ends_on AS engagement_ends_on, e.reach, e.funding_id, e.theme_codes,
       donor.id AS donor_id, donor.title AS donor
FROM ({candidates}) candidate
CROSS JOIN LATERAL (
    SELECT * FROM assistance_engagementpartevent WHERE pgh_obj_id = candidate.pgh_obj_id AND pgh_created_at < %({known})s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) part
CROSS JOIN LATERAL (
    SELECT * FROM assistance_engagementhistory WHERE pgh_obj_id = part.engagement_id AND pgh_created_at < %({known})s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) e
LEFT JOIN assistance_pillar pillar ON pillar.id = e.pillar_id
LEFT JOIN LATERAL {donor_of} funded ON true
LEFT JOIN assistance_donor donor ON donor.id = funded.donor_id
WHERE e.programme_id = %(programme)s AND e.pgh_label <> 'delete' AND part.pgh_label <> 'delete' AND {held}
  AND part.ends_on >= %(start)s AND part.ends_on < %(end)s AND (%(pillar)s::bigint IS NULL OR e.pillar_id = %(pillar)s)
  AND (%(donor)s::bigint IS NULL OR donor.id = %(donor)s) AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
"""
ENDED = (
    "SELECT DISTINCT pgh_obj_id FROM assistance_engagementpartevent WHERE ends_on >= %(start)s AND ends_on < %(end)s AND pgh_created_at < %({known})s"
)
# Parts about which something was recorded between two cut-offs: of the part, of its engagement, or of who took part.
TOUCHED = """
SELECT DISTINCT p.pgh_obj_id FROM assistance_engagementpartevent p WHERE p.ends_on < %(end)s AND p.engagement_id IN (
    SELECT pgh_obj_id FROM assistance_engagementhistory WHERE pgh_created_at >= %(old)s AND pgh_created_at < %(cutoff)s
    UNION SELECT engagement_id FROM assistance_engagementpartevent WHERE pgh_created_at >= %(old)s AND pgh_created_at < %(cutoff)s
    UNION SELECT q.engagement_id FROM assistance_countryparticipationevent c JOIN assistance_engagementpartevent q ON q.pgh_obj_id = c.part_id
          WHERE c.pgh_created_at >= %(old)s AND c.pgh_created_at < %(cutoff)s)
"""


def parts(table: str, known: str, *, candidates: str = "", ahead: bool = True) -> str:
    """The SQL of a table of parts held, as known before an instant: those that ended in the period, unless other candidates are given."""
    found = candidates or ENDED.format(known=known)
    return PARTS.format(table=table, known=known, candidates=found, held=held(known, ahead=ahead), donor_of=donor_of("e.funding_id", known))


# Who took part in those parts.
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
JOIN LATERAL (
    SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_countryparticipationevent WHERE part_id = f.id AND pgh_created_at < %({known})s
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) row ON row.pgh_label <> 'delete'
JOIN countries_country c ON c.id = row.country_id
WHERE (f.state <> 'confirmed' OR """
    + is_reported("row", "f.ends_on")
    + """)
  AND """
    + within.countries("row.country_id", "c.region", "f.ends_on")
)

# Engagements whose last part ended in the period. Of some countries, those in any part of which they took part.
DELIVERED = f"""
CREATE TEMPORARY TABLE fact_delivered ON COMMIT DROP AS
SELECT DISTINCT engagement_id AS id, type, pillar, modality, theme_codes, state FROM fact_part
WHERE state IN ('delivered', 'verified') AND engagement_ends_on >= %(start)s AND engagement_ends_on < %(end)s
  AND ((%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL) OR {came("fact_part.engagement_id", "cutoff")})
"""

# Of some countries, only the parts in which they took part. A part's cost is its whole cost: it is not told apart by country.
ONLY_THEIR_PARTS = "DELETE FROM {parts} f WHERE NOT EXISTS (SELECT FROM {rows} p WHERE p.part_id = f.id)"


# Every country that a part had reached by the end of the period, as known at the cut-off.
REACHED = f"""
CREATE TEMPORARY TABLE fact_reached ON COMMIT DROP AS
SELECT row.country_id, max(part.ends_on) AS last_on
FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_countryparticipationevent WHERE pgh_created_at < %(cutoff)s
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) row
CROSS JOIN LATERAL (
    SELECT * FROM assistance_engagementpartevent WHERE pgh_obj_id = row.part_id AND pgh_created_at < %(cutoff)s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) part
CROSS JOIN LATERAL (
    SELECT * FROM assistance_engagementhistory WHERE pgh_obj_id = part.engagement_id AND pgh_created_at < %(cutoff)s
    ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) e
WHERE row.pgh_label <> 'delete' AND part.pgh_label <> 'delete' AND e.pgh_label <> 'delete'
  AND e.programme_id = %(programme)s AND {held("cutoff")} AND part.ends_on < %(end)s
  AND (e.state <> 'confirmed' OR {is_reported("row", "part.ends_on")})
  AND (%(pillar)s::bigint IS NULL OR e.pillar_id = %(pillar)s)
GROUP BY row.country_id
"""

# Imported records of others without dates: entered in the period.
RECORDS = f"""
CREATE TEMPORARY TABLE fact_record ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, e.organisation, e.budget, e.expense, e.currency
FROM assistance_engagement present
CROSS JOIN LATERAL (
    SELECT * FROM assistance_engagementhistory WHERE pgh_obj_id = present.id AND pgh_created_at < %(cutoff)s ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) e
WHERE present.programme_id = %(programme)s AND present.origin = 'imported' AND e.state = 'recorded' AND e.pgh_label <> 'delete'
  AND (present.created_at AT TIME ZONE %(zone)s)::date >= %(start)s AND (present.created_at AT TIME ZONE %(zone)s)::date < %(end)s
  AND {within.pillar("e.pillar_id")} AND {within.ENGAGEMENT_ONLY}
  AND ((%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL) OR EXISTS (
       SELECT FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_recordedcountryevent WHERE engagement_id = e.pgh_obj_id
                      AND pgh_created_at < %(cutoff)s ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC) n JOIN countries_country c ON c.id = n.country_id
       WHERE n.pgh_label <> 'delete' AND {within.countries("n.country_id", "c.region", "%(last_day)s")}))
"""

TABLES = (
    "fact_participation",
    "fact_part",
    "fact_delivered",
    "fact_record",
    "fact_record_due",
    "fact_reached",
    "fact_open",
    "fact_clock",
    "fact_decision",
    "fact_request",
    "fact_membership",
    "fact_holiday",
)


def gather(window: Window) -> None:
    """Makes the fact tables of a window. Runs inside a transaction, which they do not outlive."""
    statements = [
        MEMBERSHIPS,
        HOLIDAYS,
        REQUESTS,
        DECISIONS,
        CLOCKS.format(table="fact_clock", only=""),
        STOCK,
        parts("fact_part", "cutoff"),
        PARTICIPATION.format(table="fact_participation", parts="fact_part", known="cutoff"),
        DELIVERED,
        *([ONLY_THEIR_PARTS.format(parts="fact_part", rows="fact_participation")] if window.scope.narrows_countries else []),
        REACHED,
        RECORDS,
        RECORDS_DUE,
    ]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS " + ", ".join(TABLES))
        for statement in statements:
            cursor.execute(statement, window.parameters)


def gather_by_end(window: Window) -> None:
    """What was known already when the period ended, in tables of its own; after `gather`, for the one window whose rows are listed."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS fact_participation_by_end, fact_part_by_end")
        cursor.execute(parts("fact_part_by_end", "stock_at"), window.parameters)
        cursor.execute(PARTICIPATION.format(table="fact_participation_by_end", parts="fact_part_by_end", known="stock_at"), window.parameters)


def gather_decisions_due(window: Window) -> None:
    """Clocks of decisions alone, due in the window, in a table of their own; after `gather`."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS fact_decision_due")
        cursor.execute(CLOCKS.format(table="fact_decision_due", only=" AND standard = 'decision'"), window.parameters)


def gather_late(previous: Window, cutoff: datetime) -> None:
    """Parts that ended before our period and were first recorded as held after the cut-off of the period before, in a table of their own.

    However long before: what came after two cut-offs is counted in no period's report either.
    """
    parameters = previous.parameters | {"start": date.min, "cutoff": cutoff, "old": previous.cutoff}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS fact_late, fact_late_now, fact_late_then")
        cursor.execute(parts("fact_late_now", "cutoff", candidates=TOUCHED), parameters)
        cursor.execute(parts("fact_late_then", "old", candidates="SELECT id AS pgh_obj_id FROM fact_late_now", ahead=False), parameters)
        cursor.execute(
            "CREATE TEMPORARY TABLE fact_late ON COMMIT DROP AS SELECT * FROM fact_late_now WHERE id NOT IN (SELECT id FROM fact_late_then)"
        )
        if previous.scope.narrows_countries:
            cursor.execute("DROP TABLE IF EXISTS fact_late_participation")
            cursor.execute(PARTICIPATION.format(table="fact_late_participation", parts="fact_late", known="cutoff"), parameters)
            cursor.execute(ONLY_THEIR_PARTS.format(parts="fact_late", rows="fact_late_participation"))
