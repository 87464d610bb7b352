"""What a page says of itself to the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.http import HttpResponseBase

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


def allow_form_cache(view: Callable[P, Response]) -> Callable[P, Response]:
    """Marks a page in which people write at length: who goes back to it, by mistake or from an
    error, finds what they typed.

    Browsers restore nothing in what they may not store, so that these pages are stored until the
    session is ended (then `Clear-Site-Data` removes them). All other pages of who is signed in are
    stored nowhere.
    """

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = view(*args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return kept
