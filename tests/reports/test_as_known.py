"""Parts of engagements that go on, what is entered late, and everything else that a report reads as
it was known at its cut-off."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assistance.engagements import services
from assistance.engagements.models import Engagement, NextStep
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.write_serializers import parts_as_they_are
from assistance.funding.models import Donor
from assistance.programmes.models import Holiday
from countries.models import Country
from reports.documents.assembly import build_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.audiences import DONOR
from reports.figures.scope import WHOLE, ReportScope
from reports.schedules.periods import Period, period_before, period_of
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json
from reports.snapshots.types import Snapshot
from tests import make
from tests.make import People
from tests.reports.history import recorded_at
from tests.reports.producing import task

pytestmark = pytest.mark.django_db
Q1, Q2, Q3, Q4 = (period_of("quarterly", date(2025, month, 1)) for month in (1, 4, 7, 10))
DONE = {"outcome": "Done."}


def report(period: Period, scope: ReportScope = WHOLE) -> Snapshot:
    """What a report of the period says, as of a cut-off fifteen days after its end; the period
    before as of its own."""
    midnight = make.programme().midnight
    earlier = period_before("quarterly", period)
    cutoffs = [midnight(end + timedelta(days=15)) for end in (period.end, earlier.end)]
    read: Snapshot = json.loads(
        canonical_json(build_snapshot(task(period, cutoffs[0], earlier, cutoffs[1], scope=scope)))
    )
    return read


def value(found: Snapshot, code: str) -> Any:
    """A figure's value; zero where it was not counted."""
    return found["figures"].get(code, {"value": 0})["value"]


def reported(engagement: Engagement, number: int, **numbers: int) -> None:
    """Who came from Kenya to a part of an engagement is entered, once it is over."""
    parts = parts_as_they_are(engagement)
    (part,) = [p for p in parts if p.number == number]
    part.participations = {Country.objects.get(iso3="KEN").pk: dict(numbers)}
    assert engagement.created_by is not None
    services.update_engagement(engagement.created_by, engagement.pk, {}, parts)


def expected(engagement: Engagement, number: int, **numbers: int) -> None:
    """The same, written before the part was over: its numbers are expected."""
    CountryParticipation.objects.update_or_create(
        part=engagement.parts.get(number=number),
        country=Country.objects.get(iso3="KEN"),
        defaults=numbers,
    )


@pytest.fixture
def mentoring(people: People) -> Engagement:
    """A mentoring of a year, planned and confirmed in January: a part a quarter, nobody's
    participation reported yet."""
    with recorded_at(datetime(2025, 1, 7, tzinfo=UTC)):
        parts = [make.part(date(2025, month, 10), 2) for month in (2, 5, 8, 11)]
        planned = make.engagement(people.officer, *parts, type="mentoring")
        services.perform_action(people.officer, planned.pk, "confirm", {})
        return planned


def test_a_part_of_an_engagement_that_goes_on_counts_in_its_own_quarter_once_reported(
    people: People, mentoring: Engagement
) -> None:
    with recorded_at(datetime(2025, 3, 1, tzinfo=UTC)):
        reported(mentoring, 1, women=3, men=1)
    found = report(Q1)
    assert [
        value(found, code) for code in ("participants", "countries_served", "engagements_delivered")
    ] == [4, 1, 0]
    assert Decimal(value(found, "cost")) == 9000
    kenya = Country.objects.get(iso3="KEN").pk
    assert kenya not in found["figures"]["countries_never_reached"]["rows"]["ids"]
    # nothing of that part is reported
    assert [value(report(Q2), code) for code in ("participants", "countries_served", "cost")] == [
        0,
        0,
        "0",
    ]


def test_numbers_entered_before_a_part_was_held_are_expected_and_not_counted(
    people: People, mentoring: Engagement
) -> None:
    with recorded_at(datetime(2025, 1, 20, tzinfo=UTC)):
        expected(mentoring, 1, women=3, men=1)
    found = report(Q1)
    assert [value(found, code) for code in ("participants", "countries_served", "cost")] == [
        0,
        0,
        "0",
    ]


def test_what_comes_late_is_counted_in_no_quarters_report_and_in_the_years(
    people: People, mentoring: Engagement
) -> None:
    with recorded_at(datetime(2025, 3, 1, tzinfo=UTC)):
        reported(mentoring, 1, women=3, men=1)
    with recorded_at(datetime(2025, 12, 1, tzinfo=UTC)):
        reported(mentoring, 2, women=5, men=5)
        reported(mentoring, 4, women=2, men=2)
        CountryParticipation.objects.create(
            part=mentoring.parts.get(number=3),
            country=Country.objects.get(iso3="KEN"),
            not_yet_known=True,
        )
        services.perform_action(people.officer, mentoring.pk, "deliver", DONE)
    found = report(Q4)
    assert (value(found, "participants"), value(found, "engagements_delivered")) == (4, 1)
    year = json.loads(
        canonical_json(
            build_snapshot(
                task(
                    period_of("yearly", date(2025, 6, 1)),
                    make.programme().midnight(date(2026, 1, 16)),
                )
            )
        )
    )
    assert (value(year, "participants"), Decimal(value(year, "cost"))) == (18, Decimal(36000))


def test_each_quarter_counts_the_part_that_was_reported_in_time(
    people: People, mentoring: Engagement
) -> None:
    for number, month in ((1, 3), (2, 6), (3, 9), (4, 12)):
        with recorded_at(datetime(2025, month, 1, tzinfo=UTC)):
            reported(mentoring, number, women=2, men=2)
    with recorded_at(datetime(2025, 12, 2, tzinfo=UTC)):
        services.perform_action(people.officer, mentoring.pk, "deliver", DONE)
    for quarter in (Q1, Q2, Q3, Q4):
        found = report(quarter)
        assert value(found, "participants") == 4


def test_people_entered_after_the_periods_end_are_marked_though_the_engagement_was_there(
    people: People,
) -> None:
    with recorded_at(datetime(2025, 6, 20, tzinfo=UTC)):
        held = make.engagement(
            people.officer,
            make.part(
                date(2025, 6, 10), 2, KEN={"women": 2, "men": 2}, FJI={"not_yet_known": True}
            ),
        )
        services.perform_action(people.officer, held.pk, "deliver", DONE)
    assert report(Q2)["annex"]["engagement"][str(held.pk)]["recorded_after_period"] is False
    with recorded_at(datetime(2025, 7, 8, tzinfo=UTC)):
        CountryParticipation.objects.filter(part__engagement=held, country__iso3="FJI").update(
            women=30, men=30, not_yet_known=False
        )
    found = report(Q2)
    assert (
        value(found, "participants") == 64
        and found["annex"]["engagement"][str(held.pk)]["recorded_after_period"] is True
    )
    (table,) = [
        t
        for s in build_document(found, "", "en").sections
        for t in s.tables
        if t.code == "entered.after"
    ]
    assert [row[0].text for row in table.rows] == [held.reference]


def test_a_country_of_an_earlier_part_has_the_engagement_where_it_ends(people: People) -> None:
    """Kenya took part in June, Fiji alone in August: each counts its people in its own quarter and
    the engagement once, in that of its last part."""
    with recorded_at(datetime(2025, 8, 20, tzinfo=UTC)):
        parts = [
            make.part(date(2025, 6, 1), 2, KEN={"women": 2, "men": 2}),
            make.part(date(2025, 8, 1), 2, FJI={"women": 1, "men": 1}),
        ]
        held = make.engagement(people.officer, *parts)
        services.perform_action(people.officer, held.pk, "deliver", DONE)
    for iso3, people_in_q3 in (("KEN", 0), ("FJI", 2)):
        scope = ReportScope(countries=(Country.objects.get(iso3=iso3).pk,))
        found = report(Q3, scope)
        assert (value(found, "engagements_delivered"), value(found, "participants")) == (
            1,
            people_in_q3,
        ), iso3
        assert value(report(Q2, scope), "engagements_delivered") == 0
    uganda = ReportScope(countries=(Country.objects.get(iso3="UGA").pk,))
    assert value(report(Q3, uganda), "engagements_delivered") == 0


def test_amounts_in_another_currency_are_counted_and_never_added(people: People) -> None:
    with recorded_at(datetime(2025, 6, 20, tzinfo=UTC)):
        ours, theirs = (
            make.engagement(
                people.officer, make.part(date(2025, 6, 1), 2, KEN={"women": 1, "men": 1})
            )
            for _n in range(2)
        )
        Engagement.objects.filter(pk=theirs.pk).update(currency="EUR")
        for one in (ours, theirs):
            services.perform_action(people.officer, one.pk, "deliver", DONE)
    found = report(Q2)
    assert Decimal(value(found, "cost")) == 9000 and found["figures"]["cost_in_other_currencies"][
        "rows"
    ]["ids"] == [theirs.pk]
    said = " ".join(
        s for section in build_document(found, "", "en").sections for s in section.sentences
    )
    assert "The cost of 1 engagement is in another currency" in said


def test_a_contribution_whose_donor_is_corrected_later_keeps_the_donor_of_the_cut_off(
    people: People,
) -> None:
    with recorded_at(datetime(2025, 6, 20, tzinfo=UTC)):
        funding = make.funding()
        held = make.engagement(
            people.officer,
            make.part(date(2025, 6, 1), 2, KEN={"women": 1, "men": 1}),
            funding=funding,
        )
        services.perform_action(people.officer, held.pk, "deliver", DONE)
    first, second = funding.donor, Donor.objects.create(title="Another donor")
    on_time = report(Q2)
    assert Decimal(value(on_time, f"cost.donor.{first.pk}")) == 9000
    funding.donor = second
    funding.save()
    assert report(Q2) == on_time
    assert (
        value(report(Q2, ReportScope(donor=first.pk)), "participants") == 2
        and value(report(Q2, ReportScope(donor=second.pk)), "participants") == 0
    )


def test_holidays_that_are_entered_later_move_no_due_day_of_a_report_made_before(
    people: People,
) -> None:
    with recorded_at(datetime(2025, 6, 20, tzinfo=UTC)):
        held = make.engagement(
            people.officer, make.part(date(2025, 6, 12), 2, KEN={"women": 1, "men": 1})
        )
        services.perform_action(people.officer, held.pk, "deliver", DONE)
    on_time = report(Q2)
    assert on_time["figures"]["standard_kept.standard.record"]["denominator"] == 1
    for day in range(23, 29):
        Holiday.objects.get_or_create(
            programme=make.programme(), day=date(2025, 6, day), defaults={"title": "Closed"}
        )
    assert report(Q2) == on_time


def test_a_donors_edition_names_no_engagement_of_another_donor(people: People) -> None:
    with recorded_at(datetime(2025, 6, 20, tzinfo=UTC)):
        one, other = make.funding(), make.funding(donor=Donor.objects.create(title="Another donor"))
        for funding, title in ((one, "Course of the one"), (other, "Course of the other")):
            held = make.engagement(
                people.officer,
                make.part(date(2025, 6, 1), 2, KEN={"women": 4, "men": 5}),
                funding=funding,
                title=title,
            )
            NextStep.objects.create(
                engagement=held, side="ours", what="Send the kit", due_on=date(2025, 6, 12)
            )
            services.perform_action(people.officer, held.pk, "deliver", DONE)
    found = report(Q2, ReportScope(donor=one.donor_id)) | {"kind": "donor"}
    assert value(found, "steps_overdue") == 1
    given = json.dumps(edition_snapshot(found, DONOR))
    assert "Course of the one" in given and "Course of the other" not in given
    assert all(
        "state" not in row for row in edition_snapshot(found, DONOR)["annex"]["engagement"].values()
    )
    delivered = edition_snapshot(found, DONOR)["figures"]["engagements_delivered"]
    assert (delivered["value"], delivered["rows"]["ids"]) == (
        1,
        found["figures"]["engagements_delivered"]["rows"]["ids"],
    )


def test_a_step_is_overdue_by_the_day_that_was_known_and_until_it_was_known_to_be_done(
    mentoring: Engagement,
) -> None:
    """Due in March, put off in April to November, and done by then."""
    with recorded_at(datetime(2025, 2, 20, tzinfo=UTC)):
        step = NextStep.objects.create(
            engagement=mentoring, side="ours", what="Send the kit", due_on=date(2025, 3, 10)
        )
    with recorded_at(datetime(2025, 4, 20, tzinfo=UTC)):
        NextStep.objects.filter(pk=step.pk).update(due_on=date(2025, 11, 20))
    with recorded_at(datetime(2025, 11, 18, tzinfo=UTC)):
        NextStep.objects.filter(pk=step.pk).update(done_on=date(2025, 11, 18))
    overdue = [value(report(period), "steps_overdue") for period in (Q1, Q2, Q3, Q4)]
    assert overdue == [1, 0, 0, 0]


def test_a_step_that_was_removed_later_was_overdue_while_it_was_there(
    mentoring: Engagement,
) -> None:
    with recorded_at(datetime(2025, 2, 20, tzinfo=UTC)):
        step = NextStep.objects.create(
            engagement=mentoring, side="ours", what="Send the kit", due_on=date(2025, 3, 10)
        )
    with recorded_at(datetime(2025, 6, 1, tzinfo=UTC)):
        step.delete()
    assert [value(report(period), "steps_overdue") for period in (Q1, Q2)] == [1, 0]
