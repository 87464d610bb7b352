"""Views that a program may open with its token as well as a person with their session: the bytes of
files and documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, AuthenticationFailed

from accounts.tokens.authentication import TokenAuthentication
from accounts.types import AuthenticatedRequest
from core.throttling import is_over_limit, until_the_next_minute

P = ParamSpec("P")


def session_or_token(
    view: Callable[Concatenate[AuthenticatedRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lets in who is signed in, or who sends a token that is alive; others are led to the sign-in
    page, wrong tokens answered by 401.

    Calls with a token count with those of its person to pages and the API; those with a session are
    counted before they come here.
    """

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            try:
                known = TokenAuthentication().authenticate(request)
            except AuthenticationFailed as failure:
                return token_refusal(401, str(failure.detail), {"WWW-Authenticate": "Token"})
            except APIException as failure:  # a token that may only read
                return token_refusal(failure.status_code, str(failure.detail), {})
            if known is None:
                return redirect_to_login(request.get_full_path())
            if is_over_limit(known[0].pk):
                return token_refusal(
                    429,
                    _("Too many pages in one minute."),
                    {"Retry-After": str(until_the_next_minute())},
                )
            request.user = known[0]
        return view(cast("AuthenticatedRequest", request), *args, **kwargs)

    return guarded


def token_refusal(status: int, sentence: str, headers: dict[str, str]) -> HttpResponse:
    """To a program, which shows no page."""
    return HttpResponse(
        sentence, status=status, content_type="text/plain; charset=utf-8", headers=headers
    )
