"""Whose history is read here: countries, groups, institutions, designations, treaties and processes.

By administrators alone; what staff record of treaties and processes by managers too.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.registry import Part, Subject
from countries.models import (
    Country,
    CountryGroup,
    DesignatedProgramme,
    FocalPoint,
    Institution,
    Instrument,
    Obligation,
    Process,
    ProcessSession,
    SessionAttendance,
    SessionRecommendation,
    TreatyAction,
)


def own_subjects() -> Iterator[Subject]:
    """What the audit trail can show of this app."""
    yield Subject("country", Country, by=("iso3", "iso2"))
    yield Subject("group", CountryGroup, by=("code",))
    yield Subject("institution", Institution)
    yield Subject(
        "focal_point",
        FocalPoint,
        by=("user__email",),
        parts=(Part(DesignatedProgramme, "focal_point_id"),),
    )
    yield Subject("instrument", Instrument, by=("code",))
    yield Subject("obligation", Obligation, by=("code",))
    yield Subject("treaty_action", TreatyAction, managed=TreatyAction.objects.visible_to)
    yield Subject("process", Process, managed=lambda user: Process.objects.all(), by=("code",))
    yield Subject("session", ProcessSession, managed=lambda user: ProcessSession.objects.all())
    yield Subject(
        "recommendation",
        SessionRecommendation,
        managed=lambda user: SessionRecommendation.objects.all(),
        by=("code",),
    )
    yield Subject(
        "attendance",
        SessionAttendance,
        managed=SessionAttendance.objects.visible_to,
        sealed=True,
    )
