"""The summary of which countries were reached: kept up by the database with everything that changes
it, the same as history says, and nobody else's to read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.programmes.models import Pillar
from core.db.country_role import as_country
from countries.models import Country
from reports.figures.counting import fetch_rows
from reports.figures.facts.engagements import HELD, REACHED
from reports.figures.facts.tables import execute_statements
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import row_as_of, rows_as_of
from reports.figures.scope import WHOLE, ReportScope
from reports.schedules.periods import Period
from reports.summaries.models import ReachChange
from reports.summaries.reach import FROM_HISTORY, KEY, findings
from tests import make
from tests.make import People
from tests.reports.history import recorded_at

# What the summary stands for, read from everything that was ever recorded.
BY_HISTORY = f"""
SELECT row.country_id, max(part.ends_on)
FROM {rows_as_of("assistance_countryparticipationevent", "true")} row
CROSS JOIN LATERAL {row_as_of("assistance_engagementpartevent", "row.part_id")} part
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "part.engagement_id")} e
WHERE row.pgh_label <> 'delete' AND part.pgh_label <> 'delete' AND e.pgh_label <> 'delete'
  AND e.programme_id = %(programme)s AND {HELD} AND NOT row.is_expected AND part.ends_on < %(end)s
  AND (%(pillar)s::bigint IS NULL OR e.pillar_id = %(pillar)s)
GROUP BY row.country_id ORDER BY row.country_id
"""


def reached(
    cutoff: datetime | None = None, end: date | None = None, scope: ReportScope = WHOLE
) -> list[tuple[Any, ...]]:
    """Countries with the day on which they were last reached, by the summary; history must agree."""
    programme = make.programme()
    window = FigureWindow(
        programme,
        Period(date(2000, 1, 1), end or programme.today() + timedelta(days=1)),
        cutoff or datetime.now(UTC) + timedelta(seconds=1),
        scope,
    )
    with transaction.atomic():
        execute_statements([REACHED], window.parameters)
        found = fetch_rows("SELECT country_id, last_on FROM fact_reached ORDER BY country_id")
    assert found == fetch_rows(BY_HISTORY, window.parameters)
    return found


def appended(statement: str) -> list[tuple[Any, ...]]:
    """Changes by engagement, country and so on, summed up by instant."""
    return fetch_rows(
        f"SELECT {KEY}, recorded_at, sum(change) FROM ({statement}) t GROUP BY {KEY}, recorded_at"
        f" HAVING sum(change) <> 0 ORDER BY {KEY}, recorded_at"
    )


@pytest.fixture
def course(people: People) -> Engagement:
    """A course of three days that Kenya and Fiji came to."""
    made = make.engagement(
        people.officer, make.part(KEN={"women": 3, "men": 4}, FJI={"not_yet_known": True})
    )
    services.perform_action(people.officer, made.pk, "deliver", {"outcome": "Done."})
    return Engagement.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_what_is_planned_reaches_nobody_and_what_was_held_does(people: People) -> None:
    soon = make.programme().today() + timedelta(days=3)
    make.engagement(people.officer, make.part(soon, KEN={"women": 3}))
    assert not ReachChange.objects.exists()
    planned = make.engagement(people.officer, make.part(KEN={"women": 3}))
    services.perform_action(people.officer, planned.pk, "deliver", {"outcome": "Done."})
    assert [pk for pk, _day in reached()] == [Country.objects.get(iso3="KEN").pk]
    assert not list(findings())


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["day", "country", "struck", "gone", "pillar", "recorded"])
def test_every_change_is_appended(course: Engagement, what: str) -> None:
    before = reached()
    part = course.parts.get()
    kenya = part.participations.get(country__iso3="KEN")
    rows = ReachChange.objects.count()
    match what:
        case "day":
            EngagementPart.objects.filter(pk=part.pk).update(
                ends_on=part.ends_on + timedelta(days=1)
            )
        case "country":
            uganda = Country.objects.get(iso3="UGA")
            CountryParticipation.objects.filter(pk=kenya.pk).update(country=uganda)
        case "struck":
            EngagementPart.objects.filter(pk=part.pk).update(struck_on=part.ends_on)
        case "gone":
            kenya.delete()
        case "pillar":
            research = Pillar.objects.get(code="research")
            Engagement.objects.filter(pk=course.pk).update(pillar=research)
            assert reached(scope=ReportScope(pillar=research.pk)) == before
        case "recorded":
            Engagement.objects.filter(pk=course.pk).update(state="recorded")
    if what == "pillar":
        assert reached() == before
    else:
        assert reached() != before
    assert ReachChange.objects.count() > rows
    assert not list(findings())


@pytest.mark.django_db
def test_what_changes_nothing_appends_nothing(course: Engagement) -> None:
    rows = ReachChange.objects.count()
    CountryParticipation.objects.filter(women__isnull=False).update(women=9)
    EngagementPart.objects.update(title="Another name")
    Engagement.objects.update(place="Nairobi")
    assert ReachChange.objects.count() == rows


@pytest.mark.django_db
def test_it_says_for_every_instant_what_was_known_then(people: People) -> None:
    noon = [datetime(2025, month, 20, 12, tzinfo=UTC) for month in (1, 2, 3)]
    with recorded_at(noon[0]):
        made = make.engagement(people.officer, make.part(date(2025, 1, 6), KEN={"women": 3}))
        services.perform_action(people.officer, made.pk, "deliver", {"outcome": "Done."})
    kenya = Country.objects.get(iso3="KEN").pk
    with recorded_at(noon[1]):
        EngagementPart.objects.filter(engagement=made).update(ends_on=date(2025, 1, 9))
    with recorded_at(noon[2]):
        EngagementPart.objects.filter(engagement=made).update(struck_on=date(2025, 3, 20))
    minute = timedelta(minutes=1)
    assert reached(noon[0]) == []
    assert reached(noon[0] + minute) == [(kenya, date(2025, 1, 8))]
    assert reached(noon[1] + minute) == [(kenya, date(2025, 1, 9))]
    assert reached(noon[1] + minute, end=date(2025, 1, 9)) == []
    assert reached(noon[2] + minute) == []


@pytest.mark.django_db
def test_it_is_what_history_says(busy_programme: People) -> None:
    assert ReachChange.objects.exists()
    assert appended("SELECT * FROM reports_reachchange") == appended(FROM_HISTORY)


@pytest.mark.django_db
def test_verify_finds_what_was_altered_behind_its_back(course: Engagement) -> None:
    assert not list(findings())
    change = ReachChange.objects.first()
    assert change is not None
    ReachChange.objects.create(
        engagement=course.pk,
        programme_id=change.programme_id,
        country_id=change.country_id,
        pillar_id=change.pillar_id,
        ends_on=change.ends_on,
        recorded_at=change.recorded_at,
        change=-1,
    )
    (said,) = findings()
    assert "1 engagements" in said and str(course.pk) in said


@pytest.mark.django_db
def test_it_is_only_appended_to(course: Engagement) -> None:
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        ReachChange.objects.update(change=2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE reports_reachchange")


@pytest.mark.django_db
def test_a_focal_point_reads_nothing_of_it(people: People, course: Engagement) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), as_country(people.kenya):
        ReachChange.objects.count()
