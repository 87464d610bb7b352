"""What templates say of requests and programmes."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assistance.programmes.models import Pillar
from assistance.requests import fields

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
