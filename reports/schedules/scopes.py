"""Of which countries, pillar and donor the reports of a schedule speak."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from countries.models import Country, GroupMembership
from reports.figures.scope import ReportScope
from reports.schedules.models import ScheduleVersion


def countries_of(version: ScheduleVersion, day: date) -> QuerySet[Country]:
    """The countries of a version's scope on a day: those named, or of its group (else the eligible
    ones), and of its region."""
    named = version.countries.all()
    if not named.exists():
        group = version.group_id or version.schedule.programme.eligible_group_id
        members = GroupMembership.objects.on(day).filter(group_id=group)
        named = Country.objects.filter(pk__in=members.values("country_id"))
    return named.filter(region=version.region) if version.region else named


def breadth_of(version: ScheduleVersion, day: date) -> int | None:
    """How many countries a version's scope lets through on a day; None where it leaves none out."""
    return countries_of(version, day).count() if scope_of(version).narrows_countries else None


def scope_of(version: ScheduleVersion) -> ReportScope:
    """What a version's reports are narrowed to, before their subject narrows them further."""
    return ReportScope(
        countries=tuple(version.countries.order_by("pk").values_list("pk", flat=True)),
        group=version.group.code if version.group else "",
        region=version.region,
        pillar=version.pillar_id,
        donor=version.donor_id,
    )
