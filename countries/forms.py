"""Editing a name in six languages as six fields."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validators import PrintableModelForm
from countries.names import LANGUAGES, Named

NamedRow = TypeVar("NamedRow", bound=Named)

# in the UN's order
TONGUES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


class NamedForm(PrintableModelForm[NamedRow]):
    """For models that are `Named`: English is needed, the others fall back on it."""

    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_fr = forms.CharField(label=TONGUES["fr"], max_length=200, required=False)
    name_es = forms.CharField(label=TONGUES["es"], max_length=200, required=False)
    name_ar = forms.CharField(
        label=TONGUES["ar"],
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    name_ru = forms.CharField(label=TONGUES["ru"], max_length=200, required=False)
    name_zh = forms.CharField(label=TONGUES["zh"], max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"name_{language}"].initial = self.instance.names.get(language, "")

    def save(self, commit: bool = True) -> NamedRow:
        """The six fields as one object; empty ones are left out."""
        self.instance.names = {
            x: self.cleaned_data[f"name_{x}"] for x in LANGUAGES if self.cleaned_data[f"name_{x}"]
        }
        return super().save(commit)
