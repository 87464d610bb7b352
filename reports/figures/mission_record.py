"""What a mission report says of its engagement beside figures, as known at the cut-off."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from reports.figures.counting import as_text, fetch_rows
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import row_as_of, rows_as_of
from reports.snapshots.types import MissionData, MissionPart, MissionParticipation, MissionStep

ENGAGEMENT = row_as_of("assistance_engagementhistory", "%(engagement)s")
PARTS = rows_as_of("assistance_engagementpartevent", "engagement_id = %(engagement)s")
STEPS = rows_as_of("assistance_nextstepevent", "engagement_id = %(engagement)s")
PARTICIPATION = rows_as_of("assistance_countryparticipationevent", "part_id = part.pgh_obj_id")

RECORD = f"""
SELECT reference, title, type, modality, place, state, starts_on, ends_on, partners, objectives,
       outcome, follow_up, reach, reach_method
FROM {ENGAGEMENT} e
"""
HELD_OR_PLANNED = f"""
SELECT number, title, starts_on, ends_on, days, hours FROM {PARTS} part
WHERE pgh_label <> 'delete' AND struck_on IS NULL ORDER BY number
"""
WHO_CAME = f"""
SELECT c.iso3, sum(row.women), sum(row.men), sum(row.other), sum(row.unknown),
       string_agg(DISTINCT nullif(row.institutions, ''), '; ')
FROM {PARTS} part CROSS JOIN LATERAL {PARTICIPATION} row
JOIN countries_country c ON c.id = row.country_id
WHERE part.pgh_label <> 'delete' AND part.struck_on IS NULL
  AND row.pgh_label <> 'delete' AND NOT row.is_expected
GROUP BY c.iso3 ORDER BY c.iso3
"""
SERVED = """
SELECT r.reference FROM assistance_engagementrequest l
JOIN assistance_assistancerequest r ON r.id = l.request_id
WHERE l.engagement_id = %(engagement)s AND l.linked_at < %(cutoff)s AND r.reference IS NOT NULL
ORDER BY r.reference
"""
WHAT_FOLLOWS = f"""
SELECT step.side, c.iso3, step.what, step.due_on, step.done_on FROM {STEPS} step
LEFT JOIN countries_country c ON c.id = step.country_id
WHERE step.pgh_label <> 'delete' ORDER BY step.due_on, step.pgh_obj_id
"""


def mission_record(engagement: int, window: FigureWindow) -> MissionData:
    """One engagement: what was planned and came of it, its parts, who came from where, the requests
    that it serves, its next steps."""
    about = window.parameters | {"engagement": engagement}
    ((reference, title, kind, modality, place, state, first, last, *story),) = fetch_rows(
        RECORD, about
    )
    partners, objectives, outcome, follow_up, reach, reach_method = story
    return MissionData(
        reference=reference,
        title=title,
        type=kind,
        modality=modality,
        place=place,
        state=state,
        starts_on=as_text(first),
        ends_on=as_text(last),
        partners=partners,
        objectives=objectives,
        outcome=outcome,
        follow_up=follow_up,
        reach=reach,
        reach_method=reach_method,
        requests=[case for (case,) in fetch_rows(SERVED, about)],
        parts=[mission_part(*row) for row in fetch_rows(HELD_OR_PLANNED, about)],
        participation=[mission_participation(*row) for row in fetch_rows(WHO_CAME, about)],
        steps=[mission_step(*row) for row in fetch_rows(WHAT_FOLLOWS, about)],
    )


def mission_part(
    number: int,
    title: str,
    first: date | None,
    last: date | None,
    days: Decimal | None,
    hours: Decimal | None,
) -> MissionPart:
    """A part, as text."""
    return MissionPart(
        number=str(number),
        title=title,
        starts_on=as_text(first),
        ends_on=as_text(last),
        days=as_text(days),
        hours=as_text(hours),
    )


def mission_participation(
    country: str,
    women: int | None,
    men: int | None,
    other: int | None,
    unknown: int | None,
    institutions: str | None,
) -> MissionParticipation:
    """Who came from a country."""
    return MissionParticipation(
        country=country,
        women=women,
        men=men,
        other=other,
        unknown=unknown,
        institutions=institutions,
    )


def mission_step(
    side: str, country: str | None, what: str, due: date | None, done: date | None
) -> MissionStep:
    """What follows, as text."""
    return MissionStep(
        side=side, country=country, what=what, due_on=as_text(due), done_on=as_text(done)
    )


def dates_of(engagement: int, cutoff: datetime) -> tuple[date, date] | None:
    """First and last day of an engagement as known at a cut-off; None where it had no dates then."""
    known = fetch_rows(
        f"SELECT starts_on, ends_on FROM {ENGAGEMENT} e",
        {"engagement": engagement, "cutoff": cutoff},
    )
    return (known[0][0], known[0][1]) if known and known[0][1] is not None else None
