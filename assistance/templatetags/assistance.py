"""What templates say of requests and programmes."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
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
