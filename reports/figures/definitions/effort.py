"""What was given beside numbers of people: training, reach of campaigns, cost per participation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assistance.requests.choices import AssistanceType
from reports.figures.audiences import DONOR, EVERYBODY
from reports.figures.definition import Definition
from reports.figures.definitions.cost import HAS_BOTH, PARTS, engagements
from reports.figures.facts.tables import text_array
from reports.figures.measures import Quotient, Sum
from reports.figures.units import COUNT, HOURS, MONEY, PEOPLE, WHOLE_DAYS

TRAINING = text_array(
    (
        AssistanceType.TRAINING,
        AssistanceType.WORKSHOP,
        AssistanceType.MENTORING,
        AssistanceType.STUDY_VISIT,
    )
)


def training(column: str) -> Sum:
    """The sum of a column over the parts of training that state it."""
    return Sum(
        source=PARTS,
        where=f"type = ANY({TRAINING})",
        column=column,
        decimal=True,
        key="engagement_id",
        distinct=True,
        says_stated=True,
    )


EFFORT_FIGURES = (
    Definition(
        "training_days",
        _("Days of training"),
        WHOLE_DAYS,
        _(
            "Days of the held parts of courses, workshops, mentoring and study visits that ended in"
            " the period, where they are recorded."
        ),
        "engagement",
        measure=training("days"),
        better="up",
        audiences=EVERYBODY,
    ),
    Definition(
        "training_hours",
        _("Hours of training"),
        HOURS,
        _(
            "Hours of the held parts of courses, workshops, mentoring and study visits that ended"
            " in the period, where they are recorded."
        ),
        "engagement",
        measure=training("hours"),
        better="up",
        audiences=EVERYBODY,
    ),
    Definition(
        "reach",
        _("People reached by campaigns"),
        PEOPLE,
        _(
            "Sum of the reach of campaigns delivered in the period, each estimated by its own"
            " method; never added to participations."
        ),
        "engagement",
        measure=Sum(source="fact_campaign", column="reach", says_stated=True),
        better="up",
        audiences=(DONOR,),
    ),
    Definition(
        "cost_per_participation",
        _("Cost per participation"),
        MONEY,
        _(
            "Cost in the programme's currency divided by participations, over parts that "
            "ended in the period and have both; of some countries, over parts in which "
            "nobody else took part."
        ),
        "engagement",
        measure=Quotient(
            source=PARTS,
            where=HAS_BOTH,
            dividend="cost",
            divisor="people",
            key="engagement_id",
            distinct=True,
        ),
        audiences=(DONOR,),
    ),
    Definition(
        "cost_per_participation.left_out",
        _("Left out of the cost per participation"),
        COUNT,
        _(
            "Engagements with a part that ended in the period and has no cost, a cost in "
            "another currency or no participations; of some countries, also one in which "
            "others took part."
        ),
        "engagement",
        measure=engagements(f"NOT ({HAS_BOTH})"),
        audiences=(DONOR,),
    ),
)
