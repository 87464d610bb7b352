"""The list of countries."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.api.counting import count_or_estimate
from core.pagination import page_of
from countries.geography.filters import CountryFilter
from countries.geography.models import Country
from countries.groups.models import GroupMembership

SIZE = 60  # countries a page


@require_safe
@permission_required("country.read")
def country_list(request: AuthenticatedRequest) -> HttpResponse:
    """Countries and areas in the reader's order, by name in any language, region and group."""
    found: Any = CountryFilter(
        request.GET, queryset=Country.objects.visible_to(request.user), request=request
    )
    today = (
        GroupMembership.objects.on(timezone.now().date())
        .select_related("group")
        .order_by("group__order")
    )
    countries = found.qs.in_order().prefetch_related(
        Prefetch("memberships", queryset=today, to_attr="groups_today")
    )
    page = page_of(request, countries, SIZE)
    context = {
        "filter": found,
        "wrong": not found.form.is_valid(),
        "page": page,
        "total": count_or_estimate(found.qs),
    }
    return render(request, "countries/index.html", context)
