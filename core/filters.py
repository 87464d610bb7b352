"""Filters that the lists of every app use: yes or no, dates, a named order.

Pages, API and export read the same ones.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from core.forms import NO_DATE, CodeChoiceField, date_input
from core.text import Label, labelled
from core.validators import PrintableFormMixin

YES, NO = "yes", "no"
WORDS = {"true": YES, "1": YES, "on": YES, "yes": YES, "false": NO, "0": NO, "off": NO, "no": NO}
# a query's parameters that choose no rows: which page is shown, and whether the filters are open
PLACE = ("page", "filters")
NO_CHOICE = _("There is no “%(value)s” here. Choose one of those on offer.")


@dataclass(frozen=True)
class Chip:
    """A filter that is set, in words, and the address that takes it away."""

    label: str
    address: str


def without_place(query: QueryDict) -> QueryDict:
    """The query of the same list on its first page, its filters closed."""
    found = query.copy()
    for name in PLACE:
        found.pop(name, None)
    return found


def words_of(field: forms.Field, value: object) -> str:
    """A filter's value as its form shows it."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(field, forms.ChoiceField) and not isinstance(field, ModelChoiceField):
        choices = cast("Iterable[tuple[object, Label]]", field.choices)
        return str(next((label for code, label in choices if code == value), value))
    return str(value)


class ClassFilters(OrderedDict[str, django_filters.Filter]):
    """The filters of a class, of which each reader's filter set gets its own.

    They are copied one level deep: what they share (labels, choices, querysets) nobody changes.
    The library copies all of it, which took longer than the list's query.
    """

    def __deepcopy__(self, _memo: object) -> OrderedDict[str, django_filters.Filter]:
        return OrderedDict((name, own_filter(one)) for name, one in self.items())


def own_filter(shared: django_filters.Filter) -> django_filters.Filter:
    """A filter of one filter set, whose choices may differ from those of its class."""
    one = copy.copy(shared)
    one.extra = dict(shared.extra)
    # the library keeps a field once it was made, on the class too where somebody looked at it there,
    # as the schema of the API does: every later reader would get the choices of the first
    one.__dict__.pop("_field", None)
    if one.method is not None:
        one.method = one.method  # bound anew, to this filter
    return one


class FilterSet(django_filters.FilterSet):
    """A filter set that makes the fields which its data name: a list with two filters set makes
    two of its twenty fields. All of them, with their choices, are in `whole_form`."""

    @classmethod
    def get_filters(cls) -> ClassFilters:
        """The library's, to be copied as they should be."""
        return ClassFilters(super().get_filters())

    @property
    def sort(self) -> str:
        """The code of the list's order; empty where the list has but one."""
        sort = self.filters.get("sort")
        if not isinstance(sort, SortFilter):
            return ""
        return (
            str(self.form.cleaned_data.get("sort") or sort.first) if self.is_bound else sort.first
        )

    def chips(self) -> list[Chip]:
        """What narrows the list, each with the address of the list without it."""
        if not isinstance(self.data, QueryDict):
            return []
        found = []
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if name == "sort" or value in field.empty_values:
                continue
            for one in value if isinstance(value, list) else [value]:
                label = labelled(field.label, words_of(field, one))
                found.append(Chip(label, self._address_without(name, one)))
        return found

    def _address_without(self, name: str, value: object) -> str:
        """The list without this filter, or without one of its values; on its first page."""
        query = without_place(self.data)
        asked = query.pop(name)
        if isinstance(self.form.fields[name], forms.MultipleChoiceField):
            query.setlist(name, [one for one in asked if one != value])
        return f"?{query.urlencode()}"

    def get_form_class(self) -> type[forms.Form]:
        """The form of what was asked for, and of the order, which holds also where none is."""
        return self._form_of(name for name in self.filters if name in self.data or name == "sort")

    @property
    def whole_form(self) -> forms.BaseForm:
        """The form of all filters, for readers; `form` judges what they sent."""
        made = self._form_of(self.filters)
        return made(self.data) if self.is_bound else made()

    def _form_of(self, names: Iterable[str]) -> type[forms.Form]:
        """A form of these filters, whose texts keep the rule for all texts."""
        fields = {name: self.filters[name].field for name in names}
        return type("FilterForm", (PrintableFormMixin, forms.Form), fields)


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
    return django_filters.DateFilter(
        **({"widget": date_input(), "error_messages": {"invalid": NO_DATE}} | kwargs)
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


def code_filter(label: Label, queryset: object, sentence: Label, /, **kwargs: Any) -> CodeFilter:
    """By a row that is named by its code, with the sentence for what names none (`%(value)s`).
    `queryset` may be a function of the request; `kwargs` take the place of anything, the label
    included: `to_field_name=None` names a row by its id."""
    values: dict[str, Any] = {
        "label": label,
        "to_field_name": "code",
        "queryset": queryset,
        "empty_label": _("Any"),
        "error_messages": {"invalid_choice": sentence},
    }
    return CodeFilter(**(values | kwargs))


@dataclass(frozen=True)
class Order:
    """A named order of a list. Its terms, as `order_by` takes them, end with the id, so that it is
    the same each time and a page can begin where the last one ended.

    With `reverse_label` it can be turned round, by its code with a dash before it. That is offered
    where an index serves it: the database reads one backwards as fast, but for columns whose
    empty values stand last.
    """

    code: str
    label: Label
    terms: Callable[[], tuple[str | OrderBy, ...]]
    reverse_label: Label = ""
    is_descending: bool = False

    @property
    def choices(self) -> list[tuple[str, Label]]:
        """By its code, and turned round where it can be."""
        forth = (self.code, self.label)
        return [forth, (f"-{self.code}", self.reverse_label)] if self.reverse_label else [forth]

    def terms_of(self, code: str) -> tuple[str | OrderBy, ...]:
        """The terms for its code or the one turned round."""
        if code == self.code:
            return self.terms()
        return tuple(reversed_term(term) for term in self.terms())


def reversed_term(term: str | OrderBy) -> str:
    """The other direction of a column without empty values. Raises TypeError for another."""
    if not isinstance(term, str):
        raise TypeError(f"{term} cannot be turned round: its empty values stand last")
    return term[1:] if term.startswith("-") else f"-{term}"


class SortFilter(django_filters.ChoiceFilter):
    """The order of a list, by name; the first of `orders` is that of who asks for none."""

    def __init__(self, *orders: Order) -> None:
        super().__init__(
            label=_("Sorted by"),
            choices=[choice for order in orders for choice in order.choices],
            empty_label=None,
            error_messages={"invalid_choice": NO_CHOICE},
        )
        self.orders = {order.code: order for order in orders}
        self.first = orders[0].code

    def filter(self, qs: QuerySet[Model], value: str) -> QuerySet[Model]:
        """In the order asked for; also where none is."""
        code = value or self.first
        return qs.order_by(*self.orders[code.removeprefix("-")].terms_of(code))
