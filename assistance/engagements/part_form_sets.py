"""A part in the form of an engagement, and what the form says of all its parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict

from assistance.engagements.models import Engagement
from assistance.engagements.part_forms import PartForm, RowForm
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from countries.models import Country


@dataclass
class PartFormSet:
    """A part of the form: its own fields and its lines."""

    number: int
    form: PartForm
    rows: list[RowForm]
    counter: str  # name of the hidden field that says how many lines there are
    row: EngagementPart | None  # the part that it changes; none where it is new
    removed: bool = field(default=False)

    @property
    def has_measures(self) -> bool:
        """Whether days, hours or cost are given, or wrong: then they are not folded."""
        bound = [self.form[name] for name in ("days", "hours", "planned_cost", "actual_cost")]
        return any(f.errors or f.value() not in (None, "") for f in bound)


def typed(form: forms.BaseForm, data: QueryDict) -> dict[str, object]:
    """What was typed into a form, unjudged, to be shown again."""
    return {
        name: f.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, f in form.fields.items()
    }


def countries_of(engagement: Engagement) -> list[Country]:
    """The countries that took part in an engagement."""
    rows = CountryParticipation.objects.of_live_parts(engagement).select_related("country")
    return [row.country for row in rows]


def of_form(form: forms.BaseForm, before: str) -> list[dict[str, object]]:
    """The sentences of one form's fields."""
    return [
        {"id": bound.id_for_label or bound.auto_id, "label": f"{before}{bound.label}", "text": text}
        for bound in form
        for text in bound.errors
    ]
