"""How the programme answered: decisions, standards kept, what is open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import EVERYBODY
from reports.figures.definition import Definition, Part, Split
from reports.figures.facts.requests import AGE_CLASS
from reports.figures.measures import Count, Median, Share
from reports.figures.units import COUNT, DAYS, SHARE

ASKED_FOR = "outcome <> 'left_out'"  # of a clock
IN_TIME = "(outcome = 'kept')::int"
FIRST_DECISION = f"standard = 'decision' AND is_first AND {ASKED_FOR}"
OPEN = f"(SELECT *, {AGE_CLASS} AS age FROM fact_open)"
OVERDUE = "turn = 'programme' AND due_on < %(due_end)s"
NOBODY = "none"  # in place of an officer
BY_OFFICER = Split("officer", blank=NOBODY, on_request=True)
MONTHLY_DECISIONS = "(SELECT *, to_char(due_on, 'YYYY-MM') AS month FROM fact_decision_due)"


RESPONSE_FIGURES = (
    Definition(
        "decisions",
        _("First decisions"),
        COUNT,
        _(
            "Requests on which the first decision was taken in the period: accepted,"
            " waitlisted, passed on, declined."
        ),
        "request",
        measure=Count(source="fact_decision"),
        splits=(Split("decision", blank=""),),
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
        measure=Median(source="fact_decision", column="days_used"),
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
        measure=Share(source="fact_clock", where=ASKED_FOR, part=IN_TIME),
        splits=(Split("standard"),),
        parts=(
            Part(
                "standard.record",
                Share(source="fact_record_due", part="kept::int"),
                rows="record",
                always=False,
            ),
        ),
        better="up",
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
        measure=Share(source="fact_clock", where=FIRST_DECISION, part=IN_TIME),
        splits=(
            Split("region"),
            Split(
                "month",
                measure=Share(
                    source=MONTHLY_DECISIONS, where=f"is_first AND {ASKED_FOR}", part=IN_TIME
                ),
                on_request=True,
            ),
        ),
        on_request=True,
        better="up",
    ),
    Definition(
        "standard_left_out",
        _("Left out of the standards"),
        COUNT,
        _("Acts due in the period that were no longer asked for before the due date."),
        "clock",
        measure=Count(source="fact_clock", where="outcome = 'left_out'"),
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
        measure=Count(source=OPEN),
        splits=(
            Split("state", blank=""),
            Split("age", blank=""),
            Split("turn", blank=""),
            Split("region", on_request=True),
            Split("pillar", on_request=True),
            BY_OFFICER,
        ),
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
        measure=Count(source=OPEN, where="undecided"),
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
        measure=Count(source=OPEN, where=OVERDUE),
        splits=(BY_OFFICER,),
        better="down",
    ),
)
