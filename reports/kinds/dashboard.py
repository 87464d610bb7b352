"""The live page of a programme, of which nothing is stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.documents.sections import dashboard
from reports.documents.sections.coverage import coverage
from reports.documents.sections.endings import endings
from reports.kinds.base import TIMELY, ReportKind


class Dashboard(ReportKind):
    """What a programme is asked and delivers, as of now."""

    code = "dashboard"
    title = _("Programme")
    headlines = (
        "requests_received",
        TIMELY,
        "engagements_delivered",
        "participants",
        "women_share",
        "countries_served",
    )
    # those of its sections, by code: no others are counted for it
    figures = (
        "accepted_without_engagement",
        "cost_per_participation",
        "cost_per_participation.left_out",
        "countries_asking",
        "countries_eligible",
        "countries_never_reached",
        "countries_served",
        "countries_unserved",
        "days_to_closing",
        "days_to_first_engagement",
        "decision_days_median",
        "declined",
        "discontinued",
        "engagements_delivered",
        "engagements_not_verified",
        "lapsed",
        "needs_met",
        "open_overdue",
        "open_requests",
        "open_undecided",
        "participants",
        "participation_incomplete",
        "reach",
        "requests_received",
        "requests_repeated",
        "standard_kept",
        "standard_left_out",
        "steps_overdue",
        "timeliness",
        "training_days",
        "training_hours",
        "usefulness",
        "women_share",
    )
    sections = (
        dashboard.waiting,
        dashboard.balance,
        coverage,
        dashboard.service,
        endings,
        dashboard.women,
    )
    # names of officers stand on live pages alone: what is stored names nobody (the rules, section 8)
    asked_of_own_period = ("open_requests.officer", "open_overdue.officer")
    has_notes = False
    is_planned = False
    is_stored = False
