"""What every page template may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

    def __init__(self, user: User) -> None:
        self.user = user

    def __getitem__(self, name: str) -> bool:
        verb = name.replace("_", ".", 1)
        if verb not in TABLE:
            raise KeyError(name)
        return may(self.user, verb)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Direction, languages, rights, and how many notifications are unread (read only where the page
    shows it)."""
    # a request may be refused before anybody is looked up
    user: Any = getattr(request, "user", None) or AnonymousUser()
    return {
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": settings.LANGUAGES,
        "may": Rights(user),
        "unread": (lambda: user.notifications.filter(read_at__isnull=True).count())
        if user.is_authenticated
        else 0,
    }
