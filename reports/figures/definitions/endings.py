"""What came of requests: needs met, what countries thought of the help, unmet demand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import COUNTRY, PUBLIC
from reports.figures.definition import Definition, Split
from reports.figures.facts.endings import CLOSINGS
from reports.figures.facts.tables import text_array
from reports.figures.labels import ANSWER
from reports.figures.measures import Count, Mean, Median, Share
from reports.figures.units import CALENDAR_DAYS, COUNT, SCORE, SHARE

ON_REQUESTS = (COUNTRY, PUBLIC)  # readers of figures about requests: a donor's report has none
NOT_STATED = "not_stated"
STATED = tuple(answer for answer in ANSWER if answer != NOT_STATED)
ACTS = f"(SELECT *, COALESCE(outcome, '{NOT_STATED}') AS answer FROM fact_act)"
CLOSED = f"action = ANY({CLOSINGS})"


def taken(action: str) -> Count:
    """How often an action was taken in the period."""
    return Count(source=ACTS, where=f"action = '{action}'")


ENDING_FIGURES = (
    Definition(
        "days_to_closing",
        _("Median days from submission to completion"),
        CALENDAR_DAYS,
        _(
            "Calendar days from the submission of a request to its completion by the programme;"
            " median over completions in the period."
        ),
        "act",
        measure=Median(source=ACTS, where="action = 'complete'", column="on_day - received_on"),
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
        measure=Share(
            source=ACTS,
            where=f"{CLOSED} AND answer = ANY({text_array(STATED)})",
            part="(answer = 'met')::int",
        ),
        splits=(
            Split(
                "outcome", "answer", values=tuple(ANSWER), measure=Count(source=ACTS, where=CLOSED)
            ),
        ),
        better="up",
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
        measure=Mean(source=ACTS, where=CLOSED, column="usefulness"),
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
        measure=Mean(source=ACTS, where=CLOSED, column="timeliness"),
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
        measure=taken("decline"),
        splits=(Split("reason", blank="none"),),
    ),
    Definition(
        "discontinued",
        _("Stopped by the programme"),
        COUNT,
        _("Accepted requests that the programme stopped in the period, by the reason given."),
        "act",
        measure=taken("discontinue"),
        splits=(Split("reason", blank="none"),),
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
        measure=taken("lapse"),
        splits=(Split("from", "from_state", blank="none"),),
    ),
)
