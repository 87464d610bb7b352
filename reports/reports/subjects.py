"""What each report is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistance.engagements.models import Engagement
from assistance.funding.models import Donor
from assistance.programmes.models import Pillar
from countries.models import Country
from countries.names import name_in
from reports.figures.scope import ReportScope
from reports.reports.models import Report
from reports.schedules.scopes import scope_of
from reports.snapshots.specs import Subject


def subject_of(report: Report) -> tuple[Subject, ReportScope]:
    """A report's subject with its names, and its scope.

    A country brief is of that country, whatever group led to it.
    """
    version, pk = report.version, report.subject_id
    wide = scope_of(version)
    if report.subject_type == "country":
        country = Country.objects.get(pk=pk)
        return Subject("country", pk, country.iso3, country.names), ReportScope(
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
    return Subject("programme", pk, "", version.schedule.programme.all_names), wide


def names_of(reports: Iterable[Report], language: str) -> dict[int, str]:
    """What each report is about, in a language, by the report's id, with one query a type; empty
    where that is the whole programme."""
    wanted: dict[str, set[int]] = {}
    kept = list(reports)
    for report in kept:
        wanted.setdefault(report.subject_type, set()).add(report.subject_id)
    found: dict[tuple[str, int], str] = {}
    for country in Country.objects.filter(pk__in=wanted.get("country", ())):
        found["country", country.pk] = name_in(country.names, language)
    for pillar in Pillar.objects.filter(pk__in=wanted.get("pillar", ())):
        found["pillar", pillar.pk] = str(name_in(pillar.names, language) or pillar.code)
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
