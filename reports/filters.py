"""Filters of reports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.filtering import FilterSet
from reports.schedules.models import Kind, Report


class ReportFilter(FilterSet):
    """By kind, state, schedule and period."""

    kind = django_filters.MultipleChoiceFilter(label=_("Report"), field_name="version__schedule__kind", choices=Kind.choices)
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=Report.State.choices)
    schedule = django_filters.NumberFilter(label=_("Schedule"), field_name="version__schedule_id")
    period_from = django_filters.DateFilter(label=_("Period from"), field_name="period_start", lookup_expr="gte")
    period_until = django_filters.DateFilter(label=_("Period until"), field_name="period_end", lookup_expr="lte")

    class Meta:
        model = Report
        fields: list[str] = []
