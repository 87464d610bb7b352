"""The form in which people sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _

from core.validators import PrintableFormMixin

LABELS = {
    "login": _("E-mail address"),
    "password": _("Password"),
    "remember": _("Keep me signed in on this device"),
}


class SignInForm(PrintableFormMixin, LoginForm):
    """The library's, in our words and without examples in the fields that repeat them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""  # the page has a link beside the button
