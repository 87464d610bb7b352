"""Types of what every request gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from accounts.users.models import User

if TYPE_CHECKING:
    from rest_framework.request import Request


class AuthenticatedRequest(HttpRequest):
    """A request of somebody who has signed in: all that reach a view of a page without
    `login_not_required`."""

    user: User


def authenticated(request: HttpRequest) -> AuthenticatedRequest | None:
    """The request as that of who has signed in; None of a stranger's. For views that both reach."""
    return cast("AuthenticatedRequest", request) if request.user.is_authenticated else None


def person_of(request: HttpRequest | Request) -> User:
    """Who calls the API, by session or token. Of a stranger, whom permissions refuse before anything
    is done, querysets find nothing."""
    return cast("User", request.user)
