"""The feed of published reports, for programs that read feeds and cannot sign in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import FeedKey, User
from accounts.permissions import may
from accounts.types import authenticated
from core.db.country_role import as_country
from core.text import of_period
from core.throttling import is_over_limit, until_the_next_minute
from core.validators import without_unprintable
from reports.editions.models import ReportEdition
from reports.reports.models import Report
from reports.reports.subjects import names_of
from reports.schedules import periods

MOST = 100  # entries, the last published first
EPOCH = 2026  # year from which the host's name stands for this feed (RFC 4151)


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What the owner of the key in the address may read now.

    A wrong or ended key, and one of somebody who left, is 404.
    """
    person = FeedKey.owner_of(request.GET.get("key", ""))
    if person is None or not may(person, VERB):
        raise Http404
    if is_over_limit(person.pk):
        return HttpResponse(status=429, headers={"Retry-After": str(until_the_next_minute())})
    known = authenticated(request)
    # the whole request is under the restricted role already
    walled = known is not None and known.user.is_focal_point
    with (
        as_country(person) if person.is_focal_point and not walled else nullcontext(),
        translation.override(person.language),
    ):
        text = feed_text(entries_for(person), person.language)
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"  # the address is a secret
    return response


VERB = "report.read"
feed.verb = VERB  # type: ignore[attr-defined]  # of the key's owner, not of who asks


@dataclass(frozen=True)
class Entry:
    """One published report."""

    mark: str  # which stays the same for ever
    title: str
    path: str
    at: datetime


def entries_for(person: User) -> list[Entry]:
    """Staff: the reports of their programmes; focal points: the editions that are theirs.

    The last published first.
    """
    if person.is_focal_point:
        editions = (
            ReportEdition.objects.visible_to(person)
            .filter(is_current=True)
            .defer("snapshot", "highlights")
            .order_by("-published_at", "-pk")
        )
        return [
            Entry(
                f"edition/{e.pk}",
                of_period(e.called, periods.period_name(e.period_start, e.period_end)),
                e.get_absolute_url(),
                e.published_at,
            )
            for e in editions[:MOST]
            if e.published_at is not None
        ]
    readable: QuerySet[Report] = Report.objects.visible_to(person)
    reports = readable.annotate(at=Max("revisions__published_at")).filter(at__isnull=False)
    found = list(reports.select_related("version__schedule").order_by("-at", "-pk")[:MOST])
    names = names_of(found, person.language)
    return [
        Entry(
            f"report/{r.pk}",
            of_period(
                " · ".join(filter(None, (r.version.schedule.called, names[r.pk]))),
                periods.period_name(r.period_start, r.period_end),
            ),
            r.get_absolute_url(),
            r.at,
        )
        for r in found
    ]


def feed_text(entries: Iterable[Entry], language: str) -> str:
    """The feed as text.

    Links lead to pages, which ask for a sign-in; what was corrected is new at the time of the
    correction.
    """
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    made = Atom1Feed(
        title=_("Published reports"),
        link=f"{settings.BASE_URL}/reports/",
        description="",
        language=language,
        feed_guid=tag_uri(host, "reports"),
    )
    for entry in entries:
        link = f"{settings.BASE_URL}{entry.path}"
        # one that was stored before the rule must not close the feed to everybody
        title = without_unprintable(entry.title)
        made.add_item(
            title=title,
            link=link,
            description="",
            unique_id=tag_uri(host, entry.mark),
            updateddate=entry.at,
            author_name="Meridian",
        )
    return str(made.writeString("utf-8"))


def tag_uri(host: str, what: str) -> str:
    """An id that no other host gives (RFC 4151)."""
    return f"tag:{host},{EPOCH}:{what}"
