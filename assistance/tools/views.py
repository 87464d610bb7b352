"""Pages of tools: the list, one tool with where it was used, and writing it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.states import DONE
from assistance.engagements.tables import ENGAGEMENTS, engagement_rows
from assistance.tools.filters import ToolFilter
from assistance.tools.forms import ToolForm, ToolVersionForm
from assistance.tools.models import Tool, ToolVersion
from assistance.tools.tables import TOOLS
from core.forms import posted_data
from core.lists import back_to_list, export_list, list_context
from core.record_forms import edit_record
from countries.models import Country

SHOWN = 15  # engagements on the page of a tool
FORM_METHODS = ["GET", "HEAD", "POST"]


def filtered_tools(request: AuthenticatedRequest) -> ToolFilter:
    """What the filters leave."""
    return ToolFilter(request.GET, queryset=Tool.objects.all(), request=request)


@require_safe
@permission_required("tool.read")
def tool_list(request: AuthenticatedRequest) -> HttpResponse:
    """All tools, filtered, sorted, in pages."""
    found = filtered_tools(request)
    tools = found.qs.select_related("replaced_by").prefetch_related("versions")
    context = list_context(request, request.user, TOOLS, found, tools, list)
    context["may_edit"] = may(request.user, "tool.edit")
    return render(request, "tools/index.html", context)


@require_safe
@permission_required("tool.read")
def export_tools(request: AuthenticatedRequest) -> HttpResponseBase:
    """The list as CSV."""
    found = filtered_tools(request)
    if not found.is_valid():
        return back_to_list(request, "tools")
    tools = found.qs.select_related("replaced_by").prefetch_related("versions")
    return export_list("tools.csv", request.user, TOOLS, tools, list)


@dataclass
class Uptake:
    """In how many engagements a country used a tool, by year."""

    country: Country
    by_year: dict[int, int]

    @property
    def total(self) -> int:
        """Engagements of all years."""
        return sum(self.by_year.values())


def uptake_of(user: User, tool: Tool) -> tuple[list[int], list[Uptake]]:
    """The years, and each country that took part in an engagement with the tool, as far as the user
    may see them. An engagement counts once a country, in the year of the first held part in which
    that took part. Internal: it tells which countries asked."""
    used = Engagement.objects.visible_to(user).filter(
        tool_codes__contains=[tool.code], state__in=DONE
    )
    first: dict[tuple[int, int], int] = {}
    for engagement, country, day in (
        CountryParticipation.objects.held_in(used)
        .order_by("part__ends_on")
        .values_list("part__engagement_id", "country_id", "part__ends_on")
    ):
        first.setdefault((engagement, country), day.year)
    counts: dict[int, dict[int, int]] = {}
    for (_engagement, country), year in first.items():
        by_year = counts.setdefault(country, {})
        by_year[year] = by_year.get(year, 0) + 1
    countries = Country.objects.filter(pk__in=counts).in_order()
    return sorted(set(first.values())), [Uptake(c, counts[c.pk]) for c in countries]


@require_safe
@permission_required("tool.read")
def tool_page(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One tool; for staff where it was used, for a focal point in which engagements of their own."""
    tools = Tool.objects.select_related("replaced_by").prefetch_related("versions", "replaces")
    tool = get_object_or_404(tools, code=code)
    user = request.user
    context: dict[str, object] = {"tool": tool, "may_edit": may(user, "tool.edit")}
    if may(user, "engagement.read"):
        used = Engagement.objects.visible_to(user).filter(tool_codes__contains=[tool.code])
        rows = list(used.with_list_relations().order_by("-id")[: SHOWN + 1])
        context["engagements"] = ENGAGEMENTS.on_page(user, engagement_rows(user, rows[:SHOWN]))
        context["more_engagements"] = len(rows) > SHOWN
    if user.is_programme_staff:
        years, uptake = uptake_of(user, tool)
        engagements = f"{reverse('engagements')}?tool={tool.code}"
        context |= {"years": years, "uptake": uptake, "list": engagements}
    return render(request, "tools/detail.html", context)


@require_http_methods(FORM_METHODS)
@permission_required("tool.edit")
def new_tool(request: AuthenticatedRequest) -> HttpResponse:
    """A tool that is not there yet."""
    return write_tool(request, Tool(), title=_("New tool"), back=reverse("tools"))


@require_http_methods(FORM_METHODS)
@permission_required("tool.edit")
def edit_tool(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Corrects a tool, or says what took its place."""
    tool = get_object_or_404(Tool, code=code)
    return write_tool(request, tool, title=_("Edit the tool"), back=tool.get_absolute_url())


def write_tool(request: AuthenticatedRequest, tool: Tool, *, title: str, back: str) -> HttpResponse:
    """The form of a tool."""
    data = posted_data(request)
    return edit_record(
        request, lambda row: ToolForm(data, instance=row), tool, title=title, back=back
    )


@require_http_methods(FORM_METHODS)
@permission_required("tool.edit")
def new_version(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A later version of a tool."""
    tool = get_object_or_404(Tool.objects.prefetch_related("versions"), code=code)
    order = max((version.order for version in tool.versions.all()), default=0) + 1
    version = ToolVersion(tool=tool, order=order)
    return write_version(request, version, title=_("New version"))


@require_http_methods(FORM_METHODS)
@permission_required("tool.edit")
def edit_version(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Corrects a version."""
    version = get_object_or_404(ToolVersion.objects.select_related("tool"), pk=pk)
    return write_version(request, version, title=_("Edit the version"))


def write_version(
    request: AuthenticatedRequest, version: ToolVersion, *, title: str
) -> HttpResponse:
    """The form of a version, which leads back to its tool."""
    data = posted_data(request)
    return edit_record(
        request,
        lambda row: ToolVersionForm(data, instance=row),
        version,
        title=title,
        back=version.tool.get_absolute_url(),
        leads_to=lambda row: row.tool,
    )
