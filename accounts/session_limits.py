"""How long a session lasts: LONGEST after signing in at most, and IDLE after the last request."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.signals import authentication_step_completed
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

LONGEST = 12 * 3600  # seconds; NIST SP 800-63B, section 4.2.3
# seconds: a long text is written without a request in between, and what was typed would be lost
IDLE = 4 * 3600
NOTED_EVERY = 300  # seconds; the last request is not written at every one
BEGAN, SEEN = "began", "seen"


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, **rest: object) -> None:
    """Notes when somebody signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


@receiver(authentication_step_completed)
def renew_session_key(request: HttpRequest, reauthenticated: bool = False, **rest: object) -> None:
    """Who proves again who they are goes on under a new key; a copy of the former one is of no use.

    Signing in does the same by itself.
    """
    former = request.session.session_key
    if reauthenticated and former:
        request.session.cycle_key()
        UserSession.objects.filter(session_key=former).update(
            session_key=request.session.session_key
        )


class SessionLimitsMiddleware:
    """Signs out whose session has lasted too long or rested too long: the session is gone, here and
    for whoever copied its cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
            if now - began > LONGEST or now - seen > IDLE:
                logout(request)
            elif now - seen > NOTED_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)
