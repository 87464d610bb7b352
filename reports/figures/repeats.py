"""Requests that repeat what the same country asked for before."""

from __future__ import annotations

from reports.figures.beginnings import continued
from reports.figures.counting import Figures, put, query
from reports.figures.facts import Window

MONTHS = 24  # how long before

# Which of two came first is said by the day of receipt and, on one day, by the instant of submission.
# Both stay as they were once set.
PAIRS = f"""
SELECT f.id, other.id AS earlier FROM fact_request f
JOIN assistance_assistancerequest mine ON mine.id = f.id
JOIN assistance_assistancerequest other
  ON other.programme_id = %(programme)s AND other.country_id = f.country_id AND other.id <> f.id
 AND other.received_on >= (f.received_on - interval '{MONTHS} months')::date
 AND (other.received_on, other.submitted_at, other.id) < (f.received_on, mine.submitted_at, f.id)
CROSS JOIN LATERAL (
    SELECT * FROM assistance_requesthistory WHERE pgh_obj_id = other.id
       AND pgh_created_at < %(cutoff)s ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1
) h
JOIN assistance_pillar p ON p.id = h.pillar_id AND p.code = f.pillar
WHERE h.theme_codes && f.theme_codes
"""
REPEATED = f"""
WITH RECURSIVE pair AS ({PAIRS}), {continued("SELECT id FROM pair UNION SELECT earlier FROM pair")}
SELECT count(DISTINCT id), array_agg(DISTINCT id ORDER BY id) FROM pair WHERE NOT EXISTS (
    SELECT FROM continued a JOIN continued b USING (home)
    WHERE a.id = pair.id AND b.id = pair.earlier)
"""


def repeats(window: Window, figures: Figures) -> None:
    """Requests received with country, pillar and a theme in common with an earlier one, as known at
    the cut-off; not those merged with it."""
    ((count, ids),) = query(REPEATED, window.parameters)
    put(figures, "requests_repeated", count, ids)
