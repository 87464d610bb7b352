"""Reports on a part of a programme: some countries, a group, a region, a pillar, a donor, one
engagement."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assistance.engagements import services
from assistance.engagements.models import Engagement, NextStep
from countries.models import Country, CountryGroup, GroupMembership
from reports.documents.assembly import build_document
from reports.documents.csv_json import figure_rows
from reports.documents.illustration import illustrated_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.audiences import COUNTRY, PUBLIC
from reports.figures.scope import WHOLE, ReportScope
from reports.schedules.periods import Period
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json
from reports.snapshots.specs import Compared, Subject
from reports.snapshots.types import Snapshot
from tests import make
from tests.make import People
from tests.reports.producing import task

pytestmark = pytest.mark.django_db
WATCHED = (
    "requests_received",
    "decisions",
    "open_requests",
    "engagements_delivered",
    "participants",
    "countries_served",
    "standard_kept",
)


@pytest.fixture(scope="module")
def courses(kept_for_module: None) -> dict[str, Engagement]:
    """Kenya and Fiji ask; one course serves both, another, of another pillar and paid by a donor,
    serves Fiji alone."""
    people = People()
    prevention = make.Pillar.objects.get(code="prevention")
    make.advanced(people, "accepted")
    make.submitted(people.fiji, "FJI", pillar=prevention)
    shared = make.engagement(
        people.officer, make.part(days=1, KEN={"women": 3, "men": 4}, FJI={"women": 1, "men": 2})
    )
    alone = make.engagement(
        people.officer,
        make.part(days=1, FJI={"women": 5, "men": 6}),
        pillar=prevention,
        funding=make.funding(),
    )
    for one in (shared, alone):
        services.perform_action(people.officer, one.pk, "deliver", {"outcome": "Done."})
    return {"shared": shared, "alone": alone}


def taken(scope: ReportScope = WHOLE) -> Snapshot:
    """What is counted of the last two months in a scope."""
    today = make.programme().today()
    return build_snapshot(
        task(
            Period(today - timedelta(days=60), today + timedelta(days=1)),
            timezone.now() + timedelta(seconds=1),
            scope=scope,
        )
    )


def values(found: Snapshot) -> dict[str, Any]:
    """The watched figures, those that count something."""
    return {
        code: found["figures"][code]["value"] for code in WATCHED if found["figures"][code]["value"]
    }


def country(iso3: str) -> int:
    """Id of a country."""
    return Country.objects.get(iso3=iso3).pk


def test_the_whole_counts_everything(courses: dict[str, Engagement]) -> None:
    found = {k: v for k, v in values(taken()).items() if k != "standard_kept"}
    assert found == {
        "requests_received": 2,
        "decisions": 1,
        "open_requests": 2,
        "engagements_delivered": 2,
        "participants": 21,
        "countries_served": 2,
    }


def test_a_countrys_report_counts_its_own_requests_participants_and_the_engagements_that_served_it(
    courses: dict[str, Engagement],
) -> None:
    found = taken(ReportScope(countries=(country("KEN"),)))
    assert {k: v for k, v in values(found).items() if k != "standard_kept"} == {
        "requests_received": 1,
        "decisions": 1,
        "open_requests": 1,
        "engagements_delivered": 1,
        "participants": 7,
        "countries_served": 1,
    }
    assert found["figures"]["engagements_delivered"]["rows"]["ids"] == [courses["shared"].pk]
    assert "FJI" not in json.dumps(found["annex"])


def test_a_region_and_a_group_count_as_of_the_day_of_the_event(
    courses: dict[str, Engagement],
) -> None:
    assert taken(ReportScope(region="Oceania"))["figures"]["participants"]["value"] == 14
    group = CountryGroup.objects.create(code="friends", names={"en": "Friends"})
    today = make.programme().today()
    GroupMembership.objects.create(
        group=group,
        country_id=country("KEN"),
        valid_from=today - timedelta(days=400),
        valid_until=today - timedelta(days=30),
    )
    GroupMembership.objects.create(
        group=group, country_id=country("FJI"), valid_from=today - timedelta(days=400)
    )
    found = taken(ReportScope(group="friends"))
    assert found["figures"]["participants"]["value"] == 14  # Kenya left the group before its course
    assert found["figures"]["requests_received"]["value"] == 1


def test_a_pillar_counts_its_requests_and_its_engagements(courses: dict[str, Engagement]) -> None:
    found = values(taken(ReportScope(pillar=make.Pillar.objects.get(code="prevention").pk)))
    assert (found["requests_received"], found["engagements_delivered"], found["participants"]) == (
        1,
        1,
        11,
    )


def test_a_donor_counts_what_its_funding_delivered_and_no_demand(
    courses: dict[str, Engagement],
) -> None:
    funding = courses["alone"].funding
    assert funding is not None
    found = taken(ReportScope(donor=funding.donor_id))
    assert values(found) == {"engagements_delivered": 1, "participants": 11, "countries_served": 1}
    assert found["figures"]["cost"]["value"] == "9000.00" and not found["annex"]["request"]


def test_one_engagement_counts_itself_alone(courses: dict[str, Engagement]) -> None:
    assert values(taken(ReportScope(engagement=courses["shared"].pk))) == {
        "engagements_delivered": 1,
        "participants": 10,
        "countries_served": 2,
    }


def test_parts_of_the_programme_add_up_to_the_whole(courses: dict[str, Engagement]) -> None:
    whole = taken()["figures"]
    by_pillar = [taken(ReportScope(pillar=p.pk))["figures"] for p in make.Pillar.objects.all()]
    by_region = [
        taken(ReportScope(region=r))["figures"]
        for r in ("Africa", "Americas", "Asia", "Europe", "Oceania")
    ]
    for code in ("requests_received", "participants", "open_requests"):
        assert (
            sum(int(f[code]["value"] or 0) for f in by_pillar)
            == whole[code]["value"]
            == sum(int(f[code]["value"] or 0) for f in by_region)
        )


def test_a_last_year_stands_beside_this_one(courses: dict[str, Engagement]) -> None:
    today = make.programme().today()
    period = Period(today - timedelta(days=60), today + timedelta(days=1))
    now = timezone.now() + timedelta(seconds=1)
    found = build_snapshot(replace(task(period, now), last_year=Compared(period, now)))
    assert (
        found["figures"]["participants"]["year_before"]
        == found["figures"]["participants"]["value"]
        == 21
    )
    assert found["figures"]["women_share"]["year_before_numerator"] == 9


def test_a_donors_report_says_nothing_of_who_asked(courses: dict[str, Engagement]) -> None:
    """Requests have no donor: a column of zeros would say that nobody asked."""
    funding = courses["alone"].funding
    assert funding is not None
    for scope, asked in ((WHOLE, True), (ReportScope(donor=funding.donor_id), False)):
        found = json.loads(canonical_json(taken(scope)))
        listed = {row["code"] for row in figure_rows(found, "en")}
        assert (
            "requests_received" in listed,
            "countries_asking" in listed,
            "open_requests" in listed,
        ) == (asked, asked, asked)
        assert listed >= {"engagements_delivered", "participants", "cost"} and len(listed) > 15
        assert ("Requests received" in dict(build_document(found, "", "en").notes)) is asked
        (table,) = [
            t
            for s in illustrated_document(found, "", "en").sections
            for t in s.tables
            if t.code == "coverage"
        ]
        assert table.chart is not None
        assert ("Asked" in [c.label for c in table.columns]) is asked
        assert ("Asked" in table.chart.svg, "Asked" in table.chart.alternative) == (asked, asked)
        assert len({len(table.columns), *(len(row) for row in table.rows)}) == 1
    (table,) = [
        t
        for s in illustrated_document(
            edition_snapshot(json.loads(canonical_json(taken())), PUBLIC), "", "en"
        ).sections
        for t in s.tables
        if t.code == "coverage"
    ]
    # which country asked is said to nobody outside
    assert table.chart is not None and "Asked" not in table.chart.svg


@pytest.mark.parametrize("kind", ["progress", "pillar"])
def test_a_report_narrowed_to_a_donor_has_no_chapter_and_no_headline_on_requests(
    courses: dict[str, Engagement], kind: str
) -> None:
    funding = courses["alone"].funding
    assert funding is not None
    for scope, asked in ((WHOLE, True), (ReportScope(donor=funding.donor_id), False)):
        document = build_document(
            json.loads(canonical_json(taken(scope))) | {"kind": kind}, "", "en"
        )
        codes = [s.code for s in document.sections]
        assert ("demand" in codes, "response" in codes) == (asked, asked) and "delivery" in codes
        heads = [h.label for h in document.headlines]
        assert ("Requests received" in heads) is asked and {
            "Engagements delivered",
            "Participations",
        } <= set(heads)


def test_a_donors_report_does_not_say_whom_all_funds_together_never_reached(
    courses: dict[str, Engagement],
) -> None:
    funding = courses["alone"].funding
    assert funding is not None
    codes = {"countries_never_reached", "countries_without_help_for_a_year"}
    pillar = make.Pillar.objects.get(code="prevention").pk
    for scope, said in (
        (WHOLE, True),
        (ReportScope(pillar=pillar), True),
        (ReportScope(donor=funding.donor_id), False),
    ):
        found = json.loads(canonical_json(taken(scope)))
        assert (codes <= set(found["figures"]), bool(codes & set(found["figures"]))) == (said, said)
        document = build_document(found, "", "en")
        text = " ".join(
            x for s in document.sections for x in (*s.sentences, *(t.caption for t in s.tables))
        )
        assert ("never reached" in text.lower()) is said and "Eligible countries: " in text
        assert ("Never reached" in dict(document.notes)) is said


def test_steps_of_ours_for_all_countries_of_an_engagement_are_overdue_in_the_brief_of_each(
    courses: dict[str, Engagement],
) -> None:
    """The shared course: one step of ours for nobody in particular, one for Fiji; Fiji's own
    course: one of Fiji's; a third course of Uganda's."""
    long_ago = make.programme().today() - timedelta(days=5)
    steps: Any = NextStep.objects.create
    steps(engagement=courses["shared"], side="ours", what="Send the kit to all", due_on=long_ago)
    steps(
        engagement=courses["alone"],
        side="theirs",
        country_id=country("FJI"),
        what="Name trainers",
        due_on=long_ago,
    )
    uganda = make.engagement(
        courses["shared"].created_by,  # type: ignore[arg-type]
        make.part(days=1, UGA={"women": 1, "men": 2}),
    )
    steps(engagement=uganda, side="ours", what="Write the report", due_on=long_ago)
    shared, alone = courses["shared"].pk, courses["alone"].pk
    overdue = {
        iso3: taken(ReportScope(countries=(country(iso3),)))["figures"]["steps_overdue"]["rows"][
            "ids"
        ]
        for iso3 in ("KEN", "FJI", "UGA", "AUT")
    }
    assert overdue == {
        "KEN": [shared],
        "FJI": sorted([shared, alone]),
        "UGA": [uganda.pk],
        "AUT": [],
    }
    assert taken()["figures"]["steps_overdue"]["value"] == 3
    assert taken(ReportScope(region="Africa"))["figures"]["steps_overdue"]["rows"]["ids"] == sorted(
        [shared, uganda.pk]
    )


def test_a_country_does_not_read_what_is_to_be_done_for_all_countries(
    courses: dict[str, Engagement],
) -> None:
    due: dict[str, Any] = {
        "engagement": courses["shared"],
        "side": "ours",
        "due_on": make.programme().today(),
    }
    NextStep.objects.create(what="Send the kit to all", **due)
    NextStep.objects.create(what="Send the kit to Fiji", country_id=country("FJI"), **due)
    brief = replace(
        task(
            Period(due["due_on"] - timedelta(days=60), due["due_on"] + timedelta(days=1)),
            timezone.now() + timedelta(seconds=1),
        ),
        kind="country",
    )
    for iso3, whole, told in (
        ("FJI", {"Send the kit to all", "Send the kit to Fiji"}, {"Send the kit to Fiji"}),
        ("KEN", {"Send the kit to all"}, set()),
    ):
        about = replace(
            brief,
            subject=Subject("country", country(iso3)),
            scope=ReportScope(countries=(country(iso3),)),
        )
        found: Any = build_snapshot(about)
        profile: Any = edition_snapshot(found, COUNTRY)["profile"]
        assert {step["what"] for step in found["profile"]["steps"]} == whole
        assert {step["what"] for step in profile["steps"]} == told
