"""Telling people of a report: rows of the outbox, in the transaction of what they tell of."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Notification
from assistance.programmes.models import ProgrammeMembership
from reports.deliveries import outgoing
from reports.deliveries.models import Delivery
from reports.schedules import periods
from reports.schedules.models import ReportRevision


def tell(revision: ReportRevision, event: str) -> None:
    """Once a person, revision and event. Of a produced report the programme's managers and the recipients who are staff of it; of a published one the same.

    Nobody is told of what they may not read: recipients who are no active staff of the programme are left out.
    """
    report = revision.report
    schedule = report.version.schedule
    members = ProgrammeMembership.objects.active().filter(programme_id=schedule.programme_id)
    wanted = set(members.filter(role="manager").values_list("user_id", flat=True)) | set(report.version.recipients.values_list("pk", flat=True))
    for membership in members.filter(user_id__in=wanted).select_related("user").order_by("user_id"):
        person = membership.user
        delivery, made = Delivery.objects.get_or_create(revision=revision, user=person, event=event)
        if not made:
            continue
        with translation.override(person.language):
            name = periods.name(report.period_start, report.period_end)
            subject = (_("Published: %(title)s, %(period)s") if event == "published" else _("Ready for review: %(title)s, %(period)s")) % {
                "title": schedule.title,
                "period": name,
            }
        delivery.notification = Notification.objects.create(
            user=person, kind=f"report.{event}", subject=subject[:300], path=report.get_absolute_url()
        )
        delivery.save(update_fields=["notification"])
    outgoing.announce(revision, event)
