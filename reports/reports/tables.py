"""The columns of the list of reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tables import Column, Table
from core.text import label_of, labelled, of_period
from reports.deliveries.notifications import batch_address
from reports.documents.storage import progress_of
from reports.kinds.choices import kind_title
from reports.reports.models import Report
from reports.reports.presentation import SHAPES, progress_words, report_language
from reports.reports.subjects import names_of
from reports.schedules.periods import period_name

MANY = ("country", "donor", "pillar")  # subjects of which a period has a report each


@dataclass(frozen=True)
class ReportRow:
    """A report as a list shows it: what it is about and, while it is made, how far it is."""

    report: Report
    about: str
    progress: str

    @property
    def title(self) -> str:
        """The schedule's title, with what the report is about and its period."""
        title = self.report.version.schedule.called
        period = period_name(self.report.period_start, self.report.period_end)
        return of_period(labelled(title, self.about) if self.about else title, period)


def report_rows(reports: Iterable[Report]) -> list[ReportRow]:
    """The rows of these reports; what they are about is looked up for all at once."""
    reports = list(reports)
    about = names_of(reports, report_language())
    steps = progress_of(r.pk for r in reports if r.state == Report.State.PRODUCING)
    return [ReportRow(r, about[r.pk], progress_words(steps.get(r.pk, ""))) for r in reports]


def report_cell(row: ReportRow) -> SafeString:
    """The title, which leads to the report or its preview, over its kind and programme."""
    report, schedule = row.report, row.report.version.schedule
    is_expected = report.state == Report.State.EXPECTED
    preview = " · " + _("open a preview") if is_expected else ""
    batch = format_html(
        ' · <a href="{}">{}</a>',
        batch_address(report.version.schedule_id, report.period_start),
        _("all of this period"),
    )
    return format_html(
        '<a class="title" href="{}">{}</a><br><span class="small soft">{} · {}{}{}</span>',
        reverse("report_preview", args=[report.pk]) if is_expected else report.get_absolute_url(),
        row.title,
        kind_title(schedule.kind),
        schedule.programme,
        preview,
        batch if report.subject_type in MANY else "",
    )


def state_cell(row: ReportRow) -> SafeString:
    """The state in its colour, how far it is, and why where there is a reason."""
    report = row.report
    progress = format_html(' <span class="small soft">{}</span>', row.progress)
    why = format_html('<br><span class="small soft">{}</span>', report.why)
    return format_html(
        '<span class="state {}">{}</span>{}{}',
        SHAPES[report.state],
        label_of(Report.State, report.state),
        progress if row.progress else "",
        why if report.why else "",
    )


def time_words(at: datetime | None) -> str:
    """Day and hour in the reader's zone; empty for none."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


REPORTS: Table[ReportRow] = Table(
    caption=gettext_lazy("Reports"),
    empty=gettext_lazy("Nothing matches."),
    none_yet=gettext_lazy("No report yet: set a schedule first."),
    columns=(
        Column("report", gettext_lazy("Report"), report_cell, sort="newest", css="wide"),
        Column("state", gettext_lazy("State"), state_cell),
        Column(
            "due",
            gettext_lazy("Due"),
            lambda r: time_words(r.report.due_at),
            sort="due",
            css="small",
        ),
        Column(
            "produced",
            gettext_lazy("Produced"),
            lambda r: time_words(r.report.produced_at),
            css="small soft",
        ),
    ),
)
