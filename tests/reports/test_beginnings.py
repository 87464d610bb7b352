"""From acceptance to the first engagement, counted by hand; who still waits.

All of it in 2025, as known at a cut-off.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.programmes.models import ReasonCode
from assistance.requests.models import AssistanceRequest
from reports.documents.assembly import build_document
from reports.figures.scope import ReportScope
from reports.snapshots import rows
from tests import make
from tests.make import People
from tests.reports.history import happening_at
from tests.reports.test_closings import Q2, Q3, act, at, brought, taken

pytestmark = pytest.mark.django_db
CODE, WAITING = "days_to_first_engagement", "accepted_without_engagement"


def planned(people: People, instant: datetime, *first_days: date, requests: Any = ()) -> Engagement:
    """An engagement of parts of two days, planned at an instant."""
    with happening_at(instant):
        parts = [
            make.part(day, 2, KEN={"women": 2, "men": 3}, FJI={"women": 1, "men": 1})
            for day in first_days
        ]
        return make.engagement(people.officer, *parts, requests=requests)


def held(people: People, *first_days: date, requests: Any = ()) -> Engagement:
    """The same, recorded as delivered a week after its last part."""
    found = planned(
        people,
        at(first_days[0].month, first_days[0].day) - timedelta(days=3),
        *first_days,
        requests=requests,
    )
    with happening_at(at(first_days[-1].month, first_days[-1].day) + timedelta(days=7)):
        services.perform_action(people.officer, found.pk, "deliver", {"outcome": "Done."})
    return found


@pytest.fixture
def accepted(people: People) -> dict[str, AssistanceRequest]:
    """Five requests, accepted on different days; of three an engagement began in the second
    quarter, 63, 99 and 30 days later."""
    cases = {
        "plain": brought(people, "accepted", at(2, 10)),
        "before": brought(people, "accepted", at(3, 3), "FJI"),
        "none": brought(people, "accepted", at(5, 12)),
        "planned": brought(people, "accepted", at(6, 16)),
        "target": brought(people, "accepted", at(4, 1), "FJI"),
    }
    held(people, date(2025, 4, 14), requests=[cases["plain"]])
    # began before the acceptance: advice
    held(people, date(2025, 2, 20), date(2025, 5, 5), requests=[cases["before"]])
    held(people, date(2025, 6, 10), requests=[cases["before"]])
    held(people, date(2025, 6, 20), requests=[cases["plain"]])  # the second
    # its days are over, nobody recorded that it was held
    planned(people, at(6, 17), date(2025, 6, 25), requests=[cases["planned"]])
    merged = brought(people, "under_review", at(4, 2), "FJI")
    held(people, date(2025, 5, 1), requests=[merged])
    act(people.officer, merged, "merge", at(5, 20), merged_into=cases["target"])
    return cases


def test_days_run_from_acceptance_to_the_first_held_engagement_that_began_since(
    accepted: dict[str, AssistanceRequest],
) -> None:
    found = taken()
    figure = found["figures"][CODE]
    assert (figure["value"], figure["counted"], figure["unit"]) == (63.0, 3, "calendar_days")
    opened = rows.open_figure(found, CODE, "en").rows
    assert {r["reference"]: (r["days"], r["said"]) for r in opened} == {
        accepted["plain"].reference: (63, "63 days"),
        accepted["before"].reference: (99, "99 days"),
        accepted["target"].reference: (30, "30 days"),
    }


def test_who_was_accepted_and_has_none_stands_beside_it_by_days_since_acceptance(
    accepted: dict[str, AssistanceRequest],
) -> None:
    found = taken()
    waiting = {
        code: f["rows"]["ids"] for code, f in found["figures"].items() if code.startswith(WAITING)
    }
    assert waiting == {
        WAITING: sorted([accepted["none"].pk, accepted["planned"].pk]),
        f"{WAITING}.age.quarter": [accepted["none"].pk],  # 49 days on 30 June
        f"{WAITING}.age.month": [accepted["planned"].pk],
    }
    said = " ".join(x for s in build_document(found, "", "en").sections for x in s.sentences)
    assert (
        "Calendar days from acceptance to the first engagement, in the median: 63 (3 requests). 2"
        " accepted requests had none at the end." in said
    )


def test_a_first_engagement_counts_in_the_period_in_which_it_began(
    accepted: dict[str, AssistanceRequest], people: People
) -> None:
    held(people, date(2025, 6, 29), requests=[accepted["none"]])  # until 30 June
    assert taken()["figures"][CODE]["counted"] == 4 and taken()["figures"][WAITING]["value"] == 1
    later = taken(Q3, date(2025, 10, 15))["figures"]
    assert (later[CODE]["value"], later[CODE]["counted"], later[CODE]["rows"]["ids"]) == (
        None,
        0,
        [],
    )
    assert later[CODE]["previous"] == 55.5 and later[WAITING]["rows"]["ids"] == [
        accepted["planned"].pk
    ]


def test_what_is_recorded_or_unlinked_after_the_cut_off_changes_nothing(
    accepted: dict[str, AssistanceRequest], people: People
) -> None:
    on_time = taken()
    deed = Engagement.objects.get(requests=accepted["planned"])
    with happening_at(at(7, 20)):
        services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
        first = Engagement.objects.get(requests=accepted["plain"], starts_on=date(2025, 4, 14))
        services.unlink_request(people.officer, first.pk, accepted["plain"], "Linked by mistake.")
    assert taken() == on_time
    figures = taken(known=date(2025, 7, 25))["figures"]
    assert figures[WAITING]["rows"]["ids"] == [accepted["none"].pk]
    # 9, 30, 99 and now 130 days
    assert (figures[CODE]["value"], figures[CODE]["counted"]) == (
        64.5,
        4,
    )


def test_a_country_and_a_donor_have_their_own(accepted: dict[str, AssistanceRequest]) -> None:
    fiji = taken(
        scope=ReportScope(countries=(make.Country.objects.get(iso3="FJI").pk,)), kind="country"
    )
    assert (
        fiji["figures"][CODE]["value"],
        fiji["figures"][CODE]["counted"],
        fiji["figures"][WAITING]["value"],
    ) == (64.5, 2, 0)
    said = " ".join(x for s in build_document(fiji, "", "en").sections for x in s.sentences)
    assert "Median days from acceptance to the first engagement: 64.5." in said
    donor = taken(scope=ReportScope(donor=make.funding().donor_id))["figures"]
    assert (donor[CODE]["counted"], donor[WAITING]["value"]) == (0, 0)


def test_a_request_accepted_again_waits_anew_and_one_that_ended_does_not(people: People) -> None:
    again, stopped = (
        brought(people, "accepted", at(2, 10)),
        brought(people, "accepted", at(3, 3), "FJI"),
    )
    held(people, date(2025, 2, 20), requests=[again])
    for case in (again, stopped):
        act(
            people.manager,
            case,
            "discontinue",
            at(4, 10),
            reason_code=ReasonCode.objects.filter(used_for="discontinue").first(),
            note="No funds.",
        )
    assert taken(Q2)["figures"][WAITING]["value"] == 0
    act(people.manager, again, "reopen", at(4, 20), reason="There are funds.", to="under_review")
    act(people.officer, again, "mark_complete", at(4, 21), **make.ASSESSED)
    money = make.funding()
    act(
        people.manager,
        again,
        "accept",
        at(5, 2),
        priority="normal",
        lead_officer=people.officer,
        estimate=1000,
        funding=money,
    )
    assert taken(Q2)["figures"][WAITING]["rows"]["ids"] == [again.pk]
    held(people, date(2025, 6, 2), requests=[again])
    figures = taken(Q2)["figures"]
    assert (figures[CODE]["value"], figures[CODE]["counted"], figures[WAITING]["value"]) == (
        31.0,
        1,
        0,
    )
