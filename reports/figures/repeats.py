"""Requests that repeat what the same country asked for before."""

from __future__ import annotations

from reports.figures.beginnings import continued
from reports.figures.counting import Figures, add_figure, fetch_rows
from reports.figures.facts import FigureWindow
from reports.figures.history import row_as_of

MONTHS = 24  # how long before

# What the countries that asked in the period had asked for so long before: history is read once a
# request, however many it stands beside.
EARLIER = f"""
SELECT r.id, r.country_id, r.received_on, r.submitted_at, p.code AS pillar, h.theme_codes
FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id", columns="pillar_id, theme_codes")} h
JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE r.programme_id = %(programme)s AND r.country_id IN (SELECT country_id FROM fact_request)
  AND r.received_on >= (%(start)s - interval '{MONTHS} months')::date AND r.received_on < %(end)s
"""
# Which of two came first is said by the day of receipt and, on one day, by the instant of
# submission.
# Both stay as they were once set.
PAIRS = f"""
SELECT f.id, earlier.id AS earlier FROM fact_request f
JOIN assistance_assistancerequest mine ON mine.id = f.id
JOIN earlier ON earlier.country_id = f.country_id AND earlier.pillar = f.pillar
 AND earlier.received_on >= (f.received_on - interval '{MONTHS} months')::date
 AND (earlier.received_on, earlier.submitted_at, earlier.id) < (f.received_on, mine.submitted_at, f.id)
 AND earlier.theme_codes && f.theme_codes
"""
REPEATED = f"""
WITH RECURSIVE earlier AS MATERIALIZED ({EARLIER}), pair AS MATERIALIZED ({PAIRS}),
{continued("SELECT id FROM pair UNION SELECT earlier FROM pair")}
SELECT count(DISTINCT id), array_agg(DISTINCT id ORDER BY id) FROM (
    SELECT id, earlier FROM pair
    EXCEPT SELECT a.id, b.id FROM continued a JOIN continued b USING (home)
) repeated
"""


def repeats(window: FigureWindow, figures: Figures) -> None:
    """Requests received with country, pillar and a theme in common with an earlier one, as known at
    the cut-off; not those merged with it."""
    ((count, ids),) = fetch_rows(REPEATED, window.parameters)
    add_figure(figures, "requests_repeated", count, ids)
