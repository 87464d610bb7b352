"""The form of a finding."""

from __future__ import annotations

from typing import Any

from django import forms

from assistance.due_diligence.models import DueDiligence
from core.forms import choice_field, date_input
from core.validators import PrintableModelForm


class DueDiligenceForm(PrintableModelForm[DueDiligence]):
    """What was found, by the manager who sends it."""

    class Meta:
        model = DueDiligence
        fields = [
            "unit",
            "risk",
            "assessment",
            "finding",
            "conditions",
            "decided_on",
            "valid_until",
        ]
        widgets = {
            "risk": forms.RadioSelect,
            "finding": forms.RadioSelect,
            "assessment": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            "conditions": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "decided_on": date_input(),
            "valid_until": date_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "risk").choices = DueDiligence.Risk.choices
        choice_field(self, "finding").choices = DueDiligence.Finding.choices
