"""How a reader narrows a record's history, and how one is found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.changes import CLOCK, COMMAND, NOBODY, OUTSIDE
from audit.history import Wanted
from audit.registry import subjects_for
from core.filters import NO_CHOICE
from core.forms import NO_DATE, choice_field
from core.text import Label
from core.validators import PrintableFormMixin

LABELS = [
    ("", _("Any")),
    ("insert", _("added")),
    ("update", _("changed")),
    ("delete", _("removed")),
]
WORDS = (CLOCK, COMMAND, NOBODY, OUTSIDE)


def day_field(label: Label) -> forms.DateField:
    """A day, which may be left out."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=False, widget=widget, error_messages={"invalid": NO_DATE}
    )


class Narrowing(PrintableFormMixin, forms.Form):
    """Kind of change, actor, and days of the reader's own zone, the last one included."""

    change = forms.ChoiceField(
        label=_("Change"),
        choices=LABELS,
        required=False,
        error_messages={"invalid_choice": NO_CHOICE},
    )
    actor = forms.CharField(label=_("By"), required=False, max_length=20)
    start = day_field(_("from"))
    end = day_field(_("until"))

    def clean_actor(self) -> str:
        """A user's id or one of the words."""
        actor = str(self.cleaned_data["actor"])
        if actor in ("", *WORDS) or (actor.isascii() and actor.isdigit() and len(actor) < 19):
            return actor
        raise forms.ValidationError(NO_CHOICE, params={"value": actor})

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        last: date | None = given["end"]
        end = (
            None if last is None or last == date.max else beginning_of_day(last + timedelta(days=1))
        )
        return Wanted(
            given["change"],
            given["actor"],
            beginning_of_day(given["start"]) if given["start"] else None,
            end,
        )


def beginning_of_day(on: date) -> datetime:
    """The instant at which a day begins in the reader's zone."""
    return timezone.make_aware(datetime.combine(on, time()))


class Finding(PrintableFormMixin, forms.Form):
    """What kind of record, and which."""

    subject = forms.ChoiceField(label=_("Record"), error_messages={"invalid_choice": NO_CHOICE})
    q = forms.CharField(
        label=_("Number, reference or code"),
        max_length=254,
        help_text=_("Such as 12, KEN-2026-0007 or KEN."),
    )

    def __init__(self, data: Mapping[str, object] | None, *, reader: User) -> None:
        super().__init__(data)
        choice_field(self, "subject").choices = [
            (s.code, s.label[:1].upper() + s.label[1:]) for s in subjects_for(reader)
        ]
