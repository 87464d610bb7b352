"""What every request gets: a language and a time zone, and for a focal point the restricted role."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from rest_framework.exceptions import APIException

from accounts.tokens.authentication import TokenAuthentication
from core.db.country_role import as_country
from core.view_flags import flags_of

if TYPE_CHECKING:
    from accounts.users.models import User

Next = Callable[[HttpRequest], HttpResponseBase]


class LanguageAndZoneMiddleware:
    """The signed-in person's language and zone; for others the language of the cookie, then of the
    browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        language = (
            user.language
            if user.is_authenticated
            else translation.get_language_from_request(request)
        )
        with (
            translation.override(language),
            timezone.override(zoneinfo.ZoneInfo(user.time_zone) if user.is_authenticated else None),
        ):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class CountryRoleMiddleware:
    """Who is a focal point, by session or by token, reads and writes as their countries' role,
    streamed answers included."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = person_behind(request)
        if user is None or not user.is_focal_point or flags_of(request).own_account:
            return self.get_response(request)
        with as_country(user):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if isinstance(response, StreamingHttpResponse) and not getattr(
            response, "file_to_stream", None
        ):
            response.streaming_content = under_role(user, response.streaming_content)  # type: ignore[arg-type]
        return response


def person_behind(request: HttpRequest) -> User | None:
    """Who is served where both a session and a token are sent: by the API the token's person, by
    pages the signed-in one, as their views choose.

    None for strangers and for tokens that are not alive.
    """
    signed_in = request.user if request.user.is_authenticated else None
    if signed_in is not None and not flags_of(request).is_api:
        return signed_in
    try:
        known = TokenAuthentication().authenticate(request)
    except APIException:  # unknown, ended, or only for reading: the view answers with the sentence
        return None
    return known[0] if known else signed_in


def under_role(user: User, content: Iterable[bytes]) -> Iterator[bytes]:
    """Goes on with a streamed answer under the same role."""
    with as_country(user):
        yield from content
