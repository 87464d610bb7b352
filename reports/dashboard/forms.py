"""Of what the dashboard speaks."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Pillar, Programme
from core import access
from core.forms import choice_field, row_field
from core.validators import PrintableFormMixin
from countries.geography.models import REGIONS
from countries.models import CountryGroup, GroupMembership
from reports.figures.scope import ReportScope
from reports.schedules import periods
from reports.schedules.periods import Period, Rhythm

# how many of each are offered, newest first
LENGTHS = {
    "monthly": 12,
    "quarterly": 8,
    "half_yearly": 4,
    "yearly": 4,
}
FIRST = "quarterly"


def offered_periods(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods to choose from, by length; each value is its frequency and first day."""
    labels = {
        "monthly": _("Months"),
        "quarterly": _("Quarters"),
        "half_yearly": _("Half-years"),
        "yearly": _("Years"),
    }
    found = []
    for frequency, most in LENGTHS.items():
        rhythm = Rhythm(frequency)
        period = rhythm.containing(today)
        choices = []
        for _n in range(most):
            assert period is not None, "only given dates leave days out"
            choices.append(
                (f"{frequency}.{period.start}", periods.period_name(period.start, period.end))
            )
            period = rhythm.before(period)
        found.append((str(labels[frequency]), choices))
    return found


class DashboardForm(PrintableFormMixin, forms.Form):
    """Programme, period and scope, in the address, so that a view of it can be kept and shared."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Programme"),
        required=False,
        empty_label=None,
        to_field_name="code",
    )
    period = forms.ChoiceField(label=_("Period"), required=False)
    pillar = forms.ModelChoiceField(
        Pillar.objects.all(),
        label=_("Pillar"),
        required=False,
        empty_label=_("all"),
        to_field_name="code",
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=[("", _("all")), *REGIONS.items()]
    )
    group = forms.ModelChoiceField(
        CountryGroup.objects.all(),
        label=_("Group of countries"),
        required=False,
        empty_label=_("all"),
        to_field_name="code",
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        self.programmes = Programme.objects.visible_to(user)
        self.default = self.programmes.first()
        today = self.default.today() if self.default else date.today()
        given = data.copy()
        if not given.get("period"):  # the field then shows the period of which the figures are
            given["period"] = f"{FIRST}.{periods.period_of(FIRST, today).start}"
        super().__init__(given)
        row_field(self, "programme").queryset = self.programmes
        row_field(self, "pillar").queryset = Pillar.objects.readable(access.programme_ids(user))
        if len(self.programmes) < 2:
            del self.fields["programme"]
        choice_field(self, "period").choices = offered_periods(today)

    def clean(self) -> dict[str, object]:
        """A region and a group of which no country is both are refused: nothing can be counted
        there."""
        given = super().clean() or {}
        region, group = given.get("region"), given.get("group")
        today = self.default.today() if self.default else date.today()
        if (
            region
            and group
            and not GroupMembership.objects.on(today)
            .filter(group=group, country__region=region)
            .exists()
        ):
            self.add_error("group", _("No country of this group lies in this region."))
        return given

    def chosen(self) -> tuple[Programme | None, Rhythm, Period, ReportScope]:
        """What was chosen, or what is shown where nothing was. Call once it is valid."""
        given = self.cleaned_data
        frequency, _dot, first = given["period"].partition(".")
        rhythm = Rhythm(frequency)
        period = rhythm.containing(date.fromisoformat(first))
        assert period is not None, "only given dates leave days out"
        scope = ReportScope(
            pillar=given["pillar"] and given["pillar"].pk,
            region=given["region"],
            group=given["group"].code if given["group"] else "",
        )
        return given.get("programme") or self.default, rhythm, period, scope
