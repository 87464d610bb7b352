"""What every page template may use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import get_language_bidi

from accounts.permissions import TABLE, may

if TYPE_CHECKING:
    from accounts.users.models import User


class Rights:
    """`may.report_publish` in a template: whether the reader's role allows the verb
    `report.publish`."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def __getitem__(self, name: str) -> bool:
        verb = name.replace("_", ".", 1)
        if verb not in TABLE:
            raise KeyError(name)
        return may(self.user, verb)


def unread_notifications(user: User) -> int:
    """How many messages the person has not opened."""
    return user.notifications.filter(read_at__isnull=True).count()


def page_context(request: HttpRequest) -> dict[str, object]:
    """Direction, languages, rights, and how many notifications are unread (read only where the page
    shows it)."""
    # a request may be refused before anybody is looked up
    user: User | AnonymousUser = getattr(request, "user", None) or AnonymousUser()
    return {
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": settings.LANGUAGES,
        "may": Rights(user),
        "unread": partial(unread_notifications, user) if user.is_authenticated else 0,
    }
