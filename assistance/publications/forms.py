"""The form of a country's publication."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validators import PrintableFormMixin


class PublicationForm(PrintableFormMixin, forms.Form):
    """Two boxes."""

    has_page = forms.BooleanField(
        label=_("The country has a public page"),
        required=False,
        help_text=_(
            "It shows the requests that the country agreed to publish and what it did about"
            " treaties; news may name the country."
        ),
    )
    names_institution = forms.BooleanField(
        label=_("The page names the focal point’s institution"),
        required=False,
        help_text=_("Never a person: the programme forwards what the public writes."),
    )
