"""Treaties that countries signed and joined, sessions to which they were brought, tools that were
used."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countries.instruments.choices import Action
from reports.figures.audiences import DONOR
from reports.figures.definition import Definition, Split
from reports.figures.facts.tables import text_array
from reports.figures.measures import Count
from reports.figures.scope import ReportScope
from reports.figures.units import COUNT

NEARER = text_array((Action.SIGNED, Action.RATIFIED, Action.ACCEDED))


def is_of_countries(scope: ReportScope) -> bool:
    """What countries did about treaties is of no pillar, donor or engagement."""
    return not (scope.pillar or scope.donor or scope.engagement)


PROCESS_FIGURES = (
    Definition(
        "treaty_actions",
        _("Signatures, ratifications and accessions"),
        COUNT,
        _(
            "Signatures, ratifications and accessions of countries to the instruments that the"
            " programme serves, whose day falls in the period. What is known by its month or year"
            " alone counts where all of that lies in the period; organisations do not count."
        ),
        "treaty_action",
        measure=Count(source="fact_treaty_action", where=f"action = ANY({NEARER})"),
        splits=(
            Split("treaty_action", "action"),
            Split("instrument"),
            Split("region"),
            Split("group", "groups", many=True),
        ),
        better="up",
        applies=is_of_countries,
    ),
    Definition(
        "attendances_supported",
        _("Attendance that was supported"),
        COUNT,
        _(
            "Countries at sessions and consultations that ended in the period, once each, to which"
            " somebody of the country was brought by an engagement of the programme, as far as"
            " their attendance is entered."
        ),
        "attendance",
        measure=Count(source="fact_attendance"),
        splits=(Split("process"), Split("region"), Split("group", "groups", many=True)),
        better="up",
    ),
    Definition(
        "engagements_with_tool",
        _("Engagements that used a tool"),
        COUNT,
        _(
            "Engagements delivered, whose last part ended in the period, in which one tool or more"
            " was used."
        ),
        "engagement",
        measure=Count(source="fact_delivered", where="cardinality(tool_codes) > 0"),
        splits=(Split("tool", "tool_codes", many=True),),
        better="up",
        audiences=(DONOR,),
        whole="engagements_delivered",
    ),
)
