"""Filters that the lists of every app use: yes or no, dates, a named order.

Pages, API and export read the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from core.forms import NO_DATE, CodeChoiceField
from core.text import Label
from core.validators import PrintableFormMixin

YES, NO = "yes", "no"
WORDS = {"true": YES, "1": YES, "on": YES, "yes": YES, "false": NO, "0": NO, "off": NO, "no": NO}
NO_CHOICE = _("There is no “%(value)s” here. Choose one of those on offer.")


class FilterSet(django_filters.FilterSet):
    """A filter set whose fields are made anew for each reader.

    django-filter keeps a field once it was made, on the class too where somebody looked at it
    there, as the schema of the API does: every later reader would get the choices of the first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            one.__dict__.pop("_field", None)

    def get_form_class(self) -> type[forms.Form]:
        """The library's form of the filters, whose texts keep the rule for all texts."""
        made = super().get_form_class()
        return type(made.__name__, (PrintableFormMixin, made), {})


class YesNoField(forms.ChoiceField):
    """Yes or no; programs may write true and false, or 1 and 0."""

    def to_python(self, value: Any) -> str:
        """The word that is meant; what is no such word stays as it is and is refused."""
        text = str(value).strip().lower() if value not in self.empty_values else ""
        return WORDS.get(text, text)


@extend_schema_field({"type": "string", "enum": [YES, NO]})
class YesNoFilter(django_filters.Filter):
    """Calls the filter set's method with True or False."""

    field_class = YesNoField

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Any")), (YES, _("Yes")), (NO, _("No"))]
        super().__init__(
            **(
                {
                    "choices": choices,
                    "error_messages": {"invalid_choice": _("Write yes or no, not “%(value)s”.")},
                }
                | kwargs
            )
        )

    def filter(self, qs: Any, value: str) -> Any:
        """Nothing chosen leaves the rows as they are."""
        return qs


def yes_no_value(value: str) -> bool:
    """What a yes/no filter was set to."""
    return value == YES


def date_filter(**kwargs: Any) -> django_filters.DateFilter:
    """A date, with a sentence for one that does not exist."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return django_filters.DateFilter(
        **({"widget": widget, "error_messages": {"invalid": NO_DATE}} | kwargs)
    )


def choice_filter(label: Label, choices: Any, **kwargs: Any) -> django_filters.ChoiceFilter:
    """One of a column's values."""
    values: dict[str, Any] = {
        "label": label,
        "choices": choices,
        "empty_label": _("Any"),
        "error_messages": {"invalid_choice": NO_CHOICE},
    }
    return django_filters.ChoiceFilter(**(values | kwargs))


class CodeField(CodeChoiceField, ModelChoiceField):
    """The field of `CodeFilter`."""


@extend_schema_field(OpenApiTypes.STR)
class CodeFilter(django_filters.ModelChoiceFilter):
    """By a row of another table, named by its id or code."""

    field_class = CodeField


class SortFilter(django_filters.ChoiceFilter):
    """The order of a list, by name. `orders` maps each name to the terms of `order_by`; the first
    is the order of who asks for none.

    Every order ends with the id, so that it is the same each time and a page can begin where the
    last one ended.
    """

    def __init__(self, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(
            **(
                {
                    "label": _("Sorted by"),
                    "choices": choices,
                    "empty_label": None,
                    "error_messages": {"invalid_choice": NO_CHOICE},
                }
                | kwargs
            )
        )

    def filter(self, qs: Any, value: str) -> Any:
        """Asks the filter set, which knows what the names mean; also where nothing is chosen."""
        return qs.order_by(*self.parent.order_terms(value))
