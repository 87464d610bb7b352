"""Mails to who has forgotten a password.

The worker sends them: by the time that the page takes, nobody tells whether an address is known.
"""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm, filter_users_by_email
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from accounts.invitations import path_of
from core.encryption import blind_index
from core.validators import PrintableFormMixin

A_DAY = 24 * 3600  # seconds in which an address that nobody has gets one mail


class PasswordResetForm(PrintableFormMixin, ResetPasswordForm):
    """Takes an address; the page's answer is the same for every one."""

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Leaves the rest to the worker, to which no secret is passed on. Returns the address."""
        from accounts.tasks import mail_new_password  # which needs the models, as forms do not

        address = str(self.cleaned_data["email"])
        mail_new_password.delay(address, translation.get_language() or settings.LANGUAGE_CODE)
        return address


def send_new_password_mail(address: str, language: str) -> bool:
    """Sends a link to whoever has the address; to an address that nobody has, once a day, that it
    is so.

    Returns whether somebody has it. Raises what the mail server raises.
    """
    users = filter_users_by_email(address.lower(), is_active=True, prefer_verified=True)
    with translation.override(language):
        for user in users:
            link = f"{settings.BASE_URL}{path_of(user)}"
            _mail("password_reset_key", address, {"password_reset_url": link}).send()
        if not users and _is_first_today(address):
            _mail("unknown_account", address, {}).send()
    return bool(users)


def _is_first_today(address: str) -> bool:
    """Whether nothing went to an unknown address in the last day; it stands in no cache itself."""
    return bool(cache.add(f"new-password.{blind_index('new password', address)[0]}", True, A_DAY))


def _mail(template: str, address: str, context: dict[str, str]) -> EmailMessage:
    """The mail, marked as written by no person (RFC 3834)."""
    subject = render_to_string(f"account/email/{template}_subject.txt", context)
    body = render_to_string(f"account/email/{template}_message.txt", context)
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), body, to=[address], headers=headers)
