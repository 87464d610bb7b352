"""Setting a schedule, changing it, asking for the report of a period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.users.models import check_zone
from assistance.funding.models import Donor, Funding
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership
from core import access
from core.forms import row_field
from core.validators import PrintableFormMixin
from countries.geography.models import REGIONS
from countries.models import CountryGroup
from reports.documents.choices import Format
from reports.kinds.choices import DEFAULT_KIND, planned_choices
from reports.kinds.registry import KINDS
from reports.schedules.fields import CountriesField, DatesField, refuse_absurd
from reports.schedules.models import Frequency, ScheduleVersion
from reports.schedules.periods import Rhythm

if TYPE_CHECKING:
    from reports.schedules.versions import ScheduleValues


class ScheduleForm(PrintableFormMixin, forms.Form):
    """What, of what, how often, from when, in which languages and formats, to whom."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("Report"), choices=planned_choices, initial=DEFAULT_KIND, required=False
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        initial=_("Progress report"),
        error_messages={"required": _("Give the report a title.")},
    )
    frequency = forms.ChoiceField(
        label=_("How often"), choices=Frequency.choices, initial=Frequency.QUARTERLY
    )
    first_month = forms.TypedChoiceField(
        label=_("The year begins in"),
        choices=list(MONTHS.items()),
        coerce=int,
        initial=1,
        required=False,
        help_text=_("Another month than January for a fiscal year."),
    )
    valid_from = forms.DateField(
        label=_("First period begins on"),
        required=False,
        help_text=_(
            "The period that contains this day is the first one; past periods are caught up."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    dates = DatesField(
        label=_("Given dates"),
        required=False,
        help_text=_(
            "Only with “from date to date”: each date begins a period and ends the one before. Two"
            " dates make one report, once."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cutoff_days = forms.IntegerField(
        label=_("Working days from the period's end to the cut-off"),
        initial=11,
        min_value=1,
        max_value=120,
        help_text=_("What is recorded until then counts; the report is produced after it."),
    )
    hour = forms.IntegerField(
        label=_("Hour of the day"),
        min_value=0,
        max_value=23,
        initial=6,
        required=False,
        help_text=_("After the cut-off, work starts and mails go at this hour, from 0 to 23."),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        required=False,
        validators=[check_zone],
        help_text=_(
            "In which the hour strikes, such as Africa/Nairobi; left empty, the programme's own."
        ),
    )
    pillar = forms.ModelChoiceField(
        Pillar.objects.all(),
        label=_("Only this pillar"),
        required=False,
        empty_label=_("all"),
        to_field_name="code",
    )
    region = forms.ChoiceField(
        label=_("Only this region"), required=False, choices=[("", _("all")), *REGIONS.items()]
    )
    group = forms.ModelChoiceField(
        CountryGroup.objects.all(),
        label=_("Only this group of countries"),
        required=False,
        empty_label=_("all"),
        to_field_name="code",
    )
    countries = CountriesField(
        label=_("Only these countries"),
        required=False,
        help_text=_("Codes of three letters, such as KEN, FJI."),
    )
    donor = forms.ModelChoiceField(
        Donor.objects.none(), label=_("Only this donor"), required=False, empty_label=_("all")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        initial=["en"],
        widget=forms.CheckboxSelectMultiple,
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=Format.choices,
        initial=list(Format.values),
        widget=forms.CheckboxSelectMultiple,
    )
    recipients = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Recipients"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Managers of the programme are told in any case."),
    )
    attach = forms.BooleanField(label=_("Attach the PDF to the mail"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.filter(pk__in=access.managed_ids(user))
        row_field(self, "programme").queryset = programmes
        row_field(self, "pillar").queryset = Pillar.objects.readable(access.managed_ids(user))
        members = (
            ProgrammeMembership.objects.active().filter(programme__in=programmes).values("user_id")
        )
        row_field(self, "recipients").queryset = User.objects.filter(pk__in=members).order_by(
            "name"
        )
        funded = Funding.objects.filter(programme__in=programmes).values("donor_id")
        row_field(self, "donor").queryset = Donor.objects.filter(pk__in=funded).order_by("title")

    def clean_kind(self) -> str:
        """A progress report where nothing is chosen."""
        return self.cleaned_data["kind"] or DEFAULT_KIND

    def clean_first_month(self) -> int:
        """January where nothing is chosen."""
        return self.cleaned_data["first_month"] or 1

    def clean_valid_from(self) -> date | None:
        """Not absurdly far."""
        day: date | None = self.cleaned_data["valid_from"]
        if day is not None:
            refuse_absurd(day)
        return day

    def clean(self) -> dict[str, object]:
        """A schedule begins at a boundary of its periods; what its kind does not need is refused,
        not ignored."""
        given = super().clean() or {}
        frequency, dates, day = given.get("frequency"), given.get("dates"), given.get("valid_from")
        if frequency == Frequency.DATES:
            if dates is not None and len(dates) < 2:
                self.add_error(
                    "dates", _("Give two dates or more: where a period begins, and where it ends.")
                )
            elif dates:
                given["valid_from"] = dates[0]
        elif dates:
            self.add_error(
                "dates",
                _("Dates go with “from date to date” only. Choose that, or leave this empty."),
            )
        elif day is None and "valid_from" not in self.errors:
            self.add_error("valid_from", _("Say when the first period begins."))
        elif frequency and day:
            period = Rhythm(frequency, given.get("first_month") or 1).containing(day)
            assert period is not None, "only given dates leave days out"
            given["valid_from"] = period.start
        kind = KINDS.get(given.get("kind") or DEFAULT_KIND)
        if (
            kind
            and kind.is_of_donor
            and (given.get("countries") or given.get("group") or given.get("region"))
        ):
            self.add_error(
                "donor",
                _(
                    "A donor report speaks of all that the donor's funding delivered: leave"
                    " countries, group and region empty."
                ),
            )
        if given.get("donor") and kind and kind.is_of_requests:
            self.add_error(
                "donor",
                _(
                    "Requests have no donor, and this kind of report is about requests first: leave"
                    " this empty, or choose a donor report."
                ),
            )
        programme = given.get("programme")
        given["zone"] = given.get("zone") or (programme.zone if programme else "")
        given["hour"] = 6 if given.get("hour") is None else given["hour"]
        return given

    @property
    def values(self) -> ScheduleValues:
        """What a schedule is set to. Call once it is valid."""
        return cast("ScheduleValues", self.cleaned_data)


def scope_in_words(version: ScheduleVersion) -> list[str]:
    """What a version is narrowed to, as lists show it."""
    parts = [
        version.pillar,
        version.group,
        REGIONS.get(version.region),
        version.donor,
        ", ".join(c.iso3 for c in version.countries.all()),
    ]
    return [str(p) for p in parts if p]


class PeriodForm(PrintableFormMixin, forms.Form):
    """Which period's report is wanted now."""

    day = forms.DateField(
        label=_("A day in the period"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give a day in the period.")},
    )

    def clean_day(self) -> date:
        """Not absurdly far."""
        day: date = self.cleaned_data["day"]
        refuse_absurd(day)
        return day
