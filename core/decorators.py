"""What a page says of itself to the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest

View = Callable[..., Any]


def allow_form_cache(view: View) -> View:
    """Marks a page in which people write at length: who goes back to it, by mistake or from an
    error, finds what they typed.

    Browsers restore nothing in what they may not store, so that these pages are stored until the
    session is ended (then `Clear-Site-Data` removes them). All other pages of who is signed in are
    stored nowhere.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return kept
