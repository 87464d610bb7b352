"""What every figure means: code, label, unit, definition, for whom it is.

The method notes of a report are written from this table.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import DONOR, EVERYBODY
from reports.figures.definition import (
    CALENDAR_DAYS,
    COUNT,
    DAYS,
    HOURS,
    MONEY,
    PEOPLE,
    SCORE,
    SHARE,
    WHOLE_DAYS,
    Definition,
)
from reports.figures.results import RESULTS

# units stand here for readers too
__all__ = [
    "CALENDAR_DAYS",
    "COUNT",
    "DAYS",
    "HOURS",
    "MONEY",
    "PEOPLE",
    "SCORE",
    "SHARE",
    "WHOLE_DAYS",
    "Definition",
]

FIGURES: dict[str, Definition] = {
    d.code: d
    for d in (
        Definition(
            "requests_received",
            _("Requests received"),
            COUNT,
            _(
                "Requests that got their reference in the period, each once; groups and pillar as"
                " of the day of submission and the cut-off."
            ),
            "request",
            ("pillar", "region", "group", "theme", "urgency"),
            audiences=EVERYBODY,
        ),
        Definition(
            "requests_received.merged",
            _("Of which later merged"),
            COUNT,
            _("Received in the period and merged into another request by the cut-off."),
            "request",
            audiences=EVERYBODY,
        ),
        Definition(
            "requests_without_theme",
            _("Requests without a theme"),
            COUNT,
            _("Received in the period and without any theme at the cut-off."),
            "request",
            better="down",
        ),
        Definition(
            "requests_reopened",
            _("Requests reopened"),
            COUNT,
            _("Requests that began a new round in the period, each once."),
            "request",
            audiences=EVERYBODY,
        ),
        Definition(
            "decisions",
            _("First decisions"),
            COUNT,
            _(
                "Requests on which the first decision was taken in the period: accepted,"
                " waitlisted, passed on, declined."
            ),
            "request",
            ("decision",),
            audiences=EVERYBODY,
        ),
        Definition(
            "decision_days_median",
            _("Median working days to decision"),
            DAYS,
            _(
                "Working days of the duty station from a complete request to its first decision,"
                " without the days in which the country was waited for; median over first decisions"
                " of the period, without those taken before the request was found complete, which"
                " have no such days."
            ),
            "request",
            better="down",
            audiences=EVERYBODY,
        ),
        Definition(
            "standard_kept",
            _("Service standards kept"),
            SHARE,
            _(
                "Acts due in the period that were done in time, of all acts due in it; what is"
                " still open counts as not kept; withdrawn and merged before the due date are left"
                " out. The whole is of requests; records of engagements stand beside it."
            ),
            "clock",
            ("standard",),
            "up",
            audiences=EVERYBODY,
        ),
        Definition(
            "decided_in_time",
            _("Decided within the standard"),
            SHARE,
            _(
                "First decisions due in the period that were taken in time, of all that were due in"
                " it: decisions whose clock started while none had been taken on the request. By"
                " the country's region, and for each of the twelve months up to the end of the"
                " period as known at the cut-off."
            ),
            "clock",
            ("region", "month"),
            "up",
        ),
        Definition(
            "standard_left_out",
            _("Left out of the standards"),
            COUNT,
            _("Acts due in the period that were no longer asked for before the due date."),
            "clock",
            audiences=EVERYBODY,
        ),
        Definition(
            "open_requests",
            _("Open requests"),
            COUNT,
            _(
                "Requests submitted and not at an end when the period ended; their age in calendar"
                " days since they were received."
            ),
            "request",
            ("state", "age", "turn", "region", "pillar", "officer"),
            audiences=EVERYBODY,
        ),
        Definition(
            "open_undecided",
            _("Complete and undecided"),
            COUNT,
            _(
                "Open requests that were found complete and waited for a decision when the period"
                " ended."
            ),
            "request",
            audiences=EVERYBODY,
        ),
        Definition(
            "open_overdue",
            _("Overdue at the programme"),
            COUNT,
            _(
                "Open requests that waited for the programme when the period ended and whose due"
                " day had come."
            ),
            "request",
            ("officer",),
            "down",
        ),
        Definition(
            "engagements_delivered",
            _("Engagements delivered"),
            COUNT,
            _(
                "Engagements recorded as delivered whose last part ended in the period. A country's"
                " are those in any part of which it took part."
            ),
            "engagement",
            ("type", "pillar", "modality", "theme"),
            "up",
            audiences=EVERYBODY,
        ),
        Definition(
            "engagements_not_verified",
            _("Of which not verified yet"),
            COUNT,
            _("Delivered engagements that nobody but the recorder had confirmed by the cut-off."),
            "engagement",
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
            better="down",
        ),
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
            ("sex", "pillar", "group", "type"),
            "up",
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
            better="up",
            audiences=EVERYBODY,
        ),
        Definition(
            "participation_incomplete",
            _("Participation not reported"),
            COUNT,
            _("Rows of a country in a part for which a number of women or men is not reported."),
            "participation",
            better="down",
            audiences=EVERYBODY,
        ),
        Definition(
            "cost",
            _("Cost of what was delivered"),
            MONEY,
            _(
                "Sum of the recorded cost, in the programme's currency, of parts that ended in the"
                " period."
            ),
            "engagement",
            ("donor", "pillar"),
            audiences=(DONOR,),
        ),
        Definition(
            "cost.alone",
            _("Cost of what was for these countries alone"),
            MONEY,
            _(
                "Sum of the recorded cost, in the programme's currency, of parts that ended in the"
                " period and in which no other country took part."
            ),
            "engagement",
            ("donor", "pillar"),
            audiences=(DONOR,),
        ),
        Definition(
            "cost.shared",
            _("Whole cost of what was shared with others"),
            MONEY,
            _(
                "Sum of the whole recorded cost of parts that ended in the period and in which"
                " other countries took part too. It stands in the report of each of these"
                " countries: it is never added to the cost of what was for a country alone, nor to"
                " that of other reports."
            ),
            "engagement",
            audiences=(DONOR,),
        ),
        Definition(
            "cost_in_other_currencies",
            _("Cost in another currency"),
            COUNT,
            _(
                "Engagements with a part that ended in the period whose cost is recorded in another"
                " currency: it is in no sum."
            ),
            "engagement",
            audiences=(DONOR,),
        ),
        Definition(
            "engagements_without_cost",
            _("Delivered without a cost"),
            COUNT,
            _("Engagements with a part that ended in the period for which no cost is recorded."),
            "engagement",
            better="down",
        ),
        Definition(
            "engagements_without_funding",
            _("Delivered without funding"),
            COUNT,
            _(
                "Engagements with a part that ended in the period for which no funding, and so no"
                " donor, is recorded."
            ),
            "engagement",
            better="down",
        ),
        Definition(
            "countries_served",
            _("Countries served"),
            COUNT,
            _(
                "Countries that took part in a delivered part that ended in the period; by group as"
                " of that day, so groups need not add up."
            ),
            "country",
            ("group", "region"),
            "up",
            audiences=EVERYBODY,
        ),
        Definition(
            "countries_eligible",
            _("Eligible countries"),
            COUNT,
            _(
                "Members of the programme's group of eligible countries on the last day of the"
                " period."
            ),
            "country",
            ("group",),
            audiences=EVERYBODY,
        ),
        Definition(
            "countries_asking",
            _("Countries that asked"),
            COUNT,
            _("Countries from which a request was received in the period."),
            "country",
            ("group",),
            audiences=EVERYBODY,
        ),
        Definition(
            "countries_unserved",
            _("Open request, not served"),
            COUNT,
            _(
                "Countries with an open request when the period ended and no delivered part in the"
                " period."
            ),
            "country",
            audiences=EVERYBODY,
        ),
        Definition(
            "countries_never_reached",
            _("Never reached"),
            COUNT,
            _(
                "Eligible countries that had taken part in nothing delivered by the end of the"
                " period; not counted for one donor or engagement."
            ),
            "country",
            audiences=EVERYBODY,
        ),
        Definition(
            "countries_without_help_for_a_year",
            _("Nothing for twelve months"),
            COUNT,
            _(
                "Eligible countries that took part in nothing delivered in the twelve months before"
                " the end of the period; not counted for one donor or engagement."
            ),
            "country",
            better="down",
            audiences=EVERYBODY,
        ),
        Definition(
            "records_without_dates",
            _("Recorded without dates"),
            COUNT,
            _(
                "Imported records of others entered in the period that have no dates or"
                " participation."
            ),
            "engagement",
            audiences=EVERYBODY,
        ),
        Definition(
            "records_budget",
            _("Their budget"),
            MONEY,
            _(
                "Sum of the budgets of these records in the programme's currency; amounts of zero"
                " and below are kept."
            ),
            "engagement",
        ),
        Definition(
            "records_in_other_currencies",
            _("Budget in another currency"),
            COUNT,
            _("Of these records, those whose budget is in another currency: it is in no sum."),
            "engagement",
        ),
        *RESULTS,
    )
}
SEX = {"women": _("Women"), "men": _("Men"), "other": _("Other"), "unknown": _("Not known")}
AGE = {
    "month": _("up to 30 days"),
    "quarter": _("31 to 91 days"),
    "half": _("92 to 182 days"),
    "longer": _("over 182 days"),
}
ANSWER = {
    "met": _("need met"),
    "partly_met": _("need partly met"),
    "not_met": _("need not met"),
    "not_stated": _("not stated"),
}
OUTCOME = {"kept": _("in time"), "missed": _("not in time"), "left_out": _("left out")}
DECISION = {
    "accept": _("Accepted"),
    "waitlist": _("Waitlisted"),
    "refer": _("Passed on"),
    "decline": _("Declined"),
}


def readers_of(code: str) -> tuple[str, ...]:
    """The readers of a figure, or of one of its splits, beside the programme; none for a code that
    is no longer known."""
    try:
        return definition_of(code).audiences
    except KeyError:
        return ()


def unit_of(code: str) -> str:
    """The unit of a figure, or of one of its splits. Raises KeyError for an unknown code."""
    definition = definition_of(code)
    return definition.unit if code == definition.code else definition.split_unit or definition.unit


def definition_of(code: str) -> Definition:
    """The definition of a figure or of one of its splits: of `cost.alone.donor.3` that of
    `cost.alone`. Raises KeyError for an unknown code."""
    head = code
    while head not in FIGURES:
        head, dot, _rest = head.rpartition(".")
        if not dot:
            raise KeyError(code)
    definition, rest = FIGURES[head], code.removeprefix(head).removeprefix(".")
    if not rest:
        return definition
    if (
        rest in SEX and "sex" in definition.splits
    ):  # participants.women: a word that a reader understands
        return definition
    if rest.partition(".")[0] not in definition.splits:
        raise KeyError(code)
    return definition
