"""Filters of the lists of sessions and of attendance."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.filters import (
    CodeFilter,
    FilterSet,
    Order,
    SortFilter,
    choice_filter,
    code_filter,
    date_filter,
)
from countries.geography.filters import (
    country_filter,
    country_named,
    group_filter,
    members_today,
    region_filter,
)
from countries.groups.models import CountryGroup
from countries.names import LANGUAGES, current_language
from countries.processes.choices import SessionKind
from countries.processes.models import (
    Process,
    ProcessSession,
    SessionAttendance,
    SessionDocument,
    SessionRecommendation,
)


def process_filter(**kwargs: Any) -> CodeFilter:
    """By the process's code."""
    return code_filter(
        _("Process"),
        Process.objects.all(),
        _("There is no process with the code “%(value)s”; write one such as ad-hoc-committee."),
        **kwargs,
    )


def session_filter(**kwargs: Any) -> CodeFilter:
    """By the session's number."""
    return code_filter(
        _("Session"),
        ProcessSession.objects.select_related("process"),
        _("There is no session with the number “%(value)s”."),
        to_field_name=None,
        **kwargs,
    )


class SessionFilter(FilterSet):
    """Sessions by process, kind and day."""

    q = django_filters.CharFilter(
        label=_("Session, place, document, symbol or recommendation"),
        method="search",
        max_length=120,
    )
    process = process_filter()
    kind = choice_filter(label=_("Kind"), choices=SessionKind.choices)
    since = date_filter(field_name="ends_on", lookup_expr="gte", label=_("From this day"))
    until = date_filter(field_name="starts_on", lookup_expr="lte", label=_("Until this day"))
    sort = SortFilter(
        Order("latest", _("Latest first"), lambda: ("-starts_on", "-id")),
        Order("earliest", _("Oldest first"), lambda: ("starts_on", "id")),
    )

    class Meta:
        model = ProcessSession
        fields: list[str] = []

    def search(self, rows: Any, _name: str, text: str) -> Any:
        """A part of the title in any language, of the place, of a document's title or symbol, or
        of a recommendation."""
        words = text.strip()
        documents = SessionDocument.objects.filter(
            Q(title__icontains=words) | Q(symbol__icontains=words)
        )
        recommendations = SessionRecommendation.objects.filter(text__icontains=words)
        found = (
            Q(place__icontains=words)
            | Q(pk__in=documents.values("session"))
            | Q(pk__in=recommendations.values("session"))
        )
        for language in LANGUAGES:
            found |= Q(**{f"names__{language}__icontains": words})
        return rows.filter(found)


class AttendanceFilter(FilterSet):
    """Attendance by process, session, country, region and group."""

    q = django_filters.CharFilter(label=_("Name or code"), method="search", max_length=120)
    process = process_filter(field_name="session__process")
    session = session_filter()
    country = country_filter()
    region = region_filter(field_name="country__region")
    group = group_filter(method="in_group")
    sort = SortFilter(
        Order("latest", _("Latest first"), lambda: ("-session__starts_on", "-id")),
        Order("country", _("Country"), lambda: (f"country__sort_{current_language()}", "id")),
    )

    class Meta:
        model = SessionAttendance
        fields: list[str] = []

    def search(self, rows: Any, _name: str, text: str) -> Any:
        """A part of the country's name in any language, or its code."""
        return rows.filter(country_named(text, "country__"))

    def in_group(self, rows: Any, _name: str, group: CountryGroup) -> Any:
        """Of members today."""
        return rows.filter(country__in=members_today(group))
