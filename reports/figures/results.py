"""Figures of what came of requests and of what was given: definitions of `closings.py`,
`beginnings.py`, `repeats.py` and `effort.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import COUNTRY, DONOR, EVERYBODY, PUBLIC
from reports.figures.definition import (
    CALENDAR_DAYS,
    COUNT,
    HOURS,
    MONEY,
    PEOPLE,
    SCORE,
    SHARE,
    WHOLE_DAYS,
    Definition,
)

ON_REQUESTS = (COUNTRY, PUBLIC)  # readers of figures about requests: a donor's report has none

RESULTS = (
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
    ),
    Definition(
        "days_to_first_engagement",
        _("Median days from acceptance to the first engagement"),
        CALENDAR_DAYS,
        _(
            "Calendar days from the acceptance of a request to the first day of the first "
            "engagement that answers it, began since and was held; median over those that "
            "began in the period. Accepted requests without one stand beside it."
        ),
        "act",
        better="down",
        audiences=ON_REQUESTS,
    ),
    Definition(
        "accepted_without_engagement",
        _("Accepted, no engagement yet"),
        COUNT,
        _(
            "Open requests accepted in their present round for which no engagement had "
            "begun since when the period ended; their age in calendar days since "
            "acceptance. On hold counts, completed does not."
        ),
        "request",
        ("age",),
        "down",
    ),
    Definition(
        "days_to_closing",
        _("Median days from submission to completion"),
        CALENDAR_DAYS,
        _(
            "Calendar days from the submission of a request to its completion by the programme;"
            " median over completions in the period."
        ),
        "act",
        better="down",
        audiences=ON_REQUESTS,
    ),
    Definition(
        "needs_met",
        _("Needs met"),
        SHARE,
        _(
            "Requests closed in the period of which the country said that the need was met, "
            "of those of which it said anything; each closing once. An answer that came "
            "after the closing counts there if it came before the cut-off."
        ),
        "act",
        ("outcome",),
        "up",
        audiences=ON_REQUESTS,
        split_unit=COUNT,
        split_label=_("Requests closed"),
    ),
    Definition(
        "usefulness",
        _("Usefulness, from 1 to 5"),
        SCORE,
        _(
            "Mean of what countries answered about requests closed in the period; in brackets how"
            " many answered, of how many that were closed."
        ),
        "act",
        better="up",
        audiences=ON_REQUESTS,
    ),
    Definition(
        "timeliness",
        _("Timeliness, from 1 to 5"),
        SCORE,
        _(
            "Mean of what countries answered to whether the help came in time, about "
            "requests closed in the period; in brackets how many answered, of how many that "
            "were closed."
        ),
        "act",
        better="up",
        audiences=ON_REQUESTS,
    ),
    Definition(
        "declined",
        _("Not accepted"),
        COUNT,
        _(
            "Decisions of the period not to accept a request, first or later ones, by the reason"
            " given."
        ),
        "act",
        ("reason",),
    ),
    Definition(
        "discontinued",
        _("Stopped by the programme"),
        COUNT,
        _("Accepted requests that the programme stopped in the period, by the reason given."),
        "act",
        ("reason",),
    ),
    Definition(
        "lapsed",
        _("Closed without an answer"),
        COUNT,
        _(
            "Requests that lapsed in the period because the country did not answer, by what it was"
            " asked for: questions, or agreement to the plan."
        ),
        "act",
        ("from",),
    ),
    Definition(
        "training_days",
        _("Days of training"),
        WHOLE_DAYS,
        _(
            "Days of the held parts of courses, workshops, mentoring and study visits that ended in"
            " the period, where they are recorded."
        ),
        "engagement",
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
        audiences=(DONOR,),
    ),
)
