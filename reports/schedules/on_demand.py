"""Reports asked for by hand: of a period of a schedule, or of one engagement."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from assistance.engagements.models import Engagement
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.kinds.mission import MissionReport
from reports.reports.models import Report
from reports.reports.planning import add_rows
from reports.schedules.deadlines import SETTLING
from reports.schedules.models import Frequency, Schedule, ScheduleVersion
from reports.schedules.services import lock_managed_schedule, tick_now
from reports.schedules.titles import MISSIONS
from reports.schedules.versions import ScheduleValues, begin_version

SHOWN_FORMATS = ["html", "pdf", "docx"]  # of a mission report


@transaction.atomic
def run_now(user: User, pk: int, day: date) -> list[Report]:
    """The reports of the period with a day in it, past periods before the schedule began included;
    produced now where their cut-off is over.

    What is asked for is made, during a pause too, and where it was skipped. Raises Http404,
    NotAllowed, Refused (no such period, nothing to speak of, or its cut-off is still to come: what
    is counted then is not known yet).
    """
    schedule = lock_managed_schedule(user, pk)
    version = version_on(schedule, day)
    period = version.rhythm.containing(day)
    if period is None:
        raise DomainError(_("None of the schedule's periods has this day in it."), "day")
    there = Report.objects.filter(
        version__schedule=schedule, period_start=period.start, period_end=period.end
    )
    if not there.exists() and not add_rows(version, [period]):
        raise DomainError(
            _("In this period there is no country, donor or pillar of which a report would speak."),
            "day",
        )
    now = timezone.now()
    waiting = there.filter(
        state__in=[Report.State.EXPECTED, Report.State.FAILED, Report.State.SKIPPED]
    )
    if waiting.filter(cutoff_at__gt=now - SETTLING).exists():
        cutoff = waiting.order_by("cutoff_at").values_list("cutoff_at", flat=True)[0]
        raise DomainError(
            _(
                "The cut-off of this period is on %(date)s. Until then look at the preview, which"
                " is not stored."
            )
            % {"date": timezone.localtime(cutoff).strftime("%Y-%m-%d")},
            "day",
        )
    waiting.update(
        due_at=now,
        state=Report.State.EXPECTED,
        asked_by=user,
        skipped_by=None,
        reason="",
        tries=0,
        losses=0,
        next_try_at=None,
        claim=None,
    )
    transaction.on_commit(tick_now)
    return list(there.order_by("pk"))


def version_on(schedule: Schedule, day: date) -> ScheduleVersion:
    """The version whose way holds on a day; before all of them the first.

    One that ended before its first period never held.
    """
    versions = schedule.versions.select_related("schedule__programme").order_by("valid_from")
    held = [v for v in versions if v.valid_until is None or v.valid_until > v.valid_from]
    return next((v for v in reversed(held) if v.valid_from <= day), held[0])


@transaction.atomic
def mission_report(user: User, engagement: Engagement) -> Report:
    """The report of one engagement, made at once on demand, in English and in the languages of
    those who asked for one.

    Where it is there already, that one. Raises NotAllowed, Refused (no dates yet).

    Its schedule is the programme's own for such reports: with given dates, of which there are none.
    """
    if (
        not may(user, "report.review")
        or not Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists()
    ):
        raise ActionNotAllowed(_("Only staff of the programme make its reports."))
    if (
        engagement.starts_on is None
        or engagement.ends_on is None
        or engagement.state not in ("delivered", "verified")
    ):
        raise DomainError(
            _("A mission report is made of what is delivered: record the delivery first."), "state"
        )
    schedule = (
        Schedule.objects.select_for_update(of=("self",))
        .filter(programme=engagement.programme, kind=MissionReport.code)
        .order_by("pk")
        .first()
    )
    if schedule is None:
        schedule = Schedule.objects.create(
            programme=engagement.programme, kind=MissionReport.code, title=MISSIONS, created_by=user
        )
        begin_version(
            schedule,
            1,
            ScheduleValues(
                frequency=Frequency.DATES,
                valid_from=engagement.starts_on,
                zone=engagement.programme.zone,
                formats=SHOWN_FORMATS,
                languages=list(dict.fromkeys(["en", user.language])),
            ),
        )
    version = schedule.versions.get(valid_until__isnull=True)
    if user.language not in version.languages:
        version.languages = [*version.languages, user.language]
        version.save(update_fields=["languages"])
    now = timezone.now()
    report, _made = Report.objects.get_or_create(
        version=version,
        subject_type="engagement",
        subject_id=engagement.pk,
        defaults={
            "period_start": engagement.starts_on,
            "period_end": engagement.ends_on + timedelta(days=1),
            "cutoff_at": now,
            "due_at": now,
        },
    )
    transaction.on_commit(tick_now)
    return report
