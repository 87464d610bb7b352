"""What a mission report says of its engagement beside figures, as known at the cut-off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from reports.figures.counting import as_text, fetch_rows
from reports.figures.facts import FigureWindow
from reports.figures.history import row_as_of, rows_as_of

ENGAGEMENT = row_as_of("assistance_engagementhistory", "%(engagement)s")
PARTS = rows_as_of("assistance_engagementpartevent", "engagement_id = %(engagement)s")


def mission_record(engagement: int, window: FigureWindow) -> dict[str, Any]:
    """One engagement: what was planned and came of it, its parts, who came from where, the requests
    that it serves, its next steps."""
    about = window.parameters | {"engagement": engagement}
    (
        (
            reference,
            title,
            kind,
            modality,
            place,
            starts_on,
            ends_on,
            partners,
            objectives,
            outcome,
            follow_up,
            reach,
            reach_method,
            state,
        ),
    ) = fetch_rows(
        f"""SELECT reference, title, type, modality, place, starts_on, ends_on, partners,
                objectives, outcome, follow_up, reach, reach_method, state
           FROM {ENGAGEMENT} e""",
        about,
    )
    parts = fetch_rows(
        f"""SELECT number, title, starts_on, ends_on, days, hours FROM {PARTS} part
           WHERE pgh_label <> 'delete' AND struck_on IS NULL ORDER BY number""",
        about,
    )
    came = fetch_rows(
        f"""SELECT c.iso3, sum(row.women), sum(row.men), sum(row.other), sum(row.unknown), string_agg(DISTINCT nullif(row.institutions, ''), '; ')
           FROM {PARTS} part
           CROSS JOIN LATERAL {rows_as_of("assistance_countryparticipationevent", "part_id = part.pgh_obj_id")} row
           JOIN countries_country c ON c.id = row.country_id
           WHERE part.pgh_label <> 'delete' AND part.struck_on IS NULL AND row.pgh_label <> 'delete' AND NOT row.is_expected
           GROUP BY c.iso3 ORDER BY c.iso3""",
        about,
    )
    served = fetch_rows(
        """SELECT r.reference FROM assistance_engagementrequest l JOIN assistance_assistancerequest r ON r.id = l.request_id
           WHERE l.engagement_id = %(engagement)s AND l.linked_at < %(cutoff)s AND r.reference IS NOT NULL ORDER BY r.reference""",
        about,
    )
    steps = fetch_rows(
        f"""SELECT step.side, c.iso3, step.what, step.due_on, step.done_on
           FROM {rows_as_of("assistance_nextstepevent", "engagement_id = %(engagement)s")} step
           LEFT JOIN countries_country c ON c.id = step.country_id WHERE step.pgh_label <> 'delete' ORDER BY step.due_on, step.pgh_obj_id""",
        about,
    )
    return {
        "reference": reference,
        "title": title,
        "type": kind,
        "modality": modality,
        "place": place,
        "state": state,
        "starts_on": as_text(starts_on),
        "ends_on": as_text(ends_on),
        "partners": partners,
        "objectives": objectives,
        "outcome": outcome,
        "follow_up": follow_up,
        "reach": reach,
        "reach_method": reach_method,
        "requests": [ref for (ref,) in served],
        "parts": [
            dict(
                zip(
                    ("number", "title", "starts_on", "ends_on", "days", "hours"),
                    map(as_text, row),
                    strict=True,
                )
            )
            for row in parts
        ],
        "participation": [
            dict(
                zip(
                    ("country", "women", "men", "other", "unknown", "institutions"),
                    row,
                    strict=True,
                )
            )
            for row in came
        ],
        "steps": [
            dict(
                zip(
                    ("side", "country", "what", "due_on", "done_on"), map(as_text, row), strict=True
                )
            )
            for row in steps
        ],
    }


def dates_of(engagement: int, cutoff: datetime) -> tuple[date, date] | None:
    """First and last day of an engagement as known at a cut-off; None where it had no dates then."""
    known = fetch_rows(
        f"SELECT starts_on, ends_on FROM {ENGAGEMENT} e",
        {"engagement": engagement, "cutoff": cutoff},
    )
    return (known[0][0], known[0][1]) if known and known[0][1] is not None else None
