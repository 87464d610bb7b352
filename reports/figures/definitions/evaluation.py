"""What came of engagements for the people who attended them: Kirkpatrick's levels 1 to 4, and how many
answered.

Of fewer than five people nothing is counted, so that no sum and no difference tells of fewer.
Source: the rules of the programme, section 9.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assistance.evaluation.choices import FEWEST
from reports.figures.definition import Definition, Split
from reports.figures.measures import MeanOfSums, Share
from reports.figures.scope import ReportScope
from reports.figures.units import POINTS, SHARE

SPLITS = (Split("pillar"), Split("theme", "theme_codes", many=True))
WAVES = (Split("months"), *SPLITS)
LATER = "months <> '0'"


def is_of_everybody(scope: ReportScope) -> bool:
    """Tests and answers bear no country: they are of everybody who came."""
    return not scope.narrows_countries


def of_five(count: str, condition: str = "") -> str:
    """The SQL condition that five or more answered a question."""
    return " AND ".join(filter(None, (condition, f"{count} >= {FEWEST}")))


EVALUATION_FIGURES = (
    Definition(
        "evaluation_satisfied",
        _("Answers at the end that call it useful"),
        SHARE,
        _(
            "Of the answers at the end of engagements to whether it is useful for one's work, those"
            " of 4 or 5 of 5, over surveys that were closed in the period and that five people or"
            " more answered. Kirkpatrick's level 1."
        ),
        "survey",
        measure=Share(
            source="fact_survey",
            where=of_five("rated", "months = '0'"),
            part="satisfied",
            whole="rated",
        ),
        splits=SPLITS,
        better="up",
        applies=is_of_everybody,
    ),
    Definition(
        "evaluation_improved",
        _("People whose score improved"),
        SHARE,
        _(
            "Of the people with a test before and a test after, those who gained, each test in per"
            " cent of its maximum, over engagements whose last part ended in the period; those with"
            " fewer than five such people are left out. Kirkpatrick's level 2."
        ),
        "engagement",
        measure=Share(source="fact_test", part="improved", whole="tested"),
        splits=SPLITS,
        better="up",
        applies=is_of_everybody,
    ),
    Definition(
        "evaluation_gain",
        _("Mean gain between both tests"),
        POINTS,
        _(
            "The sum of the gains of people with both tests, in percentage points of each test's"
            " maximum, divided by their number, over engagements whose last part ended in the"
            " period; those with fewer than five such people are left out. Kirkpatrick's level 2."
        ),
        "engagement",
        measure=MeanOfSums(source="fact_test", total="gain", number="tested"),
        better="up",
        applies=is_of_everybody,
    ),
    Definition(
        "follow_up_applied",
        _("Follow-up answers that say it is used"),
        SHARE,
        _(
            "Of the answers 3, 6 and 12 months after engagements to whether one uses at work what one"
            " learnt, those that say yes, often or sometimes, over surveys that were closed in the"
            " period and that five people or more answered. Kirkpatrick's level 3."
        ),
        "survey",
        measure=Share(
            source="fact_survey",
            where=of_five("told_use", LATER),
            part="in_use",
            whole="told_use",
        ),
        splits=WAVES,
        better="up",
        applies=is_of_everybody,
    ),
    Definition(
        "follow_up_results",
        _("Follow-up answers that name results"),
        SHARE,
        _(
            "Of the answers 3, 6 and 12 months after engagements to whether it has led to results that"
            " can be shown, those that say yes, over surveys that were closed in the period and that"
            " five people or more answered. Kirkpatrick's level 4."
        ),
        "survey",
        measure=Share(
            source="fact_survey",
            where=of_five("told_results", LATER),
            part="with_results",
            whole="told_results",
        ),
        splits=WAVES,
        better="up",
        applies=is_of_everybody,
    ),
    Definition(
        "survey_responses",
        _("People asked who answered"),
        SHARE,
        _(
            "Of the people who were asked in surveys that were closed in the period, those who answered;"
            " surveys of fewer than five people are left out."
        ),
        "survey",
        measure=Share(source="fact_survey", where=of_five("asked"), part="answered", whole="asked"),
        splits=WAVES,
        better="up",
        applies=is_of_everybody,
    ),
)
