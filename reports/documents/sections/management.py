"""What a manager asks every week: how old the cases are, what was in time, who has had nothing, who
was trained, what the records lack."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.sections.coverage import country_list
from reports.documents.sections.delivery import by_sex
from reports.documents.sections.effort import campaigns, effort
from reports.documents.sections.response import oldest, standards, states, without_days
from reports.documents.structure import LINE, Cell, Column, Section, Table, group_digits
from reports.documents.writer import Writer
from reports.figures.facts.gather import months_of
from reports.figures.labels import AGE
from reports.figures.units import COUNT

GAPS = (
    "participation_incomplete",
    "engagements_not_verified",
    "engagements_without_cost",
    "engagements_without_funding",
    "requests_without_theme",
    "records_without_dates",
    "steps_overdue",
)


def ageing(w: Writer) -> Section | None:
    """Open requests by state, age and whose turn it is; the oldest by name."""
    if not w.counts_demand:
        return None
    return Section(
        "ageing",
        _("Caseload and ageing"),
        w.moved("open_requests") + w.moved("open_overdue") + w.moved("open_undecided"),
        [
            w.split("open_requests", "age", _("Age"), _("Open requests, by age"), list(AGE)),
            w.split(
                "open_requests", "turn", _("Waits for"), _("Open requests, by whose turn it is")
            ),
            w.split(
                "open_requests",
                "state",
                _("State"),
                _("Open requests at the end of the period, by state"),
                states(w),
            ),
            w.split(
                "open_requests", "region", _("Region"), _("Open requests, by region"), whole=False
            ),
            w.split(
                "open_requests", "pillar", _("Pillar"), _("Open requests, by pillar"), whole=False
            ),
            oldest(w),
        ],
    )


def timeliness(w: Writer) -> Section | None:
    """Standards kept, by region and month for decisions, and how long a decision takes."""
    if not w.counts_demand:
        return None
    said = w.moved("decided_in_time") + w.moved("decision_days_median")
    said += without_days(w)
    decisions = w.split(
        "decisions",
        "decision",
        _("Decision"),
        _("First decisions"),
        ["accept", "waitlist", "refer", "decline"],
    )
    by_region = w.split(
        "decided_in_time", "region", _("Region"), _("Decided within the standard, by region")
    )
    return Section(
        "timeliness", _("Timeliness"), said, [standards(w), by_region, by_month(w), decisions]
    )


def by_month(w: Writer) -> Table:
    """The line of twelve months: decisions due in each, those in time, their share."""
    heads = [
        Column(_("Month")),
        Column(_("Share"), True),
        Column(_("Kept"), True),
        Column(_("Due"), True),
    ]
    table = Table(LINE, _("Decided within the standard, by month"), heads)
    for first in months_of(w.whole_period):
        code = f"decided_in_time.month.{first:%Y-%m}"
        kept, due = w.parts(code) or (0, 0)
        table.rows.append(
            [
                Cell(w.month(first)),
                w.bare(code),
                Cell(group_digits(kept), kept, COUNT),
                Cell(group_digits(due), due, COUNT),
            ]
        )
    return table


def balance(w: Writer) -> Section:
    """Who has had nothing, and how demand and delivery lie over regions."""
    lists = (
        ("countries_unserved", _("Open request, not served")),
        ("countries_without_help_for_a_year", _("Nothing for twelve months")),
        ("countries_never_reached", _("Never reached")),
    )
    tables = [
        w.split("requests_received", "region", _("Region"), _("Requests received, by region")),
        w.split(
            "countries_served", "region", _("Region"), _("Countries served, by region"), whole=False
        ),
        *(country_list(w, code, caption) for code, caption in lists if code in w.figures),
    ]
    said = (
        w.moved("countries_without_help_for_a_year")
        if "countries_without_help_for_a_year" in w.figures
        else []
    )
    return Section("balance", _("Who has had nothing"), said + w.moved("countries_served"), tables)


def training(w: Writer) -> Section:
    """Who was trained, in what."""
    tables = [
        w.split("participants", "type", _("Type"), _("Participations, by type of engagement")),
        by_sex(w),
        w.split(
            "participants",
            "group",
            _("Group"),
            _("Participations, by group of countries"),
            whole=False,
        ),
        w.split(
            "engagements_delivered",
            "theme",
            _("Theme"),
            _("Engagements delivered, by theme"),
            whole=False,
        ),
        effort(w),
        campaigns(w),
    ]
    return Section(
        "training",
        _("Training statistics"),
        w.moved("engagements_delivered") + w.moved("participants") + w.moved("women_share"),
        tables,
    )


def quality(w: Writer) -> Section:
    """What the records lack."""
    return Section(
        "quality",
        _("Data quality"),
        [],
        [
            w.list_of(
                "quality",
                _("What the records lack"),
                _("Record"),
                [c for c in GAPS if c in w.figures],
            )
        ],
    )
