"""Who took part. People count in the period of their part."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import EVERYBODY
from reports.figures.definition import Definition, Part, Split
from reports.figures.labels import SEX
from reports.figures.measures import Count, Share, Sum
from reports.figures.units import COUNT, PEOPLE, SHARE

ROWS = "fact_participation"
PEOPLE_COUNT = "counts_people"  # of a kind of engagement in which people take part
TOTAL = Sum(source=ROWS, where=PEOPLE_COUNT, column="total")


PARTICIPANT_FIGURES = (
    Definition(
        "participants",
        _("Participations"),
        PEOPLE,
        _(
            "One person in one part, once: who comes to several parts is counted in each. Sum"
            " of what is reported for parts that ended in the period, also of engagements that"
            " go on; a blank is not reported and never a zero."
        ),
        "participation",
        measure=replace(TOTAL, says_rows=True),
        splits=(
            Split("pillar", measure=TOTAL),
            Split("group", "groups", many=True, measure=TOTAL),
            Split("type", measure=TOTAL),
        ),
        parts=tuple(
            Part(sex, Sum(source=ROWS, where=PEOPLE_COUNT, column=sex), "sex") for sex in SEX
        ),
        better="up",
        audiences=EVERYBODY,
    ),
    Definition(
        "women_share",
        _("Share of women"),
        SHARE,
        _(
            "Women of women and men, over rows in which both are reported; rows with one of"
            " them alone are left out here, and stand in the numbers of women and of men."
        ),
        "participation",
        measure=Share(
            source=ROWS,
            where=f"{PEOPLE_COUNT} AND women IS NOT NULL AND men IS NOT NULL",
            part="women",
            whole="women + men",
        ),
        better="up",
        audiences=EVERYBODY,
    ),
    Definition(
        "participation_incomplete",
        _("Participation not reported"),
        COUNT,
        _("Rows of a country in a part for which a number of women or men is not reported."),
        "participation",
        measure=Count(source=ROWS, where=f"{PEOPLE_COUNT} AND (women IS NULL OR men IS NULL)"),
        better="down",
        audiences=EVERYBODY,
    ),
)
