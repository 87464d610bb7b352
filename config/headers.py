"""What browsers are told to refuse on every page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from core.validators import UNPRINTABLE
from core.view_flags import flags_of

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
    " 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'; object-src 'none'"
)
PAGE_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# what the API does not take of these, it refuses in its own way
API_METHODS = (
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
)
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(),"
    " payment=(), usb=()"
)


def refusal_without_tls(request: HttpRequest) -> HttpResponseBase | None:
    """403 for a program that speaks without TLS where people are led to TLS: a redirect would hide
    that its token went in the clear."""
    flags = flags_of(request)
    program = (
        flags.is_api
        or "Authorization" in request.headers
        or (flags.has_key and "key" in request.GET)
    )
    if not program or request.is_secure() or not settings.SECURE_SSL_REDIRECT:
        return None
    sentence = _("Use https: what you sent could be read on the way. Make a new token.")
    problem = {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": sentence}
    return JsonResponse(problem, status=403, content_type="application/problem+json")


def refusal_of_method(request: HttpRequest) -> HttpResponseBase | None:
    """405 for what no page is asked with: the libraries' pages would take PUT for POST, and TRACE
    for GET."""
    known = request.method in PAGE_METHODS or (
        flags_of(request).is_api and request.method in API_METHODS
    )
    return None if known else HttpResponseNotAllowed(PAGE_METHODS)


def refusal_of_address(request: HttpRequest) -> HttpResponseBase | None:
    """404 for an address with a zero byte, 400 for a page whose query has one: no database can be
    asked, and nobody types it.

    The API says itself by which parameter it was sent.
    """
    if "\0" in request.path:
        return HttpResponseNotFound(_("There is nothing here, or nothing that you may see."))
    query = request.META.get("QUERY_STRING", "")
    if flags_of(request).is_api or not ("\0" in query or "%00" in query):
        return None
    return HttpResponseBadRequest(_("This request cannot be read."))


def forget_unreadable_cookies(request: HttpRequest) -> None:
    """Takes cookies with control signs for not sent: in quotation marks they can hold a zero byte,
    of which the database cannot be asked."""
    for name in [name for name, value in request.COOKIES.items() if UNPRINTABLE.search(value)]:
        del request.COOKIES[name]


class HeadersMiddleware:
    """Adds both policies where a view has not set a stricter one of its own; pages with somebody's
    data are kept by no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forget_unreadable_cookies(request)
        response = (
            refusal_without_tls(request)
            or refusal_of_method(request)
            or refusal_of_address(request)
            or self.get_response(request)
        )
        policy = response.headers.get("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        if "frame-ancestors" not in policy:  # of a download: `default-src` does not stand for these
            policy += "; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
        response.headers["Content-Security-Policy"] = policy
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # these two for what is refused here already
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = (
                '"cache", "storage"'  # of a browser that somebody else may use next
            )
        return response
