"""Telling people of reports: rows of the outbox, in the transaction of what they tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assistance.programmes.models import ProgrammeMembership
from countries.models import FocalPoint
from notifications.models import Notification
from reports.deliveries import webhook_outbox
from reports.deliveries.models import Delivery
from reports.reports.models import Report, ReportRevision
from reports.reports.subjects import name_of
from reports.schedules import periods
from reports.schedules.models import ScheduleVersion


def tell_produced(revision: ReportRevision) -> None:
    """Tells of one that stands alone or corrects; of one of many people hear when all are made: see
    `tell_batches`."""
    if revision.number > 1 or not revision.report.is_one_of_many:
        notify_readers([revision], "produced")


def notify_readers(revisions: Sequence[ReportRevision], event: str) -> None:
    """Once a person, revision and event: one message for all of them, which are of one schedule and
    period.

    The programme's managers and the recipients who are staff of it are told; of a published brief
    its country's focal points. Nobody is told of what they may not read: recipients who are no
    active staff of the programme are left out, and focal points get their own country's edition and
    no word of a report in review.
    """
    for membership in staff_to_tell(revisions[0].report):
        tell_one(membership.user, revisions, event)
    if event == "published":
        for revision in revisions:
            tell_countries(revision)
    else:
        ReportRevision.objects.filter(pk__in=[r.pk for r in revisions]).update(
            told_at=timezone.now()
        )
    for revision in revisions:
        webhook_outbox.enqueue_event(revision, event)


def staff_to_tell(report: Report) -> QuerySet[ProgrammeMembership]:
    """The programme's managers, and the recipients who are staff of it."""
    members = ProgrammeMembership.objects.active().filter(
        programme_id=report.version.schedule.programme_id
    )
    recipients = report.version.recipients.values("pk")
    return (
        members.filter(Q(role="manager") | Q(user_id__in=recipients))
        .select_related("user")
        .order_by("user_id")
    )


def focal_points_to_tell(countries: Iterable[int], programme_id: int) -> QuerySet[User]:
    """The active focal points of countries for a programme, by id."""
    active = (
        FocalPoint.objects.active()
        .filter(country__in=list(countries), programmes=programme_id)
        .values("user_id")
    )
    return User.objects.filter(pk__in=active, is_active=True).order_by("pk")


def tell_countries(revision: ReportRevision) -> None:
    """The focal points of the country that a published brief is about, of their edition of it."""
    for edition in (
        revision.editions.filter(audience="country", country__isnull=False)
        .select_related("country")
        .defer("snapshot")
    ):
        assert edition.country_id is not None, "the query asks for such"
        programme_id = revision.report.version.schedule.programme_id
        for person in focal_points_to_tell([edition.country_id], programme_id):
            tell_one(person, [revision], "published", edition.get_absolute_url())


def tell_one(person: User, revisions: Sequence[ReportRevision], event: str, path: str = "") -> None:
    """One row of the outbox in the person's language, on those of which they were not told already;
    nothing where there are none."""
    known = set(
        Delivery.objects.filter(revision__in=revisions, user=person, event=event).values_list(
            "revision_id", flat=True
        )
    )
    fresh = [r for r in revisions if r.pk not in known]
    if not fresh:
        return
    first = fresh[0].report
    with translation.override(person.language):
        subject = subject_of(fresh, event, person.language)
    path = path or (
        first.get_absolute_url()
        if len(fresh) == 1
        else batch_address(first.version.schedule_id, first.period_start)
    )
    notification = Notification.objects.create(
        user=person, kind=f"report.{event}", subject=subject[:300], path=path
    )
    Delivery.objects.bulk_create(
        [Delivery(revision=r, user=person, event=event, notification=notification) for r in fresh]
    )


def subject_of(revisions: Sequence[ReportRevision], event: str, language: str) -> str:
    """What a message is about, in the language in force."""
    report, count = revisions[0].report, len(revisions)
    about = {
        "title": report.version.schedule.called,
        "period": periods.period_name(report.period_start, report.period_end),
        "count": count,
    }
    if count > 1:
        if event == "published":
            return (
                ngettext(
                    "Published: %(title)s, %(period)s: %(count)s report",
                    "Published: %(title)s, %(period)s: %(count)s reports",
                    count,
                )
                % about
            )
        return (
            ngettext(
                "Ready for review: %(title)s, %(period)s: %(count)s report",
                "Ready for review: %(title)s, %(period)s: %(count)s reports",
                count,
            )
            % about
        )
    about["title"] = " · ".join(
        filter(None, (report.version.schedule.called, name_of(report, language)))
    )
    return (
        _("Published: %(title)s, %(period)s")
        if event == "published"
        else _("Ready for review: %(title)s, %(period)s")
    ) % about


def batch_address(schedule: int, start: date) -> str:
    """Where the reports of one period of a schedule stand together."""
    return reverse("report_batch", args=[schedule, start.isoformat()])


def tell_batches() -> int:
    """Tells of reports that came many at a time, once all of a period are made that can be; the
    failed ones hold nobody up. Returns how many.

    Derived from the rows: whoever looks next tells, where a worker died before it could. Safe to
    run twice, at the same time too.
    """
    untold = ReportRevision.objects.filter(
        is_current=True, told_at__isnull=True, report__state=Report.State.PRODUCED
    )
    told = 0
    for version in sorted(set(untold.values_list("report__version_id", flat=True))):
        with transaction.atomic():
            # two at once would tell twice
            ScheduleVersion.objects.select_for_update(no_key=True).get(pk=version)
            unmade = set(
                Report.objects.to_produce(timezone.now())
                .filter(version_id=version)
                .values_list("period_start", flat=True)
            )
            batches: dict[date, list[ReportRevision]] = defaultdict(list)
            for revision in (
                untold.filter(report__version_id=version)
                .select_related("report__version__schedule")
                .defer("snapshot")
                .order_by("report_id")
            ):
                batches[revision.report.period_start].append(revision)
            for start, revisions in batches.items():
                if start not in unmade:
                    notify_readers(revisions, "produced")
                    told += len(revisions)
    return told
