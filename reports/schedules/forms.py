"""Setting a schedule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Programme, ProgrammeMembership
from reports.schedules.models import Format, Frequency
from reports.schedules.periods import period_of


class ScheduleForm(forms.Form):
    """What, how often, from when, in which languages and formats, to whom."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    title = forms.CharField(
        label=_("Title"), max_length=200, initial=_("Progress report"), error_messages={"required": _("Give the report a title.")}
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, initial=Frequency.QUARTERLY)
    valid_from = forms.DateField(
        label=_("First period begins on"),
        help_text=_("The period that contains this day is the first one; past periods are caught up."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    cutoff_days = forms.IntegerField(
        label=_("Working days from the period's end to the cut-off"),
        initial=11,
        min_value=1,
        max_value=120,
        help_text=_("What is recorded until then counts; the report is produced after it."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), choices=settings.LANGUAGES, initial=["en"], widget=forms.CheckboxSelectMultiple)
    formats = forms.MultipleChoiceField(label=_("Formats"), choices=Format.choices, initial=list(Format.values), widget=forms.CheckboxSelectMultiple)
    recipients = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Recipients"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Managers of the programme are told in any case."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = ProgrammeMembership.objects.managers().filter(user_id=user.pk).values("programme_id")
        programmes = Programme.objects.filter(pk__in=managed)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        members = ProgrammeMembership.objects.active().filter(programme__in=programmes).values("user_id")
        self.fields["recipients"].queryset = User.objects.filter(pk__in=members).order_by("name")  # type: ignore[attr-defined]

    def clean_valid_from(self) -> date:
        """Moved to the start of its period; not absurdly far."""
        day: date = self.cleaned_data["valid_from"]
        if not date(2000, 1, 1) <= day <= date.today() + timedelta(days=3660):
            raise forms.ValidationError(_("The year %(year)s cannot be right: write a date from 2000 to ten years ahead."), params={"year": day.year})
        return day

    def clean(self) -> dict[str, Any]:
        """A schedule begins at a boundary of its periods."""
        given = super().clean() or {}
        if given.get("valid_from") and given.get("frequency"):
            given["valid_from"] = period_of(given["frequency"], given["valid_from"]).start
        return given
