"""Schedules that come with the sample data."""

from __future__ import annotations

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.requests.models import AssistanceRequest
from reports.schedules.models import Frequency, Schedule, ScheduleVersion
from reports.schedules.periods import period_of


def make_schedules() -> None:
    """A quarterly progress report from the first quarter with requests on; its past periods are then caught up by the tick."""
    programme = Programme.objects.get(code="cybercrime")
    first = (
        AssistanceRequest.objects.filter(programme=programme, received_on__isnull=False)
        .order_by("received_on")
        .values_list("received_on", flat=True)
        .first()
    )
    if first is None or Schedule.objects.filter(programme=programme).exists():
        return
    manager = User.objects.filter(email="manager@example.org").first()
    schedule = Schedule.objects.create(programme=programme, title="Progress report", created_by=manager)
    version = ScheduleVersion.objects.create(
        schedule=schedule, frequency=Frequency.QUARTERLY, valid_from=period_of("quarterly", first).start, zone=programme.zone, languages=["en"]
    )
    if manager:
        version.recipients.add(manager)
