"""Forms in which a value of an indicator is reported, decided on, restated, and an indicator rated."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.results.choices import GIVEN, Measurement
from assistance.results.models import DIGITS, PLACES, Indicator
from assistance.results.services import Reported
from assistance.results.value_parts import read_parts
from core.forms import NumberField, date_input
from core.validators import PrintableFormMixin
from files import content_type

FIELDS = {  # beside source and comment, by what an indicator is measured in
    Measurement.NUMBER: ("value",),
    Measurement.SHARE: ("numerator", "denominator"),
    Measurement.QUALITATIVE: ("words",),
}
LARGEST = 10**12


class PartsField(forms.CharField):
    """Parts of a value, as “women: 5; men: 6”."""

    def clean(self, value: Any) -> Any:
        """The number of each part. Raises ValidationError with what is wrong."""
        return read_parts(super().clean(value))


class ValueForm(PrintableFormMixin, forms.Form):
    """A value as the indicator is measured, with its parts, its source and a file."""

    FIRST: ClassVar[tuple[str, ...]] = ()  # fields that stand before the value

    value = NumberField(label=_("Value"), max_digits=DIGITS, decimal_places=PLACES)
    numerator = forms.IntegerField(label=_("Numerator"), min_value=0, max_value=LARGEST)
    denominator = forms.IntegerField(label=_("Denominator"), min_value=0, max_value=LARGEST)
    words = forms.CharField(
        label=_("Step reached"),
        max_length=300,
        help_text=_("In the words of the scale, such as “established in 9 of 12 countries”."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("By which somebody else can find the value again."),
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        validators=[content_type.check_upload],
        help_text=content_type.help_with(_("What shows the value. Staff read it.")),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = FIELDS[Measurement(indicator.measurement)]
        for name in ("value", "numerator", "denominator", "words"):
            if name not in asked:
                del self.fields[name]
        is_words = indicator.measurement == Measurement.QUALITATIVE
        self.dimensions = [] if is_words else list(indicator.disaggregations)
        for number, dimension in enumerate(self.dimensions):
            self.fields[f"parts_{number}"] = PartsField(
                label=gettext("Of these, by %(dimension)s") % {"dimension": dimension},
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
                help_text=gettext("Such as women: 5; men: 6. They may be fewer than the value."),
            )
        self.order_fields([*self.FIRST, *asked, *self.part_names, "source", "comment", "file"])

    @property
    def part_names(self) -> list[str]:
        """Names of the fields in which parts are written."""
        return [f"parts_{number}" for number in range(len(self.dimensions))]

    def reported(self) -> Reported:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        return Reported(
            source=given["source"],
            value=given.get("value"),
            numerator=given.get("numerator"),
            denominator=given.get("denominator"),
            words=given.get("words", ""),
            comment=given["comment"],
            parts={
                dimension: parts
                for dimension, name in zip(self.dimensions, self.part_names, strict=True)
                if (parts := given[name])
            },
            file=given["file"],
        )


class SpanForm(PrintableFormMixin, forms.Form):
    """First and last day of what is said."""

    first_day = forms.DateField(label=_("First day"), widget=date_input())
    last_day = forms.DateField(label=_("Last day"), widget=date_input())

    def clean_last_day(self) -> date:
        """A day after which there is another."""
        day: date = self.cleaned_data["last_day"]
        if day >= date.max:
            raise ValidationError(gettext("This day is ahead."))
        return day

    def span(self) -> tuple[date, date]:
        """Half-open, once it is valid."""
        given = self.cleaned_data
        return given["first_day"], given["last_day"] + timedelta(days=1)


class ReportForm(SpanForm, ValueForm):
    """A value of a period."""

    FIRST = ("first_day", "last_day")


class RestateForm(ValueForm):
    """Another value in the place of an approved one."""

    restatement_reason = forms.CharField(
        label=_("Why it is restated"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DecisionForm(PrintableFormMixin, forms.Form):
    """Approving, or sending back with what is to change."""

    return_reason = forms.CharField(
        label=_("What is to change"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Needed to send it back."),
    )


class RatingForm(SpanForm):
    """A rating with its reason."""

    rating = forms.ChoiceField(label=_("Rating"), choices=GIVEN, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It stands in the report beside the rating."),
    )
