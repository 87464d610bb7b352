"""Everything of the list of engagements as CSV, streamed: memory does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.engagements import fields, visibility
from assistance.engagements.choices import NUMBERS
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.totals import add_up
from assistance.programmes.models import Theme
from assistance.requests.models import AssistanceRequest
from core import access
from core.csv import streamed_csv

CHUNK = 500


class Columns:
    """The columns of one reader: all for staff; the shared face and the own country's numbers for a
    focal point."""

    def __init__(self, user: User) -> None:
        self.user, self.all = user, visibility.reads_all(user)
        self.names = (
            [*fields.BY_NAME, *fields.IMPORTED] if self.all else list(visibility.SHARED_FIELDS)
        )
        self.themes = {t.code: t.name for t in Theme.objects.all()}

    def heads(self) -> list[str]:
        """The heads, in the reader's language."""
        people = [
            _("Women"),
            _("Men"),
            _("Other"),
            _("Not known"),
            _("Participants"),
            _("Lines without women or men"),
        ]
        heads = [
            _("Reference"),
            _("State"),
            _("From"),
            _("Until"),
            *(fields.field_label(n) for n in self.names),
            _("Countries"),
            _("Requests"),
            *people,
        ]
        inside = [
            _("Days"),
            _("Hours"),
            _("Parts"),
            _("Planned cost"),
            _("Actual cost"),
            _("Currency"),
        ]
        return [*heads, _("Institutions"), *(inside if self.all else ())]

    def value(self, engagement: Engagement, name: str) -> Any:
        """A field's value; themes without looking each up."""
        if name == "theme_codes":
            return " · ".join(self.themes.get(c, c) for c in engagement.theme_codes)
        value = getattr(engagement, name)
        return (
            value
            if isinstance(value, int | float) or hasattr(value, "is_finite")
            else fields.display_value(engagement, name)
        )

    def row(self, engagement: Engagement, countries: list[Any]) -> list[Any]:
        """One engagement."""
        parts = [p for p in engagement.parts.all() if p.struck_on is None]
        rows = [p for part in parts for p in part.participations.all()]
        totals = add_up(rows)
        cells = [
            engagement.reference,
            engagement.state_in_words,
            engagement.starts_on or "",
            engagement.ends_on or "",
            *(self.value(engagement, n) for n in self.names),
            " · ".join(c.name for c in countries),
            " ".join(r.reference or "" for r in engagement.readable_requests),  # type: ignore[attr-defined]
            *(blank_if_none(getattr(totals, n)) for n in NUMBERS),
            blank_if_none(totals.total),
            totals.incomplete,
            " · ".join(p.institutions for p in rows if p.institutions),
        ]
        if not self.all:
            return cells
        sums = [
            [getattr(p, n) for p in parts if getattr(p, n) is not None]
            for n in ("days", "hours", "planned_cost", "actual_cost")
        ]
        days, hours, planned, actual = (sum(s) if s else "" for s in sums)
        titles = " · ".join(
            f"{p.number}: {p.starts_on}–{p.ends_on} {p.title}".strip() for p in parts
        )
        return [*cells, days, hours, titles, planned, actual, engagement.currency]


def blank_if_none(value: Any) -> Any:
    """What is not reported stays an empty cell."""
    return "" if value is None else value


@require_safe
@permission_required("engagement.export")
def export_engagements(request: AuthenticatedRequest) -> HttpResponseBase:
    """The filtered list, all of its pages, in UTF-8 with the mark that spreadsheets look for; back
    to the list where a filter cannot be read."""
    user = request.user
    found: Any = EngagementFilter(
        request.GET, queryset=Engagement.objects.visible_to(user), request=request
    )
    if not found.form.is_valid():
        return redirect(f"{reverse('engagements')}?{request.GET.urlencode()}")
    columns = Columns(user)
    people = (
        CountryParticipation.objects.all()
        if columns.all
        else CountryParticipation.objects.filter(country__in=access.country_ids(user))
    )
    cases = AssistanceRequest.objects.visible_to(user).only("reference")
    queryset = found.qs.select_related(
        "programme", "pillar", "lead_officer", "funding__donor"
    ).prefetch_related(
        Prefetch("parts__participations", queryset=people),
        Prefetch("requests", queryset=cases, to_attr="readable_requests"),
    )

    def rows() -> Iterator[list[Any]]:
        found = queryset.iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            named = visibility.countries_by_engagement(chunk, user)
            for engagement in chunk:
                yield columns.row(engagement, named[engagement.pk])

    return streamed_csv("engagements.csv", columns.heads(), queryset, rows)
