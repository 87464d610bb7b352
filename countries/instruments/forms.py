"""The form of a treaty action."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import NO_DATE, date_input, row_field
from core.validators import PrintableModelForm
from countries.geography.models import Country
from countries.instruments.choices import Precision
from countries.instruments.models import TreatyAction


class TreatyActionForm(PrintableModelForm[TreatyAction]):
    """What a country or an organisation did, when, and where that is known from."""

    class Meta:
        model = TreatyAction
        fields = [
            "instrument",
            "country",
            "organisation",
            "action",
            "precision",
            "date",
            "date_until",
            "source",
            "note",
        ]
        widgets = {"date": date_input(), "date_until": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = row_field(self, "country")
        countries.queryset, countries.empty_label = Country.objects.in_order(), _("None")
        countries.required = False
        row_field(self, "instrument").empty_label = _("Choose …")
        for name in ("date", "date_until"):
            self.fields[name].error_messages["invalid"] = NO_DATE
        self.fields["organisation"].help_text = _(
            "Only where it is no country, such as the European Union."
        )
        self.fields["date"].help_text = _(
            "The day of the signature or of the deposit. Where only the month or the year is known,"
            " any day of it."
        )
        self.fields["date_until"].help_text = _("Only where it happened between two days.")
        self.fields["source"].help_text = _(
            "Where you read it, with its date: the depositary's register decides."
        )

    def clean(self) -> dict[str, object]:
        """One of country and organisation; a date where one is known."""
        given = super().clean() or {}
        if bool(given.get("country")) == bool(given.get("organisation")):
            self.add_error("country", gettext("Name a country or an organisation, not both."))
        precision = given.get("precision")
        if precision and precision != Precision.REPORTED and not given.get("date"):
            self.add_error("date", gettext("Write the date, or choose “reported without a date”."))
        first, last = given.get("date"), given.get("date_until")
        if (
            precision == Precision.SPAN
            and "date" not in self.errors
            and not (first and last and str(first) < str(last))
        ):
            self.add_error("date_until", gettext("Write a day that is later than the first."))
        return given
