"""Filters of reports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import NO_CHOICE, FilterSet, Order, SortFilter, date_filter
from reports.kinds.choices import kind_choices
from reports.reports.models import Report

ORDERS = (
    Order(
        "newest",
        _("Latest period first"),
        lambda: ("-period_end", "-id"),
        _("Earliest period first"),
        is_descending=True,
    ),
    Order("due", _("Due first"), lambda: ("due_at", "id"), _("Due last first")),
)


class ReportFilter(FilterSet):
    """By kind, state, schedule and period."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Report"),
        field_name="version__schedule__kind",
        choices=kind_choices(),
        error_messages={"invalid_choice": NO_CHOICE},
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=Report.State.choices, error_messages={"invalid_choice": NO_CHOICE}
    )
    schedule = django_filters.NumberFilter(label=_("Schedule"), field_name="version__schedule_id")
    period_from = date_filter(label=_("Period from"), field_name="period_start", lookup_expr="gte")
    period_until = date_filter(label=_("Period until"), field_name="period_end", lookup_expr="lte")
    sort = SortFilter(*ORDERS)

    class Meta:
        model = Report
        fields: list[str] = []
