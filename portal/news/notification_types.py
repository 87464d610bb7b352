"""What is told of news, and who may still be told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.types import KINDS, Group, Kind, pk_in
from portal.news.models import NewsItem
from portal.news.services import ASKED

GROUP = Group(
    "news",
    _("News that name your country"),
    _("You get this because news of the programme would name your country."),
    verb="news.agree",
)


def reads_item(user: User, path: str) -> bool:
    """Whether the item is one that the person sees."""
    pk = pk_in(path, "news_item")
    return pk is not None and NewsItem.objects.visible_to(user).filter(pk=pk).exists()


def register_own_kinds() -> None:
    """Tells the outbox."""
    KINDS.register(ASKED, Kind(GROUP, reads_item))
