"""The form in which staff name the obligations and recommendations that something serves."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import row_field
from core.text import Label
from core.validators import PrintableFormMixin
from countries.instruments.models import Obligation
from countries.processes.models import SessionRecommendation


class CommitmentForm(PrintableFormMixin, forms.Form):
    """Boxes to tick, grouped by treaty and by session."""

    obligations = forms.ModelMultipleChoiceField(
        label=_("Obligations"),
        queryset=Obligation.objects.select_related("instrument"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    recommendations = forms.ModelMultipleChoiceField(
        label=_("Recommendations"),
        queryset=SessionRecommendation.objects.select_related("session__process").order_by(
            "-session__starts_on", "number"
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("obligations", obligation_choices())
        self.offer("recommendations", recommendation_choices())

    def offer(self, name: str, choices: list[tuple[Label, list[tuple[int, Label]]]]) -> None:
        """The boxes of a field, in their groups; a field without any is left out."""
        widget = row_field(self, name).widget
        assert isinstance(widget, forms.CheckboxSelectMultiple), "they are ticked"
        widget.choices = choices
        if not choices:
            del self.fields[name]


def obligation_choices() -> list[tuple[Label, list[tuple[int, Label]]]]:
    """By treaty."""
    rows = Obligation.objects.select_related("instrument")
    return [
        (instrument.short_name, [(row.pk, row.label) for row in group])
        for instrument, group in groupby(rows, key=lambda row: row.instrument)
    ]


def recommendation_choices() -> list[tuple[Label, list[tuple[int, Label]]]]:
    """By session, the latest first."""
    rows = SessionRecommendation.objects.select_related("session__process").order_by(
        "-session__starts_on", "session_id", "number"
    )
    return [
        (str(session), [(row.pk, f"{row.number}. {row.short}") for row in group])
        for session, group in groupby(rows, key=lambda row: row.session)
    ]
