"""The second factor: kept encrypted, and asked of all staff in production."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Role

FREE_PATHS = ("/accounts/", "/static/", "/language/", "/healthz", "/readyz")
MARK = "second_factor_set"  # in the session, so that it is asked of the database once


class EncryptingAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie encrypted in the database, under a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        """For the database."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Back. Raises InvalidToken where SECRET_KEY has changed: people then set up their second factor anew, by an administrator's hand."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    def _box(self) -> Fernet:
        """The key of this installation."""
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()))


class SecondFactorMiddleware:
    """Staff without a second factor get no further than to the page that sets it up, where SECOND_FACTOR_REQUIRED is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated or user.role == Role.FOCAL_POINT or request.path.startswith(FREE_PATHS):
            return self.get_response(request)
        if not request.session.get(MARK):
            if not is_mfa_enabled(user):
                sentence = _("Set up the second step of your sign-in first: your role asks for it.")
                if request.path.startswith("/api/"):
                    return JsonResponse({"type": "about:blank", "title": "Forbidden", "status": 403, "detail": sentence}, status=403)
                messages.info(request, sentence)
                return redirect("mfa_activate_totp")
            request.session[MARK] = True
        return self.get_response(request)
