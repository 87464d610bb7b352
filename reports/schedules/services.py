"""Making, changing, pausing and asking for reports: pages and API come through here."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from accounts.models import User
from accounts.permissions import may
from assistance.programmes.querysets import manages
from core.workflow.exceptions import ActionNotAllowed
from reports.kinds.choices import DEFAULT_KIND
from reports.reports.models import Report
from reports.reports.planning import expect_of
from reports.schedules.models import Schedule
from reports.schedules.versions import (
    ScheduleValues,
    as_it_is,
    begin_version,
    beginning_of_new_version,
    boundary_between,
    change_in_place,
    changes_figures,
    has_begun,
    reopen_former_version,
    rewrite_version,
    rhythm_of,
)

log = logging.getLogger(__name__)


@transaction.atomic
def create_schedule(user: User, values: ScheduleValues) -> Schedule:
    """A schedule with its first version; the rows of periods that have begun are there at once.

    Raises NotAllowed.
    """
    refuse_if_not_manager(user, values["programme"].pk)
    kind = values.get("kind", DEFAULT_KIND)
    schedule = Schedule.objects.create(
        programme=values["programme"], kind=kind, title=values["title"], created_by=user
    )
    begin_version(schedule, 1, ScheduleValues(zone=schedule.programme.zone) | values)
    transaction.on_commit(tick_now)
    return schedule


def refuse_if_not_manager(user: User, programme_id: int) -> None:
    """Schedules are the managers' of the programme. Raises NotAllowed."""
    if not may(user, "schedule.manage") or not manages(user, programme_id):
        raise ActionNotAllowed(_("Only managers set schedules."))


def lock_managed_schedule(user: User, pk: int) -> Schedule:
    """A schedule that is to be changed, locked. Raises Http404 (not visible), NotAllowed."""
    schedule = (
        Schedule.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=pk).first()
    )
    if schedule is None:
        raise Http404
    refuse_if_not_manager(user, schedule.programme_id)
    return schedule


def tick_now() -> None:
    """Ticks now instead of within the minute.

    A broker that does not answer costs nothing: beat ticks anyway.
    """
    from reports.tasks import tick

    try:
        tick.apply_async(expires=300, retry=False)
    except (OSError, OperationalError) as error:
        log.info("The tick could not be sent at once: %s", error)


@transaction.atomic
def update_schedule(user: User, pk: int, values: ScheduleValues) -> date | None:
    """Changes a schedule. Title, languages, formats, recipients, hour and cut-off change for what
    is not produced yet, of whatever version.

    Another frequency, scope or zone ends the version at a boundary of its periods and starts the
    next there: that day is returned. Reports that are there stay as they are. A version that has
    not begun is replaced, so that a slip can be undone, unless a report of it was asked for: then
    it ends before its first period. Raises Http404, NotAllowed, Refused (given dates of which none
    is left).
    """
    schedule = lock_managed_schedule(user, pk)
    version = schedule.versions.select_for_update(of=("self",)).get(valid_until__isnull=True)
    given = {k: v for k, v in values.items() if v is not None or k in ("group", "pillar", "donor")}
    values = as_it_is(version) | cast("ScheduleValues", given)
    schedule.title = values.get("title", schedule.title)
    schedule.save(update_fields=["title"])
    transaction.on_commit(tick_now)
    if changes_figures(version, values) and not has_begun(version) and not version.reports.exists():
        if version.number == 1:
            return rewrite_version(version, values)
        version = reopen_former_version(version)
    change_in_place(schedule, values)
    if not changes_figures(version, values):
        return None
    if has_begun(version):
        version.valid_until = start = boundary_between(version, rhythm_of(values))
        version.reports.filter(state=Report.State.EXPECTED, period_start__gte=start).delete()
    else:  # what it has was asked for
        version.valid_until, start = version.valid_from, beginning_of_new_version(version, values)
    version.save(update_fields=["valid_until"])
    begin_version(schedule, version.number + 1, values | ScheduleValues(valid_from=start))
    return start


@transaction.atomic
def pause_schedule(user: User, pk: int, *, paused: bool) -> Schedule:
    """Stops or resumes.

    On resuming, the periods that came due during the pause are skipped by name: who, and why.
    """
    schedule = lock_managed_schedule(user, pk)
    now = timezone.now()
    if schedule.is_paused and not paused:
        skip_missed(user, schedule, now)
        schedule.paused_at = None
    elif paused and not schedule.is_paused:
        schedule.paused_at = now
    schedule.is_paused = paused
    schedule.save(update_fields=["is_paused", "paused_at"])
    transaction.on_commit(tick_now)
    return schedule


def skip_missed(user: User, schedule: Schedule, now: datetime) -> None:
    """Skips what came due in the pause that ends now: not what was due before, what is being
    corrected, or what somebody asked for by hand."""
    for version in schedule.versions.all():
        expect_of(version, now)
    came_due = Report.objects.filter(
        version__schedule=schedule,
        state=Report.State.EXPECTED,
        due_at__gte=schedule.paused_at or now,
        due_at__lte=now,
    )
    missed = came_due.filter(correction_reason="", revisions__isnull=True, asked_by__isnull=True)
    missed.update(state=Report.State.SKIPPED, skipped_by=user, reason="")
