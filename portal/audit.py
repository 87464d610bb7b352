"""Whose history is read here: news, by managers of their programme."""

from __future__ import annotations

from collections.abc import Iterator

from audit.registry import Subject
from core.access import managed_ids
from portal.news.models import NewsItem


def own_subjects() -> Iterator[Subject]:
    """What the audit trail can show of this app."""
    yield Subject(
        "news",
        NewsItem,
        managed=lambda user: NewsItem.objects.filter(programme__in=managed_ids(user)),
    )
