"""What templates ask about requests."""

from __future__ import annotations

from django import template

from assistance.requests import fields

register = template.Library()


@register.filter
def field_label(name: str) -> str:
    """The label of a request's field."""
    return fields.field_label(name)
