"""Treaty actions, attendance that was supported, and tools as figures: what counts, and as of when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme
from countries.geography.models import Country
from countries.instruments.models import Instrument, TreatyAction
from countries.processes.models import Process, ProcessSession, SessionAttendance
from reports.figures.compute import compute_figures
from reports.figures.facts.windows import FigureWindow
from reports.figures.scope import WHOLE, ReportScope
from reports.reports.verification import differing_figures
from reports.schedules.periods import Period
from reports.snapshots.rows import open_figure
from tests import make
from tests.make import People
from tests.reports.history import happening_at, recorded_at
from tests.reports.producing import produced

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
CODES = ("treaty_actions", "attendances_supported", "engagements_with_tool")


def figures(
    period: Period = YEAR, cutoff: datetime | None = None, scope: ReportScope = WHOLE
) -> dict[str, Any]:
    """Values by code."""
    window = FigureWindow(make.programme(), period, cutoff or timezone.now(), scope)
    with transaction.atomic():
        found = compute_figures(window, only=CODES)
    return {code: figure.value for code, figure in found.items()}


def country(iso3: str) -> Country:
    """By its code."""
    return Country.objects.get(iso3=iso3)


def action(iso3: str, **values: Any) -> TreatyAction:
    """A signature of the United Nations convention."""
    about: dict[str, Any] = {
        "instrument": Instrument.objects.get(code="UN-CAC"),
        "country": country(iso3),
        "action": "signed",
        "source": "Register",
    }
    return TreatyAction.objects.create(**(about | values))


def test_actions_of_the_period_count_each_by_instrument_action_and_group() -> None:
    found = figures()
    known = TreatyAction.objects.filter(
        date__year=2025,
        date_until__year=2025,
        country__isnull=False,
        action__in=["signed", "ratified", "acceded"],
    )
    assert found["treaty_actions"] == known.count() > 72
    assert found["treaty_actions.instrument.UN-CAC"] == 72
    assert found["treaty_actions.treaty_action.signed"] == known.filter(action="signed").count()
    assert found["treaty_actions.group.ldc"] > 0
    parts = [found[c] for c in found if c.startswith("treaty_actions.instrument.")]
    assert sum(parts) == found["treaty_actions"]


def test_what_is_known_by_its_month_counts_only_where_all_of_it_lies_in_the_period() -> None:
    action("KEN", precision="month", date=date(2026, 9, 1))
    month = Period(date(2026, 9, 1), date(2026, 10, 1))
    half_of_it = Period(date(2026, 9, 15), date(2026, 10, 15))
    assert figures(month)["treaty_actions"] == 1 and figures(half_of_it)["treaty_actions"] == 0
    action("UGA", precision="reported", action="ratified")
    assert figures(Period(date(2013, 1, 1), date(2030, 1, 1)))["treaty_actions"] == (
        TreatyAction.objects.filter(
            date__gte=date(2013, 1, 1),
            country__isnull=False,
            action__in=["signed", "ratified", "acceded"],
        ).count()
    )


def test_an_action_counts_as_it_was_known_at_the_cutoff() -> None:
    now = timezone.now()
    with happening_at(now - timedelta(days=3)):
        made = action("KEN", date=date(2025, 3, 3), recorded_at=now - timedelta(days=3))
    with recorded_at(now - timedelta(days=2)):
        made.date = date(2024, 3, 3)
        made.save()
    with recorded_at(now - timedelta(days=1)):
        made.date = date(2025, 4, 4)
        made.save()
    made.delete()
    cutoffs = [now - timedelta(days=d, hours=-1) for d in (4, 3, 2, 1)]
    values = [figures(cutoff=at)["treaty_actions"] for at in cutoffs]
    least = values[0]
    assert values == [least, least + 1, least, least + 1]
    assert figures(cutoff=now + timedelta(days=1))["treaty_actions"] == least


def test_actions_are_of_countries_and_not_of_a_pillar_or_a_donor() -> None:
    assert "treaty_actions" not in figures(scope=ReportScope(pillar=1))
    some = figures(scope=ReportScope(region="Oceania"))
    assert 0 < some["treaty_actions"] < figures()["treaty_actions"]


def session(**values: Any) -> ProcessSession:
    """One that ended a week ago."""
    today = make.programme().today()
    about: dict[str, Any] = {
        "process": Process.objects.get(code="states-parties"),
        "names": {"en": "First session"},
        "starts_on": today - timedelta(days=10),
        "ends_on": today - timedelta(days=7),
    }
    return ProcessSession.objects.create(**(about | values))


def supported(people: People, at: ProcessSession, **countries: dict[str, int]) -> Engagement:
    """An engagement that brought people there."""
    made = make.engagement(
        people.officer,
        make.part(at.starts_on, (at.ends_on - at.starts_on).days + 1, **countries),
        type="process_participation",
        session=at,
    )
    services.perform_action(people.officer, made.pk, "deliver", {"outcome": "Done."})
    return Engagement.objects.get(pk=made.pk)


def this_year() -> Period:
    """With the days of the session."""
    today = make.programme().today()
    return Period(today - timedelta(days=60), today + timedelta(days=1))


def test_supported_attendance_counts_a_country_once_a_session(people: People) -> None:
    at = session()
    for iso3 in ("KEN", "FJI", "BRA"):
        SessionAttendance.objects.create(session=at, country=country(iso3), women=3, men=3)
    supported(people, at, KEN={"women": 1}, FJI={"men": 1}, LAO={"men": 1})  # Laos is not entered
    supported(people, at, KEN={"men": 1})
    found = figures(this_year())
    assert found["attendances_supported"] == 2
    assert found["attendances_supported.process.states-parties"] == 2
    assert found["attendances_supported.region.Oceania"] == 1
    some = figures(this_year(), scope=ReportScope(countries=(country("FJI").pk,)))
    assert some["attendances_supported"] == 1
    assert figures(Period(date(2020, 1, 1), date(2021, 1, 1)))["attendances_supported"] == 0


def test_support_that_was_struck_out_counts_no_more(people: People) -> None:
    at = session()
    SessionAttendance.objects.create(session=at, country=country("KEN"), women=3)
    made = supported(people, at, KEN={"women": 1})
    assert figures(this_year())["attendances_supported"] == 1
    made.parts.update(struck_on=make.programme().today())
    assert figures(this_year())["attendances_supported"] == 0


def test_support_of_another_programme_is_that_programmes(people: People) -> None:
    at = session()
    SessionAttendance.objects.create(session=at, country=country("KEN"), women=3)
    made = supported(people, at, KEN={"women": 1})
    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    Engagement.objects.filter(pk=made.pk).update(programme=other)
    assert figures(this_year())["attendances_supported"] == 0


def test_engagements_with_a_tool_are_told_apart_by_tool(people: People) -> None:
    for codes in (["oxford-cmm", "cna-directory"], ["cna-directory"], []):
        made = make.engagement(people.officer, make.part(KEN={"women": 1}), tool_codes=codes)
        services.perform_action(people.officer, made.pk, "deliver", {"outcome": "Done."})
    found = figures(this_year())
    assert found["engagements_with_tool"] == 2
    assert found["engagements_with_tool.tool.cna-directory"] == 2
    assert found["engagements_with_tool.tool.oxford-cmm"] == 1


def test_a_report_names_the_rows_behind_each_figure_and_verifies(people: People) -> None:
    today = make.programme().today()
    at = session(starts_on=today, ends_on=today)
    SessionAttendance.objects.create(session=at, country=country("KEN"), women=3, men=3)
    supported(people, at, KEN={"women": 1})
    action("KEN", date=today)
    Engagement.objects.update(tool_codes=["cna-directory"])
    report = produced(people)
    revision = report.current
    assert revision is not None
    snapshot = revision.contents
    for code in CODES:
        opened = open_figure(snapshot, code, "fr")
        assert opened.rows and len(opened.rows) == snapshot["figures"][code]["value"]
        assert all(row["reference"] for row in opened.rows)
    assert not list(differing_figures(revision, "report"))
