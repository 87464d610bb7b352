"""Filters of frameworks."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Programme
from assistance.results.models import ResultsFramework
from core import access
from core.filters import FilterSet, code_filter


def own_programmes(request: object) -> object:
    """Those for which whoever asks works."""
    user = getattr(request, "user", None)
    if user is None:
        return Programme.objects.none()
    return Programme.objects.filter(pk__in=access.programme_ids(user))


class FrameworkFilter(FilterSet):
    """By programme and version."""

    programme = code_filter(
        _("Programme"), own_programmes, _("You work for no programme “%(value)s”.")
    )
    version = django_filters.NumberFilter(label=_("Version"))

    class Meta:
        model = ResultsFramework
        fields: list[str] = []
