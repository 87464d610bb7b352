"""The page of search."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.pagination import page_of
from portal.search.forms import SearchForm
from portal.search.kinds import record_readings
from portal.search.services import KINDS, MOST, ranked, reference_in, search


@require_safe
@permission_required("search.read")
def search_page(request: AuthenticatedRequest) -> HttpResponseBase:
    """What a text finds, a few of each kind, or all of one (`?kind=`). A reference that the reader
    may follow is followed at once."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "search/index.html", {"form": form, "groups": []})
    text, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    if kind:
        return kind_page(request, form, text, kind)
    groups = search(request.user, text)
    record_readings(request, [hit for group in groups for hit in group.hits])
    if reference_in(text) and groups:
        return redirect(groups[0].hits[0].path)
    return render(request, "search/index.html", {"form": form, "text": text, "groups": groups})


def kind_page(
    request: AuthenticatedRequest, form: SearchForm, text: str, code: str
) -> HttpResponse:
    """All of one kind, in pages."""
    found = ranked(request.user, text, KINDS[code])
    page = page_of(request, found[:MOST])
    total = page.rows[0].total if page.rows else 0
    hits = KINDS[code].hits(request.user, page.rows)
    record_readings(request, hits)
    context = {
        "form": form,
        "text": text,
        "kind": KINDS[code],
        "page": page,
        "hits": hits,
        "total": {"count": min(total, MOST), "exact": True},
        "is_cut": total > MOST,
    }
    return render(request, "search/kind.html", context)
