"""The forms for passkeys: their words, and what a device's answer must not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.validators import PrintableFormMixin

LONGEST_NAME = 60  # characters


@contextmanager
def require_readable_answer() -> Iterator[None]:
    """Makes a sentence of an answer that is no passkey's: the libraries stop at missing parts with
    an error of Python.

    Raises ValidationError.
    """
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValidationError(
            _("The device gave no passkey. Try again, or sign in another way.")
        ) from error


class Readable:
    """For forms with the answer of a device that has a passkey already."""

    def clean_credential(self) -> Authenticator:
        """Whose passkey it is. Raises ValidationError for anything else."""
        with require_readable_answer():
            return super().clean_credential()  # type: ignore[misc]


class LoginForm(Readable, LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class AuthenticateForm(Readable, AuthenticateWebAuthnForm):
    """A passkey as second step."""


class ReauthenticateForm(Readable, ReauthenticateWebAuthnForm):
    """A passkey once more, before what guards the account is changed."""


class AddPasskeyForm(PrintableFormMixin, AddWebAuthnForm):
    """A new passkey: its name, and whether it signs in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_field(self)
        alone = self.fields["passwordless"]
        alone.label, alone.initial = (
            gettext_lazy("Sign in with this passkey alone, without the password"),
            True,
        )
        alone.help_text = gettext_lazy(
            "The device then asks for your fingerprint, face or PIN. Without this, the passkey is"
            " only the second step."
        )

    def clean(self) -> dict[str, object]:
        """What was typed and the new passkey. Raises ValidationError for an answer that is none."""
        with require_readable_answer():
            return super().clean() or {}


class RenamePasskeyForm(PrintableFormMixin, EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_field(self)


def name_field(form: forms.BaseForm) -> None:
    """Names stay short, and tell devices apart."""
    name = form.fields["name"] = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("To tell it from others: the device that keeps it."),
        max_length=LONGEST_NAME,
    )
    name.required = isinstance(form, EditWebAuthnForm)  # a new one without a name gets one
