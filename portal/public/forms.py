"""The filters of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.validators import PrintableFormMixin
from portal.public.models import PublicRequest
from portal.public.register import RegisterChoices

FILTERS = ("pillar", "country", "year")


class RegisterForm(PrintableFormMixin, forms.Form):
    """Pillar, country and year; what is left empty leaves nothing out."""

    pillar = forms.ChoiceField(label=_("Pillar"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, choices: RegisterChoices) -> None:
        super().__init__(data, auto_id="%s")
        for name in FILTERS:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *getattr(choices, name)]
            field.error_messages["invalid_choice"] = _(
                "No request in this list has “%(value)s”. Choose one from the list."
            )

    @property
    def is_narrowed(self) -> bool:
        """Whether something was chosen."""
        return self.is_bound and any(self.data.get(name) for name in FILTERS)

    def narrow(self, rows: QuerySet[PublicRequest]) -> QuerySet[PublicRequest]:
        """The rows that were asked for, of a valid form."""
        given = self.cleaned_data
        if given["pillar"]:
            rows = rows.filter(pillar__code=given["pillar"])
        if given["country"]:
            rows = rows.filter(country__iso3=given["country"])
        return rows.filter(year=given["year"]) if given["year"] else rows
