"""Refuses bodies that are too large before anybody has looked into them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.body_limits import BESIDE_A_FILE, MB, MOST_OF_STRANGERS, REFUSED
from config.errors import is_program, problem_response


def limit_bodies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that answers 413 before anybody has looked into the body.

    It stands behind what knows the user and the language.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return too_large_response(request) if is_too_large(request) else get_response(request)

    return middleware


def is_too_large(request: HttpRequest) -> bool:
    """Whether the web server refused the body, or it is larger than this visitor may send.

    A token counts as it stands: the API asks whether it is alive before it reads.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if length.isdigit() else 0
    if REFUSED in request.META or size > settings.ATTACHMENT_MOST_BYTES + BESIDE_A_FILE:
        return True
    if size <= MOST_OF_STRANGERS or (is_program(request) and "Authorization" in request.headers):
        return False
    return not request.user.is_authenticated


def too_large_response(request: HttpRequest) -> HttpResponseBase:
    """413: a problem for programs, a page for people that says what would be taken."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if is_program(request):
        return problem_response(status, _("The body is too large. Send less at once."))
    context = {"most": settings.ATTACHMENT_MOST_BYTES // MB, "known": request.user.is_authenticated}
    return render(request, "413.html", context, status=status)
