"""Serves public pages before anything looks for a visitor: no session, no user, no token against
forged forms, no cookie, no name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone, translation

from core.view_flags import flags_of
from portal.public.responses import not_found, out_of_order, read_query, too_large

Next = Callable[[HttpRequest], HttpResponseBase]
METHODS = ("GET", "HEAD")
MOST_SENT = 64 * 1024  # bytes of a form


class WrongConnection(RuntimeError):
    """A public page asked the application's own connection."""


def refuse(*_query: object) -> object:
    """Raises WrongConnection."""
    raise WrongConnection("Public pages read through the public connection alone.")


@contextmanager
def without_own_connection() -> Iterator[None]:
    """Within it the application's own connection refuses every query."""
    with connection.execute_wrapper(refuse):
        yield


def is_too_large(request: HttpRequest) -> bool:
    """Whether a stranger sends more than any form of theirs holds."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > MOST_SENT


class PublicPagesMiddleware:
    """Answers what is public; everything else goes on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not flags_of(request).is_public:
            return self.get_response(request)
        view, args, kwargs = resolve(request.path_info)
        methods = (*METHODS, "POST") if getattr(view, "takes_posts", False) else METHODS
        request.get_host()  # raises DisallowedHost for one that is not ours
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        if not settings.HAS_PUBLIC_PAGES:
            raise Http404
        request.GET = read_query(request, getattr(view, "parameters", ()))  # type: ignore[assignment]  # is immutable too
        language = str(kwargs.get("language", "en"))
        with translation.override(language), timezone.override(None), without_own_connection():
            request.LANGUAGE_CODE = language
            if is_too_large(request):
                return too_large(request, language)
            try:
                response: HttpResponseBase = view(request, *args, **kwargs)
            except Http404:
                response = not_found(request, language)
            except DatabaseError:
                response = out_of_order(request, language)
            response.headers.setdefault("Content-Language", language)
        return response
