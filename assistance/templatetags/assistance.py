"""What templates say of requests and programmes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django import template
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.template import RequestContext
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assistance.engagements.choices import EarlyReason
from assistance.programmes.models import Pillar, Programme
from assistance.requests import fields
from core import access
from core.text import label_of

if TYPE_CHECKING:
    from assistance.requests.presentation import StateWords

register = template.Library()


@register.filter
def field_label(name: str) -> str:
    """The label of a request's field."""
    return fields.field_label(name)


@register.simple_tag
def pillar(value: Pillar | None) -> SafeString | str:
    """A pillar with its coloured mark; a dash for none."""
    return (
        format_html('<span class="pillar {}">{}</span>', value.mark, value.name) if value else "–"
    )


@register.simple_tag
def dates(first: date, last: date) -> SafeString:
    """A day, or the first and the last of several, neither of them broken over two lines."""
    days = [first] if first == last else [first, last]
    return format_html_join(
        " – ", '<bdi class="whole">{}</bdi>', ((date_format(d, "DATE_FORMAT"),) for d in days)
    )


@register.simple_tag
def awaited_sentences(awaited: Iterable[StateWords]) -> SafeString:
    """Who is awaited, for what, by when, a paragraph each; what is late stands out."""
    sentences = (
        (
            format_html('<span class="state late">{}</span>', a.sentence)
            if a.is_late
            else a.sentence,
        )
        for a in awaited
    )
    return format_html_join("", '<p class="awaited">{}</p>', sentences)


@register.filter
def checklist_points(form: BaseForm) -> list[tuple[BoundWidget, BoundField]]:
    """The points of a form's checklist, each with the field of its note."""
    return [(point, form[f"note_{point.data['value']}"]) for point in form["checklist"].subwidgets]


@register.filter
def early_reason(code: str) -> str:
    """Why help was given before the decision."""
    return label_of(EarlyReason, code)


@register.simple_tag(takes_context=True)
def own_programmes(context: RequestContext) -> list[Programme]:
    """Those that the reader works for."""
    user = context["request"].user
    return list(Programme.objects.filter(pk__in=access.programme_ids(user)))
