"""Pages of a record's history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from audit.forms import Finding, Narrowing
from audit.history import BadCursor, ChangesPage, actors_of, page_of
from audit.registry import find_record, open_record


@require_safe
@permission_required("audit.read")
def find_history(request: AuthenticatedRequest) -> HttpResponse:
    """Where a record is looked for; one that is found is opened."""
    form = Finding(request.GET or None, reader=request.user)
    if form.is_bound and form.is_valid():
        record = find_record(form.cleaned_data["subject"], form.cleaned_data["q"], request.user)
        if record is not None:
            return redirect("audit_record", subject=record.subject.code, pk=record.pk)
        form.add_error(
            "q",
            _(
                "There is no such record, or none that you may see. Write its number or its"
                " reference."
            ),
        )
    return render(request, "audit/index.html", {"form": form})


@require_safe
@permission_required("audit.read")
def record_history(request: AuthenticatedRequest, subject: str, pk: int) -> HttpResponse:
    """Everything that was added to, changed in and removed from one record."""
    found = open_record(subject, pk, request.user)
    if found is None:
        raise Http404
    form = Narrowing(request.GET)
    form.fields["actor"].widget = forms.Select(choices=[("", _("Any")), *actors_of(found)])
    page = ChangesPage([])
    if form.is_valid():
        try:
            page = page_of(found, request.user, form.wanted(), request.GET.get("cursor", ""))
        except BadCursor:
            page = page_of(found, request.user, form.wanted())
    narrowed = any(request.GET.get(name) for name in form.fields)
    about: dict[str, Any] = {"record": found, "form": form, "page": page, "narrowed": narrowed}
    return render(request, "audit/record.html", about)
