"""The second factor: kept encrypted, and asked of all staff in production."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Role
from core.encryption import Cipher, cipher_for
from core.validators import PrintableFormMixin
from core.view_flags import flags_of

if TYPE_CHECKING:
    from accounts.users.models import User

MARK = "second_factor_set"  # in the session, so that it is asked of the database once
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none


class EncryptingAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie encrypted in the database, under a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        """For the database."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Back.

        Raises InvalidToken where SECRET_KEY has changed and the former one is forgotten: people
        then set it up anew, by an operator's hand.
        """
        return self._box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a passkey is called unless its owner says otherwise."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """How devices call this site; passkeys hold for the host name that people type."""
        site: dict[str, str] = super().get_public_key_credential_rp_entity()
        return site | {"name": settings.MFA_TOTP_ISSUER}

    def _box(self) -> Cipher:
        """The keys of this installation."""
        return cipher_for("second factor")


class ActivateForm(PrintableFormMixin, ActivateTOTPForm):
    """Sets up an app. The code that proves it is used up: it opens no sign-in beside."""

    def clean_code(self) -> str:
        """The code. Raises ValidationError for a wrong one and one that was used."""
        code: str = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


def met_at_provider(request: HttpRequest, user: User) -> bool:
    """Whether this session came by single sign-on, where the provider answers for the second step
    (OIDC_SECOND_FACTOR)."""
    if settings.OIDC_SECOND_FACTOR != "provider":
        return False
    first_steps = [
        r
        for r in get_authentication_records(request, user)
        if r.get("method") != "mfa" and not r.get("reauthenticated")
    ]
    return bool(first_steps) and first_steps[-1].get("method") == "socialaccount"


class SecondStep(AuthenticateStage):
    """Asks for the second step while somebody signs in, unless the provider has."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return bool(super()._should_handle(request)) and not met_at_provider(
            request, self.login.user
        )


@receiver(authenticator_removed)
def forget_mark(request: HttpRequest, **rest: object) -> None:
    """Who takes away the last one is asked again, in the same session."""
    request.session.pop(MARK, None)


class SecondFactorMiddleware:
    """Staff without a second factor get no further than to the page where they set up an app or a
    passkey, where SECOND_FACTOR_REQUIRED is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if (
            not settings.SECOND_FACTOR_REQUIRED
            or not user.is_authenticated
            or user.role == Role.FOCAL_POINT
            or flags_of(request).without_second_factor
        ):
            return self.get_response(request)
        if not request.session.get(MARK):
            if not is_mfa_enabled(user, KINDS) and not met_at_provider(request, user):
                sentence = _("Set up the second step of your sign-in first: your role asks for it.")
                if flags_of(request).is_api:
                    return JsonResponse(
                        {
                            "type": "about:blank",
                            "title": "Forbidden",
                            "status": 403,
                            "detail": sentence,
                        },
                        status=403,
                    )
                messages.info(request, sentence)
                return redirect("mfa_index")
            request.session[MARK] = True
        return self.get_response(request)
