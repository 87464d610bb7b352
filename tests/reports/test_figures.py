"""What a progress report counts, as of its cut-off."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from assistance.engagements import services
from assistance.engagements.part_models import CountryParticipation
from assistance.programmes.models import ReasonCode
from countries.models import GroupMembership
from reports.documents import render
from reports.documents.assembly import build_document
from reports.figures.counting import Figure
from reports.schedules.periods import Period, period_before, period_of
from reports.snapshots import rows
from reports.snapshots.build import build_snapshot, fill_missing
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.types import Snapshot
from tests import make
from tests.make import People
from tests.reports.history import recorded_at
from tests.reports.producing import task

pytestmark = pytest.mark.django_db


def this_quarter() -> Period:
    """The period that contains what a test does now."""
    return period_of("quarterly", make.programme().today())


def taken(period: Period | None = None, cutoff: datetime | None = None) -> Snapshot:
    """A snapshot of the period, with what is recorded until now."""
    period = period or this_quarter()
    cutoff = cutoff or datetime.now(UTC) + timedelta(seconds=1)
    return build_snapshot(task(period, cutoff))


def test_a_request_counts_once_in_the_quarter_of_its_submission(people: People) -> None:
    case = make.submitted(people.kenya)
    make.draft(people.fiji, "FJI")
    figures = taken()["figures"]
    assert figures["requests_received"]["value"] == 1
    assert figures["requests_received"]["rows"]["ids"] == [case.pk]
    assert figures["requests_received.pillar.capacity_building"]["value"] == 1
    assert figures["open_requests"]["rows"]["ids"] == [case.pk]


def test_groups_are_those_of_the_day_of_the_event(people: People) -> None:
    """Lao PDR leaves the least developed countries on 24 November 2026: a membership counts until
    the day before."""
    laos = make.Country.objects.get(iso3="LAO")
    codes = {
        day: set(
            GroupMembership.objects.on(day)
            .filter(country=laos)
            .values_list("group__code", flat=True)
        )
        for day in (date(2026, 9, 30), date(2026, 11, 23), date(2026, 11, 24), date(2027, 1, 1))
    }
    assert "ldc" in codes[date(2026, 9, 30)] and "ldc" in codes[date(2026, 11, 23)]
    assert "ldc" not in codes[date(2026, 11, 24)] and "ldc" not in codes[date(2027, 1, 1)]


def test_a_late_decision_on_a_group_does_not_change_what_was_known_at_the_cut_off(
    people: People,
) -> None:
    author = make.focal_point("BGD")
    make.submitted(author, "BGD")
    then = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.01)")
    before_decision = taken(cutoff=then + timedelta(days=1))
    assert before_decision["figures"]["requests_received.group.ldc"]["value"] == 1
    GroupMembership.objects.filter(country__iso3="BGD", group__code="ldc").update(
        valid_until=date(2026, 1, 1)
    )
    assert taken()["figures"].get("requests_received.group.ldc", {"value": 0})["value"] == 0


def test_participation_counts_where_its_part_ends_and_a_blank_is_never_zero(people: People) -> None:
    today = make.programme().today()
    part = make.part(
        today - timedelta(days=2),
        2,
        KEN={"women": 8, "men": 12},
        FJI={"women": None, "men": None, "unknown": 5},
        UGA={"not_yet_known": True},
    )
    engagement = make.engagement(people.officer, part)
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done."})
    figures = taken(period_of("quarterly", part.ends_on))["figures"]
    assert figures["participants"]["value"] == 25
    assert (figures["women_share"]["numerator"], figures["women_share"]["denominator"]) == (8, 20)
    assert figures["participation_incomplete"]["value"] == 2
    assert figures["countries_served"]["value"] == 3
    assert Decimal(str(figures["cost"]["value"])) == Decimal(9000)


def test_a_report_made_late_equals_the_one_made_on_time(people: People) -> None:
    quarter = period_of("quarterly", date(2025, 5, 1))
    cutoff = make.programme().midnight(quarter.end + timedelta(days=15))
    with recorded_at(datetime(2025, 6, 1, tzinfo=UTC)):
        engagement = make.engagement(
            people.officer, make.part(date(2025, 5, 1), 3, KEN={"women": 4, "men": 6})
        )
        services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done."})
    previous = (period_before("quarterly", quarter), cutoff - timedelta(days=90))
    on_time = canonical_json(build_snapshot(task(quarter, cutoff, *previous)))
    CountryParticipation.objects.filter(part__engagement=engagement).update(women=40)
    CountryParticipation.objects.create(
        part=engagement.parts.get(), country=make.Country.objects.get(iso3="UGA"), women=1
    )
    assert canonical_json(build_snapshot(task(quarter, cutoff, *previous))) == on_time


def test_every_count_opens_as_many_rows_as_it_says(people: People) -> None:
    make.advanced(people, "accepted")
    make.submitted(people.fiji, "FJI", pillar=make.Pillar.objects.get(code="prevention"))
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3, "men": 4}))
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done."})
    found = json.loads(canonical_json(taken()))
    opened = 0
    for code, figure in found["figures"].items():
        shown = rows.open_figure(found, code, "en").rows
        assert all(r["reference"] for r in shown)
        if figure["unit"] == "count":
            assert len(shown) == figure["value"], code
            opened += 1
    assert opened > 10


def test_the_same_snapshot_gives_the_same_bytes_in_every_format(people: People) -> None:
    make.advanced(people, "accepted")
    text = canonical_json(taken())
    for form in ("html", "pdf", "xlsx", "csv", "json"):
        assert render.render_document(
            read_snapshot(text), "Words.", "en", form
        ) == render.render_document(read_snapshot(text), "Words.", "en", form), form


def test_what_only_a_compared_period_has_keeps_its_line_so_that_each_column_adds_up(
    people: People,
) -> None:
    """A course for Kenya in one quarter, two for Fiji in the next: Africa fell from one to none,
    and is not left out."""
    quarter = period_of("quarterly", date(2025, 5, 1))
    following = period_of("quarterly", quarter.end)
    ends = [
        make.programme().midnight(period.end + timedelta(days=15))
        for period in (quarter, following)
    ]
    with recorded_at(datetime(2025, 6, 1, tzinfo=UTC)):
        for day, iso3 in (
            (date(2025, 5, 1), "KEN"),
            (date(2025, 8, 1), "FJI"),
            (date(2025, 8, 8), "FJI"),
        ):
            engagement = make.engagement(
                people.officer, make.part(day, 3, **{iso3: {"women": 1, "men": 1}})
            )
            services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done."})
    figures = build_snapshot(task(following, ends[1], quarter, ends[0]))["figures"]
    africa = figures["countries_served.region.Africa"]
    assert (africa["value"], africa["previous"], africa["rows"]["ids"]) == (0, 1, [])
    for column in ("value", "previous"):
        cells = [
            figure[column]
            for code, figure in figures.items()
            if code.startswith("countries_served.region.")
        ]
        assert sum(int(str(cell)) for cell in cells) == figures["countries_served"][column] == 1


def test_a_share_of_a_compared_period_alone_is_one_of_none() -> None:
    figures: dict[str, Figure] = {}
    fill_missing(
        figures, [{"standard_kept.standard.plan": Figure("share", 0.5, "clock", [1, 2], 1, 2)}]
    )
    assert dict(figures["standard_kept.standard.plan"].as_json()) == {
        "unit": "share",
        "value": None,
        "rows": {"kind": "clock", "ids": []},
        "numerator": 0,
        "denominator": 0,
    }


def test_a_decision_before_completeness_is_said_to_be_left_out_of_the_median(
    people: People,
) -> None:
    make.advanced(people, "accepted")
    case = make.advanced(people, "under_review", "FJI")
    make.do(
        people.manager,
        case,
        "decline",
        reason_code=ReasonCode.objects.filter(used_for="decline").first(),
        note="Not ours.",
    )
    found = taken()
    assert (
        found["figures"]["decisions"]["value"],
        found["figures"]["decision_days_median"]["counted"],
    ) == (2, 1)
    said = " ".join(
        s
        for section in build_document(json.loads(canonical_json(found)), "", "en").sections
        for s in section.sentences
    )
    assert "(1 decisions)" in said or "(1 decision)" in said
    assert "1 more first decision was taken before the request was found complete" in said


def test_the_sentence_on_women_says_over_which_rows_it_speaks(people: People) -> None:
    part = make.part(days=1, KEN={"women": 8, "men": 12}, FJI={"women": None, "men": 7})
    services.perform_action(
        people.officer, make.engagement(people.officer, part).pk, "deliver", {"outcome": "Done."}
    )
    found = json.loads(canonical_json(taken(period_of("quarterly", part.ends_on))))
    said = " ".join(
        s for section in build_document(found, "", "en").sections for s in section.sentences
    )
    assert "Participations where both women and men are reported: 20; women among them: 8" in said
    assert found["figures"]["participants.men"]["value"] == 19
