"""Forms of a part of an engagement and of who came from where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.engagements import validators
from assistance.engagements.choices import MOST_PEOPLE
from assistance.engagements.part_models import EngagementPart
from core.forms import NO_DATE, date_input
from core.text import Label
from core.validators import PrintableFormMixin
from countries.geography.country_choices import CountryChoices
from countries.models import Country


def measure_field(label: Label, digits: int, sentence: Label) -> forms.DecimalField:
    """A number of days, hours or an amount."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        error_messages={"invalid": sentence},
        widget=forms.NumberInput(attrs={"step": "any", "min": "0"}),
    )


def day_field(label: Label, needed: Label) -> forms.DateField:
    """A day of a part."""
    return forms.DateField(
        label=label, widget=date_input(), error_messages={"required": needed, "invalid": NO_DATE}
    )


class PartForm(PrintableFormMixin, forms.Form):
    """One dated part."""

    title = forms.CharField(
        label=_("Title of the part"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    starts_on = day_field(_("First day"), _("Write the first day."))
    ends_on = day_field(
        _("Last day"), _("Write the last day; for one day it is the same as the first.")
    )
    days = measure_field(_("Days"), 6, _("Write a number of days, such as 3 or 2.5."))
    hours = measure_field(_("Hours"), 7, _("Write a number of hours, such as 24."))
    planned_cost = measure_field(_("Planned cost"), 14, _("Write an amount, such as 12500."))
    actual_cost = measure_field(_("Actual cost"), 14, _("Write an amount, such as 12500."))
    as_expected = forms.BooleanField(
        label=_("It took place, and the numbers that were expected are those that came"),
        required=False,
    )
    remove = forms.BooleanField(label=_("Take this part out"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None,
        *,
        prefix: str,
        initial: dict[str, object] | None,
        first: bool,
        currency: str,
        today: date,
        row: EngagementPart | None = None,
    ) -> None:
        super().__init__(
            data,
            prefix=prefix,
            initial=initial,
            empty_permitted=not first and row is None,
            use_required_attribute=False,
        )
        self.today = today
        self.fields["planned_cost"].label = gettext("Planned cost, in %(currency)s") % {
            "currency": currency
        }
        self.fields["actual_cost"].label = gettext("Actual cost, in %(currency)s") % {
            "currency": currency
        }
        if first or (row is not None and row.is_held):
            del self.fields["remove"]
        if row is None or row.ends_on > today or not has_expected_numbers(row):
            del self.fields["as_expected"]

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.has_changed()

    def clean(self) -> dict[str, object]:
        """Dates in order, measures above zero."""
        given = super().clean() or {}
        for name, sentence in validators.wrong_in_part(given, self.today).items():
            self.add_error(name, sentence)
        return given


def has_expected_numbers(part: EngagementPart) -> bool:
    """Whether a part has numbers that were written before it was over and not confirmed since."""
    return any(row.is_expected and row.is_reported for row in part.participations.all())


def people_field(label: Label) -> forms.IntegerField:
    """A number of people; empty means not reported."""
    sentence = _("Write a whole number, or leave it empty if it is not reported.")
    widget = forms.NumberInput(attrs={"class": "narrow", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={"invalid": sentence, "min_value": sentence},
        widget=widget,
    )


class RowForm(PrintableFormMixin, forms.Form):
    """Who came from one country to one part.

    A blank number stays blank: it is not reported, never zero.
    """

    wide_fields = ("country", "institutions")  # take the whole width where a row is a card
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off", "dir": "auto"}),
    )
    women = people_field(_("Women"))
    men = people_field(_("Men"))
    other = people_field(_("Other"))
    unknown = people_field(_("Not known"))
    not_yet_known = forms.BooleanField(label=_("Not yet known"), required=False)
    institutions = forms.CharField(
        label=_("Institutions"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        *,
        prefix: str,
        initial: dict[str, object] | None,
        names: CountryChoices,
        line: int,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.names, self.line = names, line
        place = gettext("line %(number)s") % {"number": line}
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {place}"

    def clean_country(self) -> Country | None:
        """By name in any of the six languages, or by code."""
        return self.names.clean(self.cleaned_data["country"])

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not self.has_changed()

    def clean(self) -> dict[str, object]:
        """Numbers have a country.

        What else must agree in a line is asked by `Entry`, which knows the type.
        """
        given = super().clean() or {}
        if (
            not given.get("country")
            and "country" not in self.errors
            and any(v not in (None, "", False) for v in given.values())
        ):
            self.add_error(
                "country", gettext("Write from which country they came, or empty this line.")
            )
        return given
