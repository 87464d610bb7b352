"""Small things that templates say often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Protocol, TypedDict

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template import RequestContext
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import text as phrases
from core.text import Label

Number = int | float | str | Decimal  # as text where it was kept in JSON
register = template.Library()


class Option(TypedDict):
    """What is shown of one choice; widgets hold more."""

    value: object
    label: Label
    attrs: dict[str, object]


class WithPage(Protocol):
    """Something with a name, and perhaps with a page of its own."""

    @property
    def name(self) -> str:
        """In the reader's language."""

    def get_absolute_url(self) -> str:
        """Its page; empty where the reader has none."""


@register.filter
def grouped(value: Number | None) -> str:
    """A number as the reader writes it, with thousands apart; a dash for none."""
    if value is None or value == "":
        return "–"
    places = None if isinstance(value, int) else (2 if Decimal(value) % 1 else 0)
    return str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


@register.filter
def money(value: Number | None, currency: str = "USD") -> str:
    """An amount with its currency, without cents."""
    if value is None:
        return "–"
    return (
        f"{currency}"
        f" {number_format(Decimal(value), decimal_pos=0, use_l10n=True, force_grouping=True)}"
    )


@register.filter
def day(text: str | None) -> str:
    """A date that is kept as text (ISO 8601), as the reader writes it; nothing for none."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text and text != "None" else ""


@register.filter
def labelled(label: object, value: object) -> str:
    """`label|labelled:value`: both with a colon, as the language writes it."""
    return phrases.labelled(label, value)


@register.filter
def of_period(title: object, period: object) -> str:
    """`title|of_period:period`: both with a comma, as the language writes it."""
    return phrases.of_period(title, period)


@register.filter
def get(mapping: object, key: object) -> object:
    """`mapping|get:key`."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Whether a field is a group of boxes or buttons, which wants a legend instead of a label."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_table(field: BoundField) -> bool:
    """Whether a field is a table of rows, whose cells have names of their own: it wants a legend
    too."""
    return hasattr(field.field.widget, "columns")


@register.filter
def is_single_box(field: BoundField) -> bool:
    """Whether a field is one box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput) and not isinstance(
        field.field.widget, CheckboxSelectMultiple
    )


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, **extra: object) -> dict[str, object]:
    """One form field: label, help before it, error in place, the field."""
    return {"field": bound, **extra}


@register.simple_tag
def options(groups: Sequence[tuple[str | None, Sequence[Option], int]]) -> SafeString:
    """The options of a `<select>` from its widget's `optgroups`, as Django's own template writes
    them.

    That one includes a template for each option: a list of 195 countries took as long as the
    rest of its page.
    """
    parts = []
    for name, choices, _index in groups:
        written = format_html_join("", '\n  <option value="{}"{}>{}</option>', map(option, choices))
        within = '\n  <optgroup label="{}">{}\n  </optgroup>'
        parts.append(format_html(within, name, written) if name else written)
    return format_html_join("", "{}", ((part,) for part in parts))


def option(choice: Option) -> tuple[str, SafeString, Label]:
    """Value, attributes and label of one option."""
    shown = [(k, v) for k, v in choice["attrs"].items() if v is not False]
    attributes = format_html_join(
        "", " {}{}", ((k, "" if v is True else format_html('="{}"', v)) for k, v in shown)
    )
    return str(choice["value"]), attributes, choice["label"]


@register.simple_tag
def linked(country: WithPage) -> SafeString:
    """A name, with the link to its page where the reader has one."""
    address = country.get_absolute_url()
    name = format_html("{}", country.name)
    return format_html('<a href="{}">{}</a>', address, name) if address else name


@register.simple_tag(takes_context=True)
def with_query(context: RequestContext, **changes: object) -> str:
    """The present address with some of its parameters changed; None takes one away."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def current(context: RequestContext, *names: str) -> SafeString | str:
    """`aria-current` where the page's address has one of these names, or begins as one that ends
    with a star."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else None
    is_here = here is not None and any(fnmatchcase(here, name) for name in names)
    return SafeString(' aria-current="page"') if is_here else ""
