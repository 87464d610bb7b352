"""What people of engagements learnt and said: tests of those that ended in a period, and surveys that
were closed in it, as known at the cut-off.

Both are of everybody who came: they cannot be narrowed to a country.
"""

from __future__ import annotations

from assistance.evaluation.choices import FEWEST
from reports.figures import scope as within
from reports.figures.facts.engagements import donor_of
from reports.figures.history import row_as_of

# Of each engagement delivered, the last sheet of scores; not where fewer than five people have both
# tests. Source: the rules of the programme, section 9.
TESTS = f"""
CREATE TEMPORARY TABLE fact_test ON COMMIT DROP AS
SELECT d.id, d.pillar, d.theme_codes, sheet.tested, sheet.improved, sheet.gain
FROM fact_delivered d
CROSS JOIN LATERAL (
    SELECT tested, improved, gain FROM assistance_scoresheet
    WHERE engagement_id = d.id AND recorded_at < %(cutoff)s ORDER BY recorded_at DESC, id DESC LIMIT 1
) sheet
WHERE sheet.tested >= {FEWEST}
"""

# Surveys that were closed in the period. Their numbers do not change after that.
SURVEYS = f"""
CREATE TEMPORARY TABLE fact_survey ON COMMIT DROP AS
SELECT s.id, s.engagement_id, e.reference, e.title, s.wave::text AS months, pillar.code AS pillar,
  e.theme_codes, s.closed_on, s.asked, s.answered, s.rated, s.satisfied, s.told_use, s.in_use,
  s.told_results, s.with_results
FROM assistance_survey s
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "s.engagement_id")} e
LEFT JOIN assistance_pillar pillar ON pillar.id = e.pillar_id
WHERE s.closed_on >= %(start)s AND s.closed_on < %(end)s AND s.closed_at < %(cutoff)s
  AND e.programme_id = %(programme)s AND e.pgh_label <> 'delete'
  AND {within.pillar("e.pillar_id")}
  AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
  AND (%(donor)s::bigint IS NULL OR {donor_of("e.funding_id", "cutoff")} = %(donor)s)
"""
