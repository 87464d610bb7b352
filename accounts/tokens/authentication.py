"""`Authorization: Token mer_…` for the API."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.current_user import token_with_user
from accounts.tokens.models import ApiToken, key_digest
from accounts.users.models import User

READING = ("GET", "HEAD", "OPTIONS")
NOTED_EVERY = timedelta(minutes=10)  # last use is not written at every request


class TokenAuthentication(BaseAuthentication):
    """Knows a user by an API token that is alive; one that may only read is refused for anything
    else."""

    def authenticate(self, request: Request | HttpRequest) -> tuple[User, ApiToken] | None:
        """The token's user; None where the header speaks of no token.

        Raises AuthenticationFailed; PermissionDenied where it may only read.
        """
        words = str(request.META.get("HTTP_AUTHORIZATION", "")).split()
        if not words or words[0].lower() not in ("token", "bearer"):
            return None
        if len(words) != 2:
            raise AuthenticationFailed(
                _(
                    "Write the header as “Authorization: Token” and the token, with one space"
                    " between."
                )
            )
        token, now = token_of(request, words[1]), timezone.now()
        if token is None or token.expires_at <= now:
            raise AuthenticationFailed(_("This token is unknown, ended or expired."))
        if request.method not in READING and not token.may_write:
            raise PermissionDenied(_("This token may only read. Make one that may write."))
        if token.last_used_at is None or now - token.last_used_at > NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """So that a missing token is answered by 401, not 403."""
        return "Token"


def token_of(request: Request | HttpRequest, key: str) -> ApiToken | None:
    """The token of a key that nobody ended, with its user; looked up once a request, which both the
    middleware of the countries' role and the API ask."""
    kept = getattr(request, "_request", request).__dict__
    if "_token" not in kept:
        kept["_token"] = token_with_user(key_digest(key))
    found: ApiToken | None = kept["_token"]
    return found
