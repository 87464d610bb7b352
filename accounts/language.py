"""Choosing a language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

A_YEAR = 365 * 24 * 3600  # seconds


def safe_next(request: HttpRequest) -> str:
    """Where the form says to go on, if that is a page of this site; else the first page."""
    there = request.POST.get("next", "")
    safe = there.startswith("/") and url_has_allowed_host_and_scheme(
        there, {request.get_host()}, require_https=request.is_secure()
    )
    return there if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """The cookie by which also the page of sign-in speaks this language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language with the person, or in a cookie for who has not signed in.

    An unknown language changes nothing.
    """
    user = request.user
    language = request.POST.get("language", "")
    response = redirect(safe_next(request))
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        if user.is_authenticated and user.language != language:
            user.language = language
            user.save(update_fields=["language"])
        set_language_cookie(response, language)
    return response
