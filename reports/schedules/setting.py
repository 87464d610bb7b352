"""Making and pausing schedules: pages and API come through here."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from accounts.permissions import may
from assistance.programmes.querysets import manages
from assistance.requests.errors import NotAllowed
from reports.schedules.expecting import expect_of
from reports.schedules.models import Report, Schedule, ScheduleVersion

log = logging.getLogger(__name__)


@transaction.atomic
def create(user: Any, values: dict[str, Any]) -> Schedule:
    """A schedule with its first version; the rows of periods that have begun are there at once. Raises NotAllowed."""
    refuse_if_not_manager(user, values["programme"].pk)
    schedule = Schedule.objects.create(programme=values["programme"], title=values["title"], created_by=user)
    version = ScheduleVersion.objects.create(
        schedule=schedule,
        frequency=values["frequency"],
        valid_from=values["valid_from"],
        cutoff_days=values["cutoff_days"],
        languages=values["languages"],
        formats=values["formats"],
        zone=schedule.programme.zone,
    )
    version.recipients.set(values.get("recipients", []))
    expect_of(version, timezone.now())
    transaction.on_commit(hurry)
    return schedule


def refuse_if_not_manager(user: Any, programme_id: int) -> None:
    """Schedules are the managers' of the programme. Raises NotAllowed."""
    if not may(user, "schedule.manage") or not manages(user, programme_id):
        raise NotAllowed(_("Only managers set schedules."))


def hurry() -> None:
    """Ticks now instead of within the minute. A broker that does not answer costs nothing: beat ticks anyway."""
    from reports.tasks import tick

    try:
        tick.apply_async(expires=300, retry=False)
    except (OSError, OperationalError) as error:
        log.info("The tick could not be sent at once: %s", error)


@transaction.atomic
def pause(user: Any, pk: int, *, paused: bool) -> Schedule:
    """Stops or resumes. On resuming, the periods that came due during the pause are skipped by name: who, and why."""
    schedule = Schedule.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=pk).first()
    if schedule is None:
        raise Http404
    refuse_if_not_manager(user, schedule.programme_id)
    if schedule.is_paused and not paused:
        now = timezone.now()
        for version in schedule.versions.all():
            expect_of(version, now)
        missed = Report.objects.filter(version__schedule=schedule, state=Report.State.EXPECTED, due_at__lte=now)
        missed.update(state=Report.State.SKIPPED, skipped_by=user, reason="Paused when it was due.")
    schedule.is_paused = paused
    schedule.save(update_fields=["is_paused"])
    transaction.on_commit(hurry)
    return schedule
