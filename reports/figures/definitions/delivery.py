"""What was done. An engagement counts in the period of its last part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures import scope as within
from reports.figures.audiences import EVERYBODY
from reports.figures.definition import Definition, Split
from reports.figures.facts.engagements import donor_of, took_part_condition
from reports.figures.history import row_as_of
from reports.figures.measures import Count
from reports.figures.units import COUNT

THEIRS = within.countries("step.country_id", "c.region", "%(last_day)s")
CONCERNS = took_part_condition("e.pgh_obj_id", "cutoff", held_only=False)
# Engagements with next steps that were due by the end of the period and not done, as known at the
# cut-off: looked for among the steps that are open now or were done after the period, and those of
# which something was recorded since the cut-off, not among all that were ever done. Of some
# countries: their own steps, the programme's towards them, and the programme's for everybody in an
# engagement that concerns them.
STEPS_OVERDUE = f"""(
    SELECT DISTINCT step.engagement_id AS id
    FROM (
        SELECT id FROM assistance_nextstep WHERE done_on IS NULL OR done_on >= %(end)s
        UNION SELECT pgh_obj_id FROM assistance_nextstepevent WHERE pgh_created_at >= %(cutoff)s
    ) candidate
    CROSS JOIN LATERAL {row_as_of("assistance_nextstepevent", "candidate.id")} step
    CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "step.engagement_id")} e
    LEFT JOIN countries_country c ON c.id = step.country_id
    WHERE step.pgh_label <> 'delete' AND step.due_on < %(due_end)s
      AND (step.done_on IS NULL OR step.done_on >= %(end)s)
      AND e.programme_id = %(programme)s AND e.state <> 'cancelled' AND NOT e.did_not_take_place
      AND (%(donor)s::bigint IS NULL OR {donor_of("e.funding_id", "cutoff")} = %(donor)s)
      AND {within.pillar("e.pillar_id")}
      AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
      AND CASE WHEN step.country_id IS NOT NULL THEN {THEIRS}
               ELSE {within.ALL_COUNTRIES} OR {CONCERNS} END)"""


DELIVERY_FIGURES = (
    Definition(
        "engagements_delivered",
        _("Engagements delivered"),
        COUNT,
        _(
            "Engagements recorded as delivered whose last part ended in the period. A country's"
            " are those in any part of which it took part."
        ),
        "engagement",
        measure=Count(source="fact_delivered"),
        splits=(
            Split("type"),
            Split("pillar"),
            Split("modality"),
            Split("theme", "theme_codes", many=True),
        ),
        better="up",
        audiences=EVERYBODY,
    ),
    Definition(
        "engagements_not_verified",
        _("Of which not verified yet"),
        COUNT,
        _("Delivered engagements that nobody but the recorder had confirmed by the cut-off."),
        "engagement",
        measure=Count(source="fact_delivered", where="state = 'delivered'"),
    ),
    Definition(
        "steps_overdue",
        _("Engagements with steps overdue"),
        COUNT,
        _(
            "Engagements of which a next step, ours or a country's, was due by the end of the"
            " period and not done; of a country, its own steps and ours that are for it, or for"
            " all countries of an engagement that concerns it."
        ),
        "engagement",
        measure=Count(source=STEPS_OVERDUE),
        better="down",
    ),
)
