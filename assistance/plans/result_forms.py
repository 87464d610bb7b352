"""The form in which the values of a plan's indicators are recorded: one time, all indicators."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assistance.plans.models import PlanIndicator
from assistance.plans.results import Measured, Wave
from assistance.results.models import Indicator
from core.forms import NumberField, date_input, row_field
from core.templatetags.core import grouped
from core.validators import PrintableFormMixin


class PlanResultsForm(PrintableFormMixin, forms.Form):
    """When, by what source, and a value for each indicator that was measured."""

    wave = forms.ChoiceField(label=_("Measured"), choices=Wave.choices, widget=forms.RadioSelect)
    measured_on = forms.DateField(label=_("Day"), widget=date_input())
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("By which somebody else can find the values again."),
    )
    correction_reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        required=False,
        help_text=_("Where values of this time are there already."),
    )

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[PlanIndicator],
        reported: Iterable[Indicator],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.reported = list(indicators), list(reported)
        for indicator in self.indicators:
            self.fields[f"value_{indicator.pk}"] = NumberField(
                label=f"{indicator.title} ({indicator.unit})",
                max_digits=14,
                decimal_places=2,
                required=False,
                help_text=_("From %(baseline)s to %(target)s.")
                % {"baseline": grouped(indicator.baseline), "target": grouped(indicator.target)},
            )
            if self.reported:
                self.add_feeds(indicator)

    def add_feeds(self, indicator: PlanIndicator) -> None:
        """Which indicator of the framework the value counts for."""
        name = f"feeds_{indicator.pk}"
        self.fields[name] = forms.ModelChoiceField(
            label=_("Counts for the framework's indicator"),
            queryset=Indicator.objects.filter(pk__in=[i.pk for i in self.reported]),
            required=False,
            empty_label=_("none"),
            initial=self.fed_so_far(indicator),
        )
        row_field(self, name).choices = [
            ("", _("none")),
            *((i.pk, f"{i.code} {i.text}") for i in self.reported),
        ]

    def fed_so_far(self, indicator: PlanIndicator) -> int | None:
        """For what its value that was recorded last counts, where that is among those offered."""
        last = max(indicator.values.all(), key=lambda value: value.pk, default=None)
        offered = {one.pk for one in self.reported}
        return last.feeds_id if last and last.feeds_id in offered else None

    def measured(self) -> Measured:
        """When and how, once it is valid."""
        given = self.cleaned_data
        return Measured(
            given["wave"], given["measured_on"], given["source"], given["correction_reason"]
        )

    def values(self) -> dict[int, Decimal]:
        """By indicator; what was left empty is left out."""
        found = {i.pk: self.cleaned_data[f"value_{i.pk}"] for i in self.indicators}
        return {pk: value for pk, value in found.items() if value is not None}

    def feeds(self) -> dict[int, Indicator | None]:
        """By indicator, where the programme has a framework."""
        return {i.pk: self.cleaned_data.get(f"feeds_{i.pk}") for i in self.indicators}
