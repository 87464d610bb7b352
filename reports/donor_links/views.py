"""The page on which managers make links for donors, and see when they were opened."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core import access
from core.workflow.exceptions import DomainError
from reports.donor_links.forms import DonorLinkForm
from reports.donor_links.models import DonorLink
from reports.donor_links.services import end_link, has_donor_edition, make_link
from reports.reports.models import Report

SHOWN = 50  # openings of each link, the last first


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("donor_link.manage")
def donor_links(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The links of a report; a new one is shown once, in the answer to the form."""
    mine = Report.objects.visible_to(request.user).filter(
        version__schedule__programme__in=access.managed_ids(request.user)
    )
    report = get_object_or_404(mine.select_related("version__schedule__programme"), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form, address, status = DonorLinkForm(sent), "", 200
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                _link, key = make_link(request.user, report, form.cleaned_data["ends_on"])
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                address, form, status = donor_address(key), DonorLinkForm(), 200
    links = DonorLink.objects.visible_to(request.user).filter(report=report)
    links = links.select_related("made_by")
    context = {
        "report": report,
        "form": form,
        "address": address,
        "has_edition": has_donor_edition(report),
        "is_reachable": settings.HAS_PUBLIC_PAGES,
        "links": [(link, link.openings.all()[:SHOWN]) for link in links],
    }
    return render(request, "reports/donor_links.html", context, status=status)


def donor_address(key: str) -> str:
    """The whole address, in the language of who makes it: the page offers the others."""
    path = reverse("donor_edition", kwargs={"language": get_language() or "en"})
    return f"{settings.BASE_URL.rstrip('/')}{path}?key={key}"


@require_POST
@permission_required("donor_link.manage")
def end_donor_link(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ends a link at once."""
    found = get_object_or_404(DonorLink.objects.visible_to(request.user), pk=pk)
    end_link(request.user, found.pk)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("donor_links", pk=found.report_id)
