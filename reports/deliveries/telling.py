"""Telling people of a report: rows of the outbox, in the transaction of what they tell of."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Notification, User
from assistance.programmes.models import ProgrammeMembership
from countries.models import FocalPoint
from reports.deliveries import outgoing
from reports.deliveries.models import Delivery
from reports.schedules import periods
from reports.schedules.models import ReportRevision
from reports.schedules.subjects import name_of


def tell(revision: ReportRevision, event: str) -> None:
    """Once a person, revision and event. The programme's managers and the recipients who are staff of it; of a published brief its country's focal points.

    Nobody is told of what they may not read: recipients who are no active staff of the programme are left out, and focal points get their own
    country's edition and no word of a report in review.
    """
    report = revision.report
    members = ProgrammeMembership.objects.active().filter(programme_id=report.version.schedule.programme_id)
    wanted = set(members.filter(role="manager").values_list("user_id", flat=True)) | set(report.version.recipients.values_list("pk", flat=True))
    for membership in members.filter(user_id__in=wanted).select_related("user").order_by("user_id"):
        tell_one(membership.user, revision, event, report.get_absolute_url())
    if event == "published":
        for edition in revision.editions.filter(audience="country", country__isnull=False).select_related("country").defer("snapshot"):
            active = FocalPoint.objects.active().filter(country=edition.country).values("user_id")
            for person in User.objects.filter(pk__in=active, is_active=True).order_by("pk"):
                tell_one(person, revision, event, edition.get_absolute_url())
    outgoing.announce(revision, event)


def tell_one(person: User, revision: ReportRevision, event: str, path: str) -> None:
    """One row of the outbox in the person's language; nothing where they were told already."""
    report = revision.report
    delivery, made = Delivery.objects.get_or_create(revision=revision, user=person, event=event)
    if not made:
        return
    with translation.override(person.language):
        about = {
            "title": " · ".join(filter(None, (report.version.schedule.title, name_of(report, person.language)))),
            "period": periods.name(report.period_start, report.period_end),
        }
        subject = (_("Published: %(title)s, %(period)s") if event == "published" else _("Ready for review: %(title)s, %(period)s")) % about
    delivery.notification = Notification.objects.create(user=person, kind=f"report.{event}", subject=subject[:300], path=path)
    delivery.save(update_fields=["notification"])
