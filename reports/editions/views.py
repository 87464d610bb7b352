"""Editions for readers outside the programme: what was published, as page and as documents."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.tokens.decorators import session_or_token
from accounts.types import AuthenticatedRequest
from core.pagination import page_of
from reports.documents.downloads import as_download
from reports.documents.illustration import illustrated_document
from reports.documents.models import ReportDocument
from reports.editions.models import ReportEdition
from reports.editions.tables import EDITIONS
from reports.schedules import periods


@require_safe
@permission_required("report.read")
def edition_list(request: AuthenticatedRequest) -> HttpResponse:
    """The editions in force that the reader may see, newest period first."""
    editions = (
        ReportEdition.objects.visible_to(request.user)
        .filter(is_current=True)
        .select_related("country")
        .defer("snapshot", "highlights")
    )
    page = page_of(request, editions.order_by("-period_start", "-id"))
    table = EDITIONS.on_page(request.user, page.rows)
    return render(request, "reports/published.html", {"table": table, "page": page})


@require_safe
@permission_required("report.read")
def edition_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One edition as a page, in the reader's language, with its documents."""
    found = get_object_or_404(ReportEdition.objects.visible_to(request.user), pk=pk)
    built = illustrated_document(found.contents, found.highlights, get_language() or "en")
    newer = None
    if not found.is_current:
        newer = (
            ReportEdition.objects.visible_to(request.user)
            .filter(
                is_current=True,
                audience=found.audience,
                kind=found.kind,
                country=found.country,
                period_start=found.period_start,
                title=found.title,
            )
            .first()
        )
    context = {
        "edition": found,
        "document": built,
        "newer": newer,
        "documents": found.documents.defer("content").order_by("language", "format"),
    }
    return render(
        request,
        "reports/edition.html",
        context | {"name": periods.period_name(found.period_start, found.period_end)},
    )


@session_or_token
@require_safe
@permission_required("report.read")
def edition_document(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """The stored bytes of an edition's document."""
    kept = get_object_or_404(
        ReportDocument.objects.select_related("edition").filter(
            edition__in=ReportEdition.objects.visible_to(request.user)
        ),
        key=key,
    )
    assert kept.edition is not None, "the query asks for documents of editions"
    return as_download(
        kept, f"{kept.edition.kind}-{kept.edition.period_start}-r{kept.edition.number}"
    )
