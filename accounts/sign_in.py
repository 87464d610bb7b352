"""The form in which people sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.drafts.form_drafts import STAYS_SIGNED_IN
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

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponseBase:
        """As the library does; notes in the session what was ticked."""
        response: HttpResponseBase = super().login(request, redirect_url=redirect_url)
        request.session[STAYS_SIGNED_IN] = bool(self.cleaned_data.get("remember"))
        return response
