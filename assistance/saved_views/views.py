"""Pages of saved views: saving, opening, removing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.programmes.models import Programme
from assistance.saved_views import services
from assistance.saved_views.models import SavedView
from core import access
from core.numbers import ID_DIGITS, number_in
from core.workflow.exceptions import DomainError


@require_POST
@permission_required("view.save")
def save_view(request: AuthenticatedRequest) -> HttpResponse:
    """Saves the filters of the list from which it was sent, and goes back to it."""
    user, list_code = request.user, request.POST.get("list", "")
    if list_code not in services.LISTS:
        return redirect("home")
    query, _left_out = services.usable_query(
        list_code, QueryDict(request.POST.get("query", "")), request, user
    )
    try:
        programme = programme_to_share_with(request) if "shared" in request.POST else None
        view = services.save_view(
            user, list_code, request.POST.get("name", ""), query, programme=programme
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Saved as “%(name)s”. You find it on your first page.") % {"name": view.name}
        )
    return redirect(f"{reverse(list_code)}?{query.urlencode()}")


def programme_to_share_with(request: AuthenticatedRequest) -> Programme | None:
    """The programme that the form names, or the person's only one. Raises DomainError where there are
    several and none is named; none for focal points, who share nothing."""
    own = Programme.objects.filter(pk__in=access.programme_ids(request.user))
    wanted = number_in(request.POST.get("programme", ""), ID_DIGITS)
    if wanted is not None:
        return own.filter(pk=wanted).first()
    few = list(own[:2])
    if len(few) > 1:
        raise DomainError(_("Say with which programme the view is shared."), "programme")
    return few[0] if few else None


@require_safe
@permission_required("view.save")
def open_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The list with the view's filters, as the reader may use them."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    query, left_out = services.usable_query(view.list, QueryDict(view.query), request, request.user)
    if left_out:
        messages.warning(
            request,
            ngettext(
                "%(n)s filter of “%(name)s” does not apply to you and was left out.",
                "%(n)s filters of “%(name)s” do not apply to you and were left out.",
                left_out,
            )
            % {"n": left_out, "name": view.name},
        )
    return redirect(f"{reverse(view.list)}?{query.urlencode()}")


@require_POST
@permission_required("view.save")
def remove_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One's own alone."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    view.delete()
    messages.success(request, _("Removed."))
    return redirect("home")
