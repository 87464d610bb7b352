"""Everything of a list as CSV, streamed: memory does not grow with the rows."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.requests import fields, presentation
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from core.csv import streamed_csv

CHUNK = 500


def column_heads() -> list[str]:
    """The heads of the columns, in the reader's language."""
    return [
        _("Reference"),
        _("State"),
        _("Received on"),
        _("Due"),
        *(fields.field_label(f.name) for f in fields.FIELDS),
    ]


def row_of(case: AssistanceRequest, user: User) -> list[Any]:
    """One request: every field that a person may have filled in."""
    return [
        case.reference or "",
        presentation.short_state(case) if user.is_focal_point else case.get_state_display(),
        case.received_on or "",
        case.due_on or "",
        *(exported_value(case, f.name) for f in fields.FIELDS),
    ]


def exported_value(case: AssistanceRequest, name: str) -> Any:
    """A field's value: dates as ISO, lists by their codes, the rest as the page shows it."""
    value = getattr(case, name)
    if isinstance(value, list):
        return " ".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else fields.display_value(case, name)


@require_safe
@permission_required("request.export")
def export_requests(request: AuthenticatedRequest) -> HttpResponseBase:
    """The filtered list, all of its pages, in UTF-8 with the mark that spreadsheets look for.

    A filter that cannot be read leads back to the list, which says so: a file with other rows than
    were asked for would not.
    """
    found = RequestFilter(
        request.GET, queryset=AssistanceRequest.objects.visible_to(request.user), request=request
    )
    if not found.form.is_valid():
        return redirect(f"{reverse('requests')}?{request.GET.urlencode()}")
    cases = found.qs.select_related("country", "pillar", "programme", "institution")
    return streamed_csv(
        "requests.csv",
        column_heads(),
        cases,
        lambda: (row_of(c, request.user) for c in cases.iterator(chunk_size=CHUNK)),
    )
