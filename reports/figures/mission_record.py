"""What a mission report says of its engagement beside figures, as known at the cut-off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from reports.figures.counting import as_text, fetch_rows
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import row_as_of, rows_as_of

ENGAGEMENT = row_as_of("assistance_engagementhistory", "%(engagement)s")
PARTS = rows_as_of("assistance_engagementpartevent", "engagement_id = %(engagement)s")
STEPS = rows_as_of("assistance_nextstepevent", "engagement_id = %(engagement)s")
PARTICIPATION = rows_as_of("assistance_countryparticipationevent", "part_id = part.pgh_obj_id")

WORDS = ("reference", "title", "type", "modality", "place", "state")
DATES = ("starts_on", "ends_on")
STORY = ("partners", "objectives", "outcome", "follow_up", "reach", "reach_method")
OF_PART = ("number", "title", *DATES, "days", "hours")
OF_COUNTRY = ("country", "women", "men", "other", "unknown", "institutions")
OF_STEP = ("side", "country", "what", "due_on", "done_on")

RECORD = f"SELECT {', '.join((*WORDS, *DATES, *STORY))} FROM {ENGAGEMENT} e"
HELD_OR_PLANNED = f"""
SELECT {", ".join(OF_PART)} FROM {PARTS} part
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


def mission_record(engagement: int, window: FigureWindow) -> dict[str, Any]:
    """One engagement: what was planned and came of it, its parts, who came from where, the requests
    that it serves, its next steps."""
    about = window.parameters | {"engagement": engagement}
    (record,) = (
        dict(zip((*WORDS, *DATES, *STORY), row, strict=True)) for row in fetch_rows(RECORD, about)
    )
    return (
        record
        | {name: as_text(record[name]) for name in DATES}
        | {
            "requests": [reference for (reference,) in fetch_rows(SERVED, about)],
            "parts": [texts(OF_PART, row) for row in fetch_rows(HELD_OR_PLANNED, about)],
            "participation": [
                dict(zip(OF_COUNTRY, row, strict=True)) for row in fetch_rows(WHO_CAME, about)
            ],
            "steps": [texts(OF_STEP, row) for row in fetch_rows(WHAT_FOLLOWS, about)],
        }
    )


def texts(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, str | None]:
    """A row with its values as text, by name."""
    return dict(zip(names, map(as_text, row), strict=True))


def dates_of(engagement: int, cutoff: datetime) -> tuple[date, date] | None:
    """First and last day of an engagement as known at a cut-off; None where it had no dates then."""
    known = fetch_rows(
        f"SELECT starts_on, ends_on FROM {ENGAGEMENT} e",
        {"engagement": engagement, "cutoff": cutoff},
    )
    return (known[0][0], known[0][1]) if known and known[0][1] is not None else None
