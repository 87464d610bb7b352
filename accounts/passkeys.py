"""The words of the forms for passkeys."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60  # characters


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey: its name, and whether it signs in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_field(self)
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with this passkey alone, without the password"), True
        alone.help_text = _("The device then asks for your fingerprint, face or PIN. Without this, the passkey is only the second step.")


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_field(self)


def name_field(form: Any) -> None:
    """Names stay short, and tell devices apart."""
    form.fields["name"].label = _("Name")
    form.fields["name"].help_text = _("To tell it from others: the device that keeps it.")
    form.fields["name"].max_length = LONGEST_NAME
    form.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME
