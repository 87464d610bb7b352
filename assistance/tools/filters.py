"""Filters of the list of tools."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.tools.choices import ToolKind
from assistance.tools.models import Tool
from core.filters import (
    CodeFilter,
    FilterSet,
    Order,
    SortFilter,
    YesNoFilter,
    choice_filter,
    code_filter,
    yes_no_value,
)

ORDERS = (
    Order("title", _("Title"), lambda: ("title", "id"), _("Title, in reverse order")),
    Order("owner", _("Owned by"), lambda: ("owner", "id")),
)


def tool_filter(**kwargs: Any) -> CodeFilter:
    """By the tool's code."""
    return code_filter(
        _("Tool"),
        Tool.objects.all(),
        _("There is no tool with the code “%(value)s”. See the list of tools."),
        **kwargs,
    )


class ToolFilter(FilterSet):
    """Tools by words, kind, language, and whether they are in use or their links broken."""

    q = django_filters.CharFilter(label=_("Title, owner or note"), method="search", max_length=120)
    kind = choice_filter(label=_("Kind"), choices=ToolKind.choices)
    language = django_filters.CharFilter(
        label=_("Language (two letters)"), method="in_language", max_length=8
    )
    current = YesNoFilter(label=_("Not replaced"), method="is_current")
    broken = YesNoFilter(label=_("With a broken link"), method="is_broken")
    sort = SortFilter(*ORDERS)

    class Meta:
        model = Tool
        fields: list[str] = []

    def search(self, rows: Any, _name: str, text: str) -> Any:
        """A part of the title, the owner or the note."""
        words = text.strip()
        found = Q(title__icontains=words) | Q(owner__icontains=words) | Q(note__icontains=words)
        return rows.filter(found | Q(code=words))

    def in_language(self, rows: Any, _name: str, code: str) -> Any:
        """With a version in a language."""
        return rows.filter(versions__languages__contains=[code.strip().lower()]).distinct()

    def is_current(self, rows: Any, _name: str, value: str) -> Any:
        """Not replaced, or replaced."""
        return rows.filter(replaced_by__isnull=yes_no_value(value))

    def is_broken(self, rows: Any, _name: str, value: str) -> Any:
        """With a link that does not answer, or without one."""
        broken = Q(versions__broken_since__isnull=False)
        return rows.filter(broken).distinct() if yes_no_value(value) else rows.exclude(broken)
