"""The list of engagements as CSV."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.engagements import visibility
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.tables import ENGAGEMENTS, engagement_rows
from assistance.programmes.models import Theme
from assistance.requests.models import AssistanceRequest
from assistance.tools.models import Tool
from core import access
from core.lists import back_to_list, export_list


@require_safe
@permission_required("engagement.export")
def export_engagements(request: AuthenticatedRequest) -> HttpResponseBase:
    """The filtered list, all of its pages; back to the list where a filter cannot be read."""
    user = request.user
    found = EngagementFilter(
        request.GET, queryset=Engagement.objects.visible_to(user), request=request
    )
    if not found.form.is_valid():
        return back_to_list(request, "engagements")
    people = CountryParticipation.objects.all()
    if not visibility.reads_all(user):
        people = people.filter(country__in=access.country_ids(user))
    cases = AssistanceRequest.objects.visible_to(user).only("reference")
    queryset = found.qs.select_related(
        "programme", "pillar", "lead_officer", "funding__donor", "session__process"
    ).prefetch_related(
        Prefetch("parts__participations", queryset=people), Prefetch("requests", queryset=cases)
    )
    themes = {t.code: t.name for t in Theme.objects.all()}
    tools = {t.code: t.title for t in Tool.objects.all()}
    return export_list(
        "engagements.csv",
        user,
        ENGAGEMENTS,
        queryset,
        lambda chunk: engagement_rows(user, chunk, themes, tools),
    )
