"""Where a row's history is read."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.permissions import may
from audit.registry import subject_of

register = template.Library()


@register.simple_tag(takes_context=True)
def audit_url(context: RequestContext, row: Model | None) -> str:
    """The address of the row's history; empty for who may not read it, and for a kind of row
    without one of its own."""
    reader = context["request"].user
    if row is None or not row.pk or not may(reader, "audit.read"):
        return ""
    subject = subject_of(type(row))
    if subject is None or not subject.values_for(reader).filter(pk=row.pk).exists():
        return ""
    return reverse("audit_record", args=[subject.code, row.pk])


@register.simple_tag(takes_context=True)
def audit_link(context: RequestContext, row: Model | None) -> SafeString | str:
    """A link to the row's history for who may read it."""
    url = audit_url(context, row)
    return (
        format_html(
            '<p class="small"><a href="{}">{}</a></p>', url, _("Every change of this record")
        )
        if url
        else ""
    )
