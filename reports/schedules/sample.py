"""Schedules that come with the sample data."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.requests.models import AssistanceRequest
from countries.models import Country
from reports.schedules.models import Frequency, Kind, Schedule, ScheduleVersion
from reports.schedules.periods import before, period_of


def make_schedules() -> None:
    """A progress report from the first quarter with requests on, briefs on two countries, a monthly report for the manager; past periods are caught up."""
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
    this = period_of("quarterly", programme.today())
    last = before("quarterly", before("quarterly", this)).start
    month = before("monthly", before("monthly", period_of("monthly", programme.today()))).start
    named = Country.objects.filter(iso3__in=["KEN", "FJI"])
    add(programme, manager, Kind.PROGRESS, "Progress report", Frequency.QUARTERLY, period_of("quarterly", first).start)
    add(programme, manager, Kind.COUNTRY, "Country brief", Frequency.QUARTERLY, max(last, period_of("quarterly", first).start)).countries.set(named)
    add(programme, manager, Kind.MANAGEMENT, "Management report", Frequency.MONTHLY, max(month, period_of("monthly", first).start))


def add(programme: Programme, manager: User | None, kind: str, title: str, frequency: str, start: date) -> ScheduleVersion:
    """A schedule in English, with the manager among its recipients."""
    schedule = Schedule.objects.create(programme=programme, kind=kind, title=title, created_by=manager)
    version = ScheduleVersion.objects.create(schedule=schedule, frequency=frequency, valid_from=start, zone=programme.zone, languages=["en"])
    if manager:
        version.recipients.add(manager)
    return version
