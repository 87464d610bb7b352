"""What each report of a schedule is about, and everything that decides its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from assistance.engagements.models import Engagement
from assistance.funding.models import Donor
from assistance.programmes.models import Pillar
from countries.models import Country, GroupMembership
from reports.figures.scope import ReportScope
from reports.schedules.models import Report, ScheduleVersion
from reports.snapshot import Subject, country_names


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


def subject_of(report: Report) -> tuple[Subject, ReportScope]:
    """A report's subject with its names, and its scope.

    A country brief is of that country, whatever group led to it.
    """
    version, pk = report.version, report.subject_id
    wide = scope_of(version)
    if report.subject_type == "country":
        country = Country.objects.get(pk=pk)
        return Subject("country", pk, country.iso3, country_names(country)), ReportScope(
            countries=(pk,), pillar=wide.pillar
        )
    if report.subject_type == "donor":
        donor = Donor.objects.get(pk=pk)
        return Subject("donor", pk, "", {"en": donor.title}), replace(wide, donor=pk)
    if report.subject_type == "pillar":
        pillar = Pillar.objects.get(pk=pk)
        return Subject("pillar", pk, pillar.code, pillar.names), replace(wide, pillar=pk)
    if report.subject_type == "engagement":
        engagement = Engagement.objects.get(pk=pk)
        return Subject(
            "engagement", pk, engagement.reference, {"en": engagement.title}
        ), ReportScope(engagement=pk)
    return Subject("programme", pk, "", {"en": version.schedule.programme.title}), wide


def names_of(reports: Iterable[Report], language: str) -> dict[int, str]:
    """What each report is about, in a language, by the report's id, with one query a type; empty
    where that is the whole programme."""
    wanted: dict[str, set[int]] = {}
    kept = list(reports)
    for report in kept:
        wanted.setdefault(report.subject_type, set()).add(report.subject_id)
    found: dict[tuple[str, int], str] = {}
    short = language[:2]
    for country in Country.objects.filter(pk__in=wanted.get("country", ())):
        found["country", country.pk] = country_names(country).get(short) or country.name_en
    for pillar in Pillar.objects.filter(pk__in=wanted.get("pillar", ())):
        found["pillar", pillar.pk] = str(
            pillar.names.get(short) or pillar.names.get("en", pillar.code)
        )
    found |= {
        ("donor", pk): title
        for pk, title in Donor.objects.filter(pk__in=wanted.get("donor", ())).values_list(
            "pk", "title"
        )
    }
    engagements = Engagement.objects.filter(pk__in=wanted.get("engagement", ())).values_list(
        "pk", "reference", "title"
    )
    found |= {("engagement", pk): f"{reference} {title}" for pk, reference, title in engagements}
    return {report.pk: found.get((report.subject_type, report.subject_id), "") for report in kept}


def name_of(report: Report, language: str) -> str:
    """The same of one report."""
    return names_of([report], language)[report.pk]
