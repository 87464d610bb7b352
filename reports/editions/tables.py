"""The columns of the list of published editions."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from core.text import label_of, labelled, of_period
from reports.editions.choices import Audience
from reports.editions.models import ReportEdition
from reports.kinds.choices import kind_title
from reports.schedules.periods import period_name


def edition_title(edition: ReportEdition) -> str:
    """The title, with its country where it is of one, and its period."""
    title = (
        labelled(kind_title(edition.kind), edition.country) if edition.country else edition.called
    )
    return of_period(title, period_name(edition.period_start, edition.period_end))


def edition_cell(edition: ReportEdition) -> SafeString:
    """The title, which leads to the edition."""
    return format_html(
        '<a class="title" href="{}">{}</a>', edition.get_absolute_url(), edition_title(edition)
    )


def published_cell(edition: ReportEdition) -> str:
    """The day in the reader's zone."""
    return date_format(timezone.localtime(edition.published_at), "DATE_FORMAT")


EDITIONS: Table[ReportEdition] = Table(
    caption=_("Reports"),
    empty=_("Nothing is published yet."),
    none_yet=_("Nothing is published yet."),
    columns=(
        Column("edition", _("Report"), edition_cell, css="wide"),
        Column("audience", _("For whom"), lambda e: label_of(Audience, e.audience), css="small"),
        Column("published", _("Published"), published_cell, css="small soft"),
    ),
)
