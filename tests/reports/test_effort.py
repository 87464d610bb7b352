"""Training, reach of campaigns and cost per participation, counted by hand; repeated requests.

As known at a cut-off in 2025.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.engagements.parts import Part
from assistance.requests.models import AssistanceRequest
from reports.documents.assembly import build_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.scope import ReportScope
from reports.snapshots import rows
from tests import make
from tests.make import People
from tests.reports.history import happening_at
from tests.reports.test_closings import Q3, act, at, brought, numbers, taken

pytestmark = pytest.mark.django_db
PER_HEAD, LEFT_OUT = "cost_per_participation", "cost_per_participation.left_out"


def given(people: People, kind: str, part: Part, **about: Any) -> Engagement:
    """An engagement of one part, planned before it and recorded as delivered a week after."""
    with happening_at(at(part.ends_on.month, part.ends_on.day)):
        held = make.engagement(people.officer, part, type=kind, **about)
        services.perform_action(people.officer, held.pk, "deliver", {"outcome": "Done."})
    return held


@pytest.fixture
def held(people: People) -> dict[str, Engagement]:
    """In the second quarter: a course (3 days, 10 of Kenya), a workshop (2 days, 12 hours, 5 of
    Kenya and 5 of Fiji), mentoring without days, hours and cost, advice of 5 days, a course paid
    in another currency, two campaigns; a course in the third."""
    ten, five = {"women": 4, "men": 6}, {"women": 2, "men": 3}
    workshop = replace(
        make.part(date(2025, 5, 5), 2, KEN=five, FJI=five),
        actual_cost=Decimal(6000),
        hours=Decimal(12),
    )
    silent = replace(
        make.part(date(2025, 5, 20), 1, KEN={"women": 1, "men": 2}), actual_cost=None, days=None
    )
    foreign = make.part(date(2025, 6, 2), 4, KEN={"women": 1, "men": 1})
    return {
        "course": given(people, "training_course", make.part(date(2025, 4, 7), 3, KEN=ten)),
        "workshop": given(people, "workshop", workshop),
        "mentoring": given(people, "mentoring", silent),
        "advice": given(
            people,
            "advisory_mission",
            replace(
                make.part(date(2025, 6, 9), 5, FJI={"women": 3, "men": 2}),
                actual_cost=Decimal(2500),
            ),
        ),
        "foreign": given(people, "study_visit", foreign, currency="EUR"),
        "campaign": given(
            people,
            "awareness_campaign",
            make.part(date(2025, 6, 16), 5, FJI={}),
            reach=12000,
            reach_method="Views of the page, once a device",
        ),
        "poster": given(people, "awareness_campaign", make.part(date(2025, 6, 20), 5, KEN={})),
        "later": given(people, "training_course", make.part(date(2025, 7, 7), 3, KEN=ten)),
    }


def country(iso3: str) -> ReportScope:
    """A country's scope."""
    return ReportScope(countries=(make.Country.objects.get(iso3=iso3).pk,))


def test_days_and_hours_of_training_are_those_of_held_parts_that_state_them(
    held: dict[str, Engagement],
) -> None:
    found = taken()
    # 3 + 2 + 4; no advice
    assert [
        Decimal(str(found["figures"][code]["value"]))
        for code in ("training_days", "training_hours")
    ] == [
        9,
        12,
    ]
    assert [numbers(found, code)[1:] for code in ("training_days", "training_hours")] == [
        (3, 4),
        (1, 4),
    ]
    assert found["figures"]["training_days"]["rows"]["ids"] == sorted(
        held[x].pk for x in ("course", "workshop", "foreign")
    )
    fiji = taken(scope=country("FJI"))["figures"]
    assert (
        Decimal(str(fiji["training_days"]["value"])) == 2
        and fiji["training_days"]["denominator"] == 1
    )


def test_reach_is_that_of_delivered_campaigns_each_with_its_method_and_no_participation(
    held: dict[str, Engagement],
) -> None:
    found = taken()
    assert numbers(found, "reach") == (12000, 1, 2)
    assert found["figures"]["reach"]["rows"]["ids"] == [held["campaign"].pk]
    assert found["figures"]["participants"]["value"] == 10 + 10 + 3 + 5 + 2
    for kind in ("progress", "management"):
        sections = build_document(found | {"kind": kind}, "", "en").sections
        (table,) = [t for s in sections for t in s.tables if t.code == "campaigns"]
        assert {row[0].text: (row[2].text, row[3].text) for row in table.rows} == {
            held["campaign"].reference: ("12,000", "Views of the page, once a device"),
            held["poster"].reference: ("–", ""),
        }
        (effort,) = [t for s in sections for t in s.tables if t.code == "effort"]
        lines = {row[0].text: row[1].text for row in effort.rows}
        assert lines == {
            "Days of training": "9",
            "Hours of training": "12",
            "People reached by campaigns": "12,000",
            "Cost per participation": "USD\xa0700 (17,500/25)",
            "Left out of the cost per participation": "4",
        }
        assert (
            effort.note
            == "Days are recorded of 3 of 4 parts of training. Their reach is recorded of 1 of 2"
            " campaigns."
        )


def test_cost_per_participation_is_over_parts_with_both_and_says_what_it_leaves_out(
    held: dict[str, Engagement],
) -> None:
    """9,000 for 10, 6,000 for 10 and 2,500 for 5; without cost, in euros and campaigns are left
    out."""
    found = taken()
    assert (found["figures"][PER_HEAD]["value"], found["figures"][PER_HEAD]["numerator"]) == (
        "700.00",
        "17500.00",
    )
    assert (found["figures"][PER_HEAD]["denominator"], found["figures"][PER_HEAD]["counted"]) == (
        25,
        3,
    )
    left = found["figures"][LEFT_OUT]
    assert (left["value"], left["rows"]["ids"]) == (
        4,
        sorted(held[x].pk for x in ("mentoring", "foreign", "campaign", "poster")),
    )
    assert len(rows.open_figure(found, LEFT_OUT, "en").rows) == 4


def test_in_a_brief_it_is_over_the_parts_of_the_country_alone(held: dict[str, Engagement]) -> None:
    """Kenya: the course. The workshop was Fiji's too, and Fiji's own are not Kenya's."""
    found = taken(scope=country("KEN"), kind="country")
    assert (found["figures"][PER_HEAD]["value"], found["figures"][PER_HEAD]["denominator"]) == (
        "900.00",
        10,
    )
    assert found["figures"][LEFT_OUT]["rows"]["ids"] == sorted(
        held[x].pk for x in ("workshop", "mentoring", "foreign", "poster")
    )
    said = " ".join(x for s in build_document(found, "", "en").sections for x in s.sentences)
    assert (
        "Cost per participation: USD\xa0900 (9,000/10)" in said
        and "Left out of the cost per participation: 4" in said
    )
    assert "Days of training: 9" in said and "People reached" not in said
    own = build_document(edition_snapshot(found, "country"), "", "en")
    told = " ".join(x for s in own.sections for x in s.sentences)
    assert (
        "Days of training: 9" in told
        and "Cost per participation" not in told
        and "9,000" not in told
    )


def test_what_is_corrected_after_the_cut_off_changes_none_of_it(
    held: dict[str, Engagement], people: People
) -> None:
    on_time = taken()
    with happening_at(at(8, 1)):
        held["course"].parts.update(actual_cost=90000, days=30)
        Engagement.objects.filter(pk=held["campaign"].pk).update(reach=5)
    assert taken() == on_time
    assert numbers(taken(known=date(2025, 8, 2)), "reach") == (5, 1, 2)


def test_a_donor_reads_the_reach_of_campaigns_and_a_stranger_does_not(
    held: dict[str, Engagement],
) -> None:
    found = taken()
    donor, public = edition_snapshot(found, "donor"), edition_snapshot(found, "public")
    assert donor["figures"]["reach"]["value"] == 12000 and len(donor["annex"]["campaign"]) == 2
    assert "reach" not in public["figures"] and public["annex"]["campaign"] == {}
    assert PER_HEAD in donor["figures"] and PER_HEAD not in public["figures"]
    assert public["figures"]["training_days"]["value"] == found["figures"]["training_days"]["value"]


def test_a_cost_divided_by_one_or_two_people_tells_how_many_they_were() -> None:
    def told(people: int, withheld: bool) -> Any:
        some: dict[str, Any] = {
            "unit": "money",
            "value": "50.00",
            "numerator": "100.00",
            "denominator": people,
            "counted": 1,
        }
        figures: dict[str, Any] = {PER_HEAD: some | {"rows": {"kind": "engagement", "ids": []}}}
        figures["participants"] = {
            "unit": "people",
            "value": 2 if withheld else 20,
            "rows": {"kind": "participation", "ids": []},
        }
        annex: dict[str, Any] = {
            kind: {}
            for kind in (
                "engagement",
                "request",
                "clock",
                "act",
                "record",
                "participation",
                "country",
            )
        }
        given: Any = {"figures": figures, "annex": annex}
        return edition_snapshot(given, "donor")["figures"][PER_HEAD]["value"]

    assert [told(2, False), told(5, False), told(5, True)] == [None, "50.00", None]


# Repeated requests


def test_a_request_is_repeated_where_the_country_asked_for_the_like_in_the_24_months_before(
    people: People,
) -> None:
    uganda = make.focal_point("UGA")

    def asked(
        year: int, month: int, day: int, iso3: str = "KEN", **about: Any
    ) -> AssistanceRequest:
        instant = at(month, day).replace(year=year)
        with happening_at(instant):
            author = {"KEN": people.kenya, "FJI": people.fiji, "UGA": uganda}[iso3]
            return make.submitted(author, iso3, created_at=instant, **about)

    asked(2023, 6, 1, theme_codes=["digital-forensics", "legislation"])
    again = asked(2025, 5, 1, theme_codes=["legislation"])
    asked(2025, 5, 2, theme_codes=["ransomware"])
    asked(2025, 5, 3, pillar=make.Pillar.objects.get(code="prevention"))
    asked(2023, 4, 1, "UGA")
    asked(2025, 4, 2, "UGA")  # 24 months and a day later
    first, second = asked(2025, 4, 10, "FJI"), asked(2025, 5, 10, "FJI")
    third = asked(2025, 6, 10, "FJI")
    act(
        people.officer,
        second,
        "start_review",
        at(5, 12),
        lead_officer=people.officer,
        letter="authenticated",
    )
    act(people.officer, second, "merge", at(5, 13), merged_into=first)
    found = taken()
    assert found["figures"]["requests_repeated"]["rows"]["ids"] == sorted([again.pk, third.pk])
    assert found["figures"]["requests_repeated"]["value"] == 2
    assert taken(scope=country("KEN"))["figures"]["requests_repeated"]["rows"]["ids"] == [again.pk]
    act(
        people.officer,
        third,
        "start_review",
        at(7, 20),
        lead_officer=people.officer,
        letter="authenticated",
    )
    act(people.officer, third, "merge", at(7, 21), merged_into=first)  # after the cut-off
    assert taken() == found
    assert taken(known=date(2025, 7, 25))["figures"]["requests_repeated"]["rows"]["ids"] == [
        again.pk
    ]
    assert taken(Q3, date(2025, 10, 15))["figures"]["requests_repeated"]["value"] == 0


def test_of_two_of_one_day_the_later_repeats_the_earlier(people: People) -> None:
    """The draft of the first was begun after that of the second."""
    with happening_at(at(5, 5)):
        later = make.draft(people.kenya, created_at=at(5, 5))
    sooner = brought(people, "submitted", at(5, 6))
    act(people.kenya, later, "submit", at(5, 6).replace(hour=13))
    assert sooner.pk > later.pk
    assert taken()["figures"]["requests_repeated"]["rows"]["ids"] == [later.pk]
