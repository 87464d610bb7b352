"""Views that a program may open with its token as well as a person with their session: the bytes of files and documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import AuthenticationFailed

from accounts.tokens.authentication import TokenAuthentication

View = Callable[..., Any]


def session_or_token(view: View) -> View:
    """Lets in who is signed in, or who sends a token that is alive; others are led to the sign-in page, wrong tokens answered by 401."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            try:
                known = TokenAuthentication().authenticate(request)  # type: ignore[arg-type]
            except AuthenticationFailed as failure:
                return HttpResponse(str(failure.detail), status=401, content_type="text/plain; charset=utf-8", headers={"WWW-Authenticate": "Token"})
            if known is None:
                return redirect_to_login(request.get_full_path())
            request.user = known[0]
        return view(request, *args, **kwargs)

    return guarded
