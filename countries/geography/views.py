"""The list of countries."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.lists import list_context
from countries.geography.filters import CountryFilter
from countries.geography.models import Country
from countries.geography.tables import COUNTRIES
from countries.groups.models import GroupMembership

SIZE = 60  # countries a page


@require_safe
@permission_required("country.read")
def country_list(request: AuthenticatedRequest) -> HttpResponse:
    """Countries and areas in the reader's order, by name in any language, region and group."""
    found = CountryFilter(
        request.GET, queryset=Country.objects.visible_to(request.user), request=request
    )
    today = (
        GroupMembership.objects.on(timezone.now().date())
        .select_related("group")
        .order_by("group__order")
    )
    countries = found.qs.prefetch_related(Prefetch("memberships", queryset=today))
    context = list_context(
        request, request.user, COUNTRIES, found, countries, list, SIZE, filters_open=True
    )
    return render(request, "parts/list_page.html", context)
