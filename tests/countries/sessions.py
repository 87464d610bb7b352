"""Sessions of a process, those who attended and those who were supported, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from assistance.engagements import services as engagement_services
from assistance.engagements.models import Engagement
from countries.geography.models import Country
from countries.processes.models import (
    Process,
    ProcessSession,
)
from countries.processes.services import AttendanceLine
from tests import make
from tests.make import People


def country(iso3: str) -> Country:
    """By its code."""
    return Country.objects.get(iso3=iso3)


def past_session(**values: Any) -> ProcessSession:
    """One that ended some days ago."""
    today = make.programme().today()
    about: dict[str, Any] = {
        "process": Process.objects.get(code="states-parties"),
        "names": {"en": "First session"},
        "starts_on": today - timedelta(days=10),
        "ends_on": today - timedelta(days=6),
        "place": "Vienna",
    }
    return ProcessSession.objects.create(**(about | values))


def line(iso3: str, women: int | None = None, men: int | None = None) -> AttendanceLine:
    """A country as it is entered."""
    return AttendanceLine(country(iso3), {"women": women, "men": men})


def support(people: People, session: ProcessSession, **countries: dict[str, int]) -> Engagement:
    """A delivered engagement that brought delegates of some countries to a session."""
    days = (session.ends_on - session.starts_on).days + 1
    engagement = make.engagement(
        people.officer,
        make.part(session.starts_on, days, **countries),
        type="process_participation",
        session=session,
    )
    engagement_services.perform_action(
        people.officer, engagement.pk, "deliver", {"outcome": "They took part."}
    )
    return Engagement.objects.get(pk=engagement.pk)


def grid(session: ProcessSession, *rows: Mapping[str, object], **more: object) -> dict[str, object]:
    """What the grid sends."""
    sent: dict[str, object] = {"lines": len(rows), "version": session.version} | more
    for n, row in enumerate(rows):
        sent |= {f"line{n}-{name}": value for name, value in row.items()}
    return sent
