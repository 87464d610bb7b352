"""What a manager asks every week: how old the cases are, what was in time, who has had nothing, who was trained, what the records lack."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.chapters.coverage import country_list
from reports.documents.chapters.delivery import by_sex
from reports.documents.chapters.response import oldest, standards, states
from reports.documents.structure import Section
from reports.documents.writer import Writer
from reports.figures.catalogue import AGE

GAPS = (
    "participation_incomplete", "engagements_not_verified", "engagements_without_cost", "engagements_without_funding", "requests_without_theme",
    "records_without_dates", "late_for_previous", "steps_overdue",
)  # fmt: skip


def ageing(w: Writer) -> Section:
    """Open requests by state, age and whose turn it is; the oldest by name."""
    return Section(
        "ageing",
        _("Caseload and ageing"),
        w.moved("open_requests") + w.moved("open_overdue") + w.moved("open_undecided"),
        [
            w.split("open_requests", "age", _("Age"), _("Open requests, by age"), list(AGE)),
            w.split("open_requests", "turn", _("Waits for"), _("Open requests, by whose turn it is")),
            w.split("open_requests", "state", _("State"), _("Open requests at the end of the period, by state"), states(w)),
            oldest(w),
        ],
    )


def timeliness(w: Writer) -> Section:
    """Standards kept, and how long a decision takes."""
    said = w.moved("standard_kept.standard.decision", _("Decided within the standard")) + w.moved("decision_days_median")
    decisions = w.split("decisions", "decision", _("Decision"), _("First decisions"), ["accept", "waitlist", "refer", "decline"])
    return Section("timeliness", _("Timeliness"), said, [standards(w), decisions])


def balance(w: Writer) -> Section:
    """Who has had nothing, and how demand and delivery lie over regions."""
    lists = (
        ("countries_unserved", _("Asked, not served")),
        ("countries_without_help_for_a_year", _("Nothing for twelve months")),
        ("countries_never_reached", _("Never reached")),
    )
    tables = [
        w.split("requests_received", "region", _("Region"), _("Requests received, by region")),
        w.split("countries_served", "region", _("Region"), _("Countries served, by region"), whole=False),
        *(country_list(w, code, caption) for code, caption in lists),
    ]
    return Section("balance", _("Who has had nothing"), w.moved("countries_without_help_for_a_year") + w.moved("countries_served"), tables)


def training(w: Writer) -> Section:
    """Who was trained, in what."""
    tables = [
        w.split("participants", "type", _("Type"), _("Participants, by type of engagement")),
        by_sex(w),
        w.split("participants", "group", _("Group"), _("Participants, by group of countries"), whole=False),
        w.split("engagements_delivered", "theme", _("Theme"), _("Engagements delivered, by theme"), whole=False),
    ]
    return Section("training", _("Training statistics"), w.moved("engagements_delivered") + w.moved("participants") + w.moved("women_share"), tables)


def quality(w: Writer) -> Section:
    """What the records lack."""
    return Section(
        "quality", _("Data quality"), [], [w.list_of("quality", _("What the records lack"), _("Record"), [c for c in GAPS if c in w.figures])]
    )
