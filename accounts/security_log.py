"""The security log: one JSON object a line on standard error, for whoever looks for break-ins.
docs/asvs.md, V16, lists its events.

It holds ids, never an e-mail address, a name, a secret, a query or what somebody wrote; JSON's
escapes keep every entry on its line.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import signals as auth_signals
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.encryption import blind_index

if TYPE_CHECKING:
    from accounts.users.models import User

log = logging.getLogger("meridian.security")  # its handler stands in config.settings
LONGEST = 300  # characters of a path
# Answers that say that somebody met a wall. 404 is there for who is signed in: what one may not see
# answers like what is not there.
REFUSALS = {
    400: "input_refused",
    401: "not_known",
    403: "refused",
    404: "not_there",
    405: "input_refused",
    413: "input_refused",
    415: "input_refused",
}
REFUSALS |= {422: "input_refused", 429: "limited"}
PROOFS = (
    "account_login",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)


def log_event(
    event: str,
    request: HttpRequest | None = None,
    user: User | None = None,
    level: int = logging.WARNING,
    **more: object,
) -> None:
    """Writes one entry: when (UTC), what, who (id), from where, at which address; `more` are words
    and ids that are no secret."""
    entry: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": event,
    }
    entry["user"] = getattr(user, "pk", None) if user is not None else person_id_of(request)
    if request is not None:
        entry |= {
            "from": remote_address(request),
            "method": request.method,
            "address": logged_path(request),
        }
        request.in_security_log = True  # type: ignore[attr-defined]
    log.log(level, json.dumps(entry | more, default=str))


def person_id_of(request: HttpRequest | None) -> int | None:
    """The id of the person behind a request, by session or token; None for strangers and where
    nobody can be asked any more."""
    try:
        pk: int | None = getattr(getattr(request, "user", None), "pk", None)
    except (
        Exception
    ):  # the session's store or the database is gone: the entry matters more than the name
        return None
    return pk


def remote_address(request: HttpRequest) -> str:
    """The visitor's network address, by the same rule as the limits of sign-in
    (TRUSTED_PROXY_COUNT)."""
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return str(request.META.get("REMOTE_ADDR", ""))


def logged_path(request: HttpRequest) -> str:
    """The path, without its query and without the key that a link to choose a password bears."""
    path = request.path
    match = request.resolver_match
    if match is not None and match.kwargs.get("key"):
        path = path.replace(str(match.kwargs["key"]), "…")
    return path[:LONGEST]


class SecurityLogMiddleware:
    """Outermost, so that what other middleware refuses is written down, too: refusals, wrong
    tokens, forged forms, limits, errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        status = response.status_code
        event = "error" if status >= 500 else REFUSALS.get(status)
        if event == "not_known" and "Authorization" in request.headers:
            event = "token_refused"
        if event == "not_there" and person_id_of(request) is None:
            return response  # strangers' wrong addresses stand in the access log
        view = request.resolver_match.view_name if request.resolver_match else ""
        if (
            event is None
            and request.method == "POST"
            and view in PROOFS
            and not hasattr(request, "in_security_log")
        ):
            event = "sign_in_not_proven"  # the form comes back, and no signal has said more
        if (
            event is not None and request.path != "/readyz"
        ):  # asked every few seconds, and answers 503 while something is missing
            log_event(
                event,
                request,
                level=logging.ERROR if event == "error" else logging.WARNING,
                status=status,
                view=view,
            )
        return response


def failure_mark(login: object) -> str:
    """By which failures with the same address are seen to be the same, without the address
    (HMAC-SHA256 under SECRET_KEY, shortened)."""
    return blind_index("security log", str(login or ""))[0][:16]


@receiver(auth_signals.user_logged_in)
def signed_in(request: HttpRequest, user: User, **rest: object) -> None:
    """Somebody is in."""
    log_event("sign_in", request, user, logging.INFO)


@receiver(auth_signals.user_logged_out)
def signed_out(request: HttpRequest, user: User, **rest: object) -> None:
    """Somebody has left by their own wish."""
    log_event("sign_out", request, user, logging.INFO)


@receiver(auth_signals.user_login_failed)
def log_failed_sign_in(
    credentials: Mapping[str, object], request: HttpRequest | None = None, **rest: object
) -> None:
    """A password that does not fit an address, or an address that nobody has."""
    log_event(
        "sign_in_failed",
        request,
        login=failure_mark(credentials.get("email") or credentials.get("username")),
    )


@receiver(account_signals.authentication_step_completed)
def log_step(request: HttpRequest, user: User, method: str, **rest: object) -> None:
    """One step is done: password, code, passkey or provider; the whole may need another."""
    more = {
        name: rest[name]
        for name in ("type", "passwordless", "reauthenticated", "provider")
        if rest.get(name) is not None
    }
    log_event("sign_in_step", request, user, logging.INFO, by=method, **more)


@receiver(authentication_failed)
def second_step_failed(
    request: HttpRequest, user: User, authenticator: Authenticator, **rest: object
) -> None:
    """A wrong code."""
    log_event("second_step_failed", request, user, by=str(authenticator.type))


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
@receiver(account_signals.password_reset)
def password_changed(request: HttpRequest, user: User, **rest: object) -> None:
    """Somebody has another password, by themselves or by a link."""
    log_event("password_changed", request, user)


@receiver(post_save, sender=Authenticator)
@receiver(post_save, sender=SocialAccount)
def way_in_added(instance: Authenticator | SocialAccount, created: bool, **rest: object) -> None:
    """An app, a passkey, recovery codes, an account at the provider."""
    if created:
        log_event("way_in_added", context.request, instance.user, by=sign_in_method(instance))


@receiver(post_delete, sender=Authenticator)
@receiver(post_delete, sender=SocialAccount)
def way_in_removed(instance: Authenticator | SocialAccount, **rest: object) -> None:
    """The same taken away, by its owner or by an operator's command (then without an address)."""
    log_event("way_in_removed", context.request, instance.user, by=sign_in_method(instance))


def sign_in_method(instance: Authenticator | SocialAccount) -> str:
    """What sort of way in."""
    return str(instance.type) if isinstance(instance, Authenticator) else "provider"
