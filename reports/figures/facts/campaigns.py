"""Campaigns delivered."""

from __future__ import annotations

from assistance.requests.choices import AssistanceType
from reports.figures.history import row_as_of

# Campaigns delivered in the period, with how many people they reached and how that was estimated.
CAMPAIGNS = f"""
CREATE TEMPORARY TABLE fact_campaign ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, e.reach, e.reach_method FROM fact_delivered d
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "d.id")} e
  WHERE e.type = '{AssistanceType.CAMPAIGN}'
"""
