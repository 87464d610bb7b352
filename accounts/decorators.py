"""The first wall on pages: each view names the verb of the permission table that it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.permissions import TABLE, may
from accounts.types import AuthenticatedRequest

P = ParamSpec("P")
Answer = TypeVar("Answer")
View = Callable[Concatenate[AuthenticatedRequest, P], Answer]


def permission_required(verb: str) -> Callable[[View[P, Answer]], View[P, Answer]]:
    """Refuses whom the table does not allow the verb: 404 where the address speaks of one thing,
    else 403. The view carries its `verb` for whoever walks all addresses.

    Raises KeyError at import for a verb that the table does not know.
    """
    TABLE[verb]

    def guard(view: View[P, Answer]) -> View[P, Answer]:
        @wraps(view)
        def guarded(request: AuthenticatedRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if not may(request.user, verb):
                if kwargs:  # what one may not see answers like what is not there
                    raise Http404
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.verb = verb  # type: ignore[attr-defined]
        return guarded

    return guard
