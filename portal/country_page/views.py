"""The page of a country."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.engagements import country_support as support
from assistance.engagements.tables import ENGAGEMENTS, engagement_rows
from assistance.notes.models import CountryNote
from assistance.participants.querysets import naming_programmes
from assistance.programmes.models import Programme
from assistance.publications.models import CountryPublication
from assistance.requests.tables import REQUESTS, request_rows
from core import access
from countries.forms import TONGUES
from countries.models import (
    Country,
    GroupMembership,
    SessionAttendance,
)
from portal.country_page.plan_results import plan_results_of
from portal.instruments.presentation import statuses_of_country

SHOWN = 15  # of each list; the rest stands in the full list


@require_safe
@permission_required("country.read")
def country_page(request: AuthenticatedRequest, iso3: str) -> HttpResponse:
    """Facts for everybody; what was asked and done for staff and for the country's own focal
    points."""
    shown = get_object_or_404(Country.objects.visible_to(request.user), iso3=iso3.upper())
    today = timezone.now().date()
    memberships = (
        GroupMembership.objects.filter(country=shown)
        .select_related("group")
        .order_by("group__order", "valid_from")
    )
    context: dict[str, object] = {
        "country": shown,
        "memberships": [
            m
            for m in memberships
            if m.valid_from <= today and (m.valid_until is None or m.valid_until > today)
        ],
        "former": [m for m in memberships if m.valid_until is not None and m.valid_until <= today],
        "institutions": shown.institutions.all(),
        "names": [
            (code, tongue, getattr(shown, f"name_{code}")) for code, tongue in TONGUES.items()
        ],
        "support": None,
        "treaty_status": statuses_of_country(shown),
        "attendance": None,
    }
    if support.reads_support(request.user, shown):
        attended = SessionAttendance.objects.visible_to(request.user).filter(country=shown)
        context["attendance"] = attended.select_related("session__process").order_by(
            "-session__starts_on"
        )
        context["support"] = page_part(request, shown)
        context["plan_results"] = plan_results_of(request.user, shown)
        context["publications"] = publications_of(request, shown)
        context["may_publish"] = shown.pk in access.country_ids(request.user)
    context["names_readable"] = naming_programmes(request.user).exists()
    return render(request, "countries/detail.html", context)


def publications_of(request: AuthenticatedRequest, shown: Country) -> list[CountryPublication]:
    """What the country said for each programme with public pages that the reader may know of."""
    public = Programme.objects.filter(is_public=True, is_active=True)
    user = request.user
    own = access.programme_ids if user.is_programme_staff else access.designated_programmes
    public = public.filter(pk__in=own(user))
    visible = CountryPublication.objects.visible_to(request.user).filter(country=shown)
    said = {row.programme_id: row for row in visible}
    no = [CountryPublication(country=shown, programme=programme) for programme in public]
    found = [said.get(row.programme_id, row) for row in no]
    for row, unsaid in zip(found, no, strict=True):
        row.programme = unsaid.programme
    return found


def page_part(request: AuthenticatedRequest, shown: Country) -> dict[str, object]:
    """The lists of the page, the newest of each, and the number of participants."""
    user = request.user
    cases = list(support.requests_of(user, shown).with_list_relations()[: SHOWN + 1])
    engagements = list(support.engagements_of(user, shown).with_list_relations()[: SHOWN + 1])
    others = list(support.records_of_others(user, shown).with_list_relations()[: SHOWN + 1])
    return {
        "requests": REQUESTS.on_page(user, request_rows(request, cases[:SHOWN])),
        "more_requests": len(cases) > SHOWN,
        "engagements": ENGAGEMENTS.on_page(user, engagement_rows(user, engagements[:SHOWN])),
        "more_engagements": len(engagements) > SHOWN,
        "others": others[:SHOWN],
        "more_others": len(others) > SHOWN,
        "notes": CountryNote.objects.visible_to(user)
        .filter(country=shown)
        .select_related("author")[:SHOWN],
        "participants": support.participants_of(user, shown),
    }
