"""Finding the requests that an engagement answers, instead of a list of all that are open."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE
from core import access
from countries.models import Country

FOUND = 8  # at most
FIND = "find_request"  # what is looked for; the button has the same name with this ending
BUTTON = "find"


def linkable_requests(user: User) -> QuerySet[AssistanceRequest]:
    """Requests of the reader's programmes that an engagement can answer: open and not delivered."""
    return (
        AssistanceRequest.objects.visible_to(user)
        .filter(state__in=LINKABLE, programme__in=access.programme_ids(user))
        .select_related("country")
    )


def find_requests(user: User, words: str, countries: Iterable[Country]) -> list[AssistanceRequest]:
    """Linkable requests whose reference or title has these words, those of the reader first; without
    words those of the countries that take part. None for neither."""
    words = words.replace("\0", "").strip()
    by_words = Q(reference__icontains=words) | Q(title__icontains=words)
    asked = by_words if words else Q(country__in=list(countries))
    found = linkable_requests(user).filter(asked)
    led = found.filter(lead_officer_id=user.pk).order_by("-id")[:FOUND]
    others = found.exclude(lead_officer_id=user.pk).order_by("-id")[:FOUND]
    return [*led, *others][:FOUND]
