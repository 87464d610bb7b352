"""The figures of a report, live: what waits, what is late, what was asked for against what was
delivered, who was trained."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.sections.delivery import by_sex
from reports.documents.sections.effort import effort
from reports.documents.sections.response import standards, states
from reports.documents.structure import Cell, Column, Section, Table
from reports.documents.writer import Writer
from reports.figures.labels import AGE

WAITS = (
    "open_requests",
    "open_undecided",
    "open_overdue",
    "engagements_not_verified",
    "steps_overdue",
    "participation_incomplete",
)


def waiting(w: Writer) -> Section:
    """What is open, undecided, late or not confirmed."""
    return Section(
        "waiting",
        _("What waits"),
        [],
        [
            w.list_of("waiting", _("What waits, and what is late"), _("Record"), list(WAITS)),
            w.split("open_requests", "state", _("State"), _("Open requests, by state"), states(w)),
            w.split("open_requests", "age", _("Age"), _("Open requests, by age"), list(AGE)),
            caseload(w),
        ],
    )


def caseload(w: Writer) -> Table:
    """Who has how many open requests, and how many of them are overdue."""
    heads = [
        Column(_("Lead officer")),
        Column(_("Open requests"), True),
        Column(_("Overdue at the programme"), True),
    ]
    officers = w.values_of("open_requests", "officer")
    rows = [
        [
            Cell(w.name("officer", o)),
            w.cell(f"open_requests.officer.{o}"),
            w.cell(f"open_overdue.officer.{o}"),
        ]
        for o in officers
    ]
    return Table("caseload", _("Open requests, by lead officer"), heads, rows)


def balance(w: Writer) -> Section:
    """Asked for and delivered, side by side."""
    heads = [
        Column(_("Asked for"), True),
        Column(_("Delivered"), True),
        Column(_("Participations"), True),
    ]
    by_pillar = Table(
        "balance.pillar",
        _("Requests received and engagements delivered, by pillar"),
        [Column(_("Pillar")), *heads],
    )
    for code in w.names["pillar"]:
        cells = [
            w.cell(f"{head}.pillar.{code}")
            for head in ("requests_received", "engagements_delivered", "participants")
        ]
        by_pillar.rows.append([Cell(w.name("pillar", code)), *cells])
    regions = sorted(
        {*w.values_of("requests_received", "region"), *w.values_of("countries_served", "region")}
    )
    by_region = Table(
        "balance.region",
        _("Requests received and countries served, by region"),
        [Column(_("Region")), Column(_("Asked for"), True), Column(_("Served"), True)],
        [
            [
                Cell(w.name("region", r)),
                w.cell(f"requests_received.region.{r}"),
                w.cell(f"countries_served.region.{r}"),
            ]
            for r in regions
        ],
    )
    return Section("balance", _("Asked for and delivered"), [], [by_pillar, by_region])


def service(w: Writer) -> Section:
    """Service standards, and how long a decision takes."""
    return Section(
        "service", _("Service standards"), w.moved("decision_days_median"), [standards(w)]
    )


def women(w: Writer) -> Section:
    """Women among participants."""
    said = w.moved("women_share")
    return Section(
        "women",
        _("Who took part"),
        said,
        [
            by_sex(w),
            w.split("participants", "type", _("Type"), _("Participations, by type of engagement")),
            effort(w),
        ],
    )
