"""What a country brief says of its country beside figures, as known at the cut-off."""

from __future__ import annotations

from datetime import date

from reports.figures.counting import fetch_rows
from reports.figures.facts.engagements import took_part_condition
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import row_as_of, rows_as_of
from reports.snapshots.types import ProfileData, ProfileRequest, ProfileStep

GROUPS = """
SELECT code FROM fact_membership WHERE country_id = %(country)s AND valid_from <= %(last_day)s
  AND (valid_until IS NULL OR valid_until > %(last_day)s) ORDER BY code
"""
REQUESTS = f"""
SELECT h.reference, h.title, h.received_on, h.state, p.code FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id")} h
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE r.programme_id = %(programme)s AND r.country_id = %(country)s
  AND r.received_on < %(end)s AND h.received_on IS NOT NULL
ORDER BY h.received_on DESC, h.reference DESC
"""
KNOWN_STEPS = rows_as_of(
    "assistance_nextstepevent", "(country_id = %(country)s OR country_id IS NULL)"
)
STEPS = f"""
SELECT e.reference, step.side, step.what, step.due_on, step.country_id IS NULL
FROM {KNOWN_STEPS} step
JOIN assistance_engagement e ON e.id = step.engagement_id AND e.programme_id = %(programme)s
WHERE step.pgh_label <> 'delete' AND (step.done_on IS NULL OR step.done_on >= %(end)s)
  AND (step.country_id IS NOT NULL OR {took_part_condition("e.id", "cutoff")})
ORDER BY step.due_on, step.pgh_obj_id
"""


def country_profile(country: int, window: FigureWindow) -> ProfileData:
    """A country's groups on the period's last day, all its requests to the programme, and what of
    engagements it is still to do or to get.

    `for_all` are steps of ours for all countries of an engagement that concerns it: what they say
    may be of the others.
    """
    about = window.parameters | {"country": country}
    return ProfileData(
        groups=[code for (code,) in fetch_rows(GROUPS, about)],
        requests=[
            ProfileRequest(
                reference=reference, title=title, received_on=str(day), state=state, pillar=pillar
            )
            for reference, title, day, state, pillar in fetch_rows(REQUESTS, about)
        ],
        steps=[profile_step(*row) for row in fetch_rows(STEPS, about)],
    )


def profile_step(engagement: str, side: str, what: str, due: date, for_all: bool) -> ProfileStep:
    """A step that is not done."""
    step = ProfileStep(engagement=engagement, side=side, what=what, due_on=str(due))
    if for_all:
        step["for_all"] = True
    return step
