"""What a view is exempt from, and how it speaks: said where its address is declared, never worked out
from the path.

An address without flags is exempt from nothing; so is one that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.http import HttpRequest
from django.urls import Resolver404, URLPattern, URLResolver, resolve

API = "/api/"  # below which also what leads nowhere is answered as programs read it
Patterns = Sequence[URLPattern | URLResolver]
# what django.urls.include returns, which at run time gives the module for its patterns
Include = tuple[Patterns, str | None, str | None]
P = ParamSpec("P")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class ViewFlags:
    """`without_second_factor`: staff get there before they have set one up. `own_account`: reads and
    writes one's own rows alone, outside the countries' role. `is_api`: for programs, answers in
    JSON. `has_key`: its address may hold a key, which must not go in the clear. `is_public`: for
    strangers, through the public connection and nothing else."""

    without_second_factor: bool = False
    own_account: bool = False
    is_api: bool = False
    has_key: bool = False
    is_public: bool = False


def flagged(view: Callable[P, Answer], flags: ViewFlags) -> Callable[P, Answer]:
    """The view with its flags. Whoever walks all addresses finds them as `view_flags`."""

    @wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        return view(*args, **kwargs)

    marked.view_flags = flags  # type: ignore[attr-defined]
    return marked


def flagged_patterns(patterns: Patterns, flags: ViewFlags) -> list[URLPattern | URLResolver]:
    """Addresses with all their views flagged; the given ones stay as they are, since a library's
    belong to it."""
    found: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = flagged_patterns(pattern.url_patterns, flags)
            found.append(
                URLResolver(
                    pattern.pattern,
                    inner,
                    pattern.default_kwargs,
                    pattern.app_name,
                    pattern.namespace,
                )
            )
        else:
            view = flagged(pattern.callback, flags)
            found.append(URLPattern(pattern.pattern, view, pattern.default_args, pattern.name))
    return found


def flagged_include(included: Include, flags: ViewFlags) -> Include:
    """The same of what `include` returns.

    >>> path("accounts/", flagged_include(include("allauth.urls"), ViewFlags(own_account=True)))
    """
    module, app_name, namespace = included
    patterns: Patterns = getattr(module, "urlpatterns", module)
    return flagged_patterns(patterns, flags), app_name, namespace


def flags_of(request: HttpRequest) -> ViewFlags:
    """The flags of the view that the address leads to; looked up once a request."""
    found: ViewFlags | None = getattr(request, "_view_flags", None)
    if found is None:
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            found = ViewFlags(is_api=request.path_info.startswith(API))
        else:
            found = getattr(view, "view_flags", ViewFlags())
        request._view_flags = found  # type: ignore[attr-defined]
    return found
