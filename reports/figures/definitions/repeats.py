"""Requests that repeat what the same country asked for before."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.definition import Definition
from reports.figures.facts.beginnings import continued
from reports.figures.history import row_as_of
from reports.figures.measures import Count
from reports.figures.units import COUNT

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
REPEATED = f"""(
WITH RECURSIVE earlier AS MATERIALIZED ({EARLIER}), pair AS MATERIALIZED ({PAIRS}),
{continued("SELECT id FROM pair UNION SELECT earlier FROM pair")}
SELECT DISTINCT id FROM (
    SELECT id, earlier FROM pair
    EXCEPT SELECT a.id, b.id FROM continued a JOIN continued b USING (home)
) repeated)"""


REPEAT_FIGURES = (
    Definition(
        "requests_repeated",
        _("Repeated requests"),
        COUNT,
        _(
            "Requests received in the period from a country that had submitted another one "
            "of the same pillar, with a theme in common, in the 24 months before; those "
            "that were merged with it are left out."
        ),
        "request",
        measure=Count(source=REPEATED),
    ),
)
