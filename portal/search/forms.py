"""What is looked for, on the page and in the API."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import NO_CHOICE
from core.validators import PrintableFormMixin
from portal.search.services import KIND_CHOICES, LONGEST


class SearchForm(PrintableFormMixin, forms.Form):
    """Words, and of which kind alone."""

    q = forms.CharField(
        label=_("Name, code, reference or words"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *KIND_CHOICES],
        error_messages={"invalid_choice": NO_CHOICE},
        widget=forms.HiddenInput,
    )
