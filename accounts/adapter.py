"""How allauth behaves here."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.text import Label


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody registers alone: an administrator makes the account."""

    error_messages: ClassVar[dict[str, Label]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """The library's, with our second step in the place of its own."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.second_factor.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """The library's limits; who meets them stands in the security log.

        Raises ValidationError.
        """
        from accounts import security_log  # which asks the library for this adapter

        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            security_log.log_event(
                "sign_in_limited",
                request,
                login=security_log.failure_mark(credentials.get("email")),
            )
            raise
