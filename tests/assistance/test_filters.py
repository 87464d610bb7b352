"""The filters of lists, as pages, API and export use them."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement
from assistance.requests.filters import ORDERS, RequestFilter
from assistance.requests.models import AssistanceRequest
from core.db.country_role import as_country
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


def filtered(user: Any, **data: Any) -> RequestFilter:
    """The filter set of somebody's requests."""
    return RequestFilter(
        data,
        queryset=AssistanceRequest.objects.visible_to(user),
        request=SimpleNamespace(user=user),
    )


def offered(user: Any) -> dict[str, Any]:
    """The fields of the form that somebody opens."""
    return filtered(user).whole_form.fields


def test_each_filter_leaves_what_it_says(people: People) -> None:
    kenya = make.advanced(people, "under_review")
    fiji = make.submitted(
        people.fiji, "FJI", title="Ransomware", theme_codes=["ransomware"], language="fr"
    )
    for data, expected in (
        ({"q": str(kenya.reference)[:8]}, {kenya}),
        ({"q": "seizure devices"}, {kenya}),
        ({"state": ["submitted", "returned"]}, {fiji}),
        ({"open": "yes"}, {kenya, fiji}),
        ({"open": "false"}, set()),
        ({"country": "FJI"}, {fiji}),
        ({"pillar": "prevention"}, set()),
        ({"theme": "ransomware"}, {fiji}),
        ({"group": "sids"}, {fiji}),
        ({"region": "Africa"}, {kenya}),
        ({"urgency": "urgent"}, set()),
        ({"lead_officer": people.officer.pk}, {kenya}),
        ({"mine": "yes"}, {kenya}),
        ({"mine": "no"}, {fiji}),
        ({"late": "yes"}, set()),
        ({"received_from": kenya.received_on}, {kenya, fiji}),
        ({"received_until": kenya.received_on}, {kenya, fiji}),
        ({"received_until": "2001-01-01"}, set()),
        ({"language": "fr"}, {fiji}),
    ):
        found = filtered(people.officer, **data)
        assert found.is_valid(), (data, found.errors)
        assert set(found.qs) == expected, data


def test_every_order_can_be_asked_for(people: People) -> None:
    first, second = make.submitted(people.kenya, title="B"), make.submitted(people.kenya, title="A")
    assert list(filtered(people.kenya).qs) == [second, first]
    assert list(filtered(people.kenya, sort="title").qs) == [second, first]
    assert list(filtered(people.kenya, sort="due").qs) == [first, second]
    for name, _label in (choice for order in ORDERS for choice in order.choices):
        assert len(filtered(people.officer, sort=name).qs) == 2


def test_a_wrong_value_is_answered_with_a_sentence(people: People) -> None:
    for name, value, words in (
        ("country", "XXX", "There is no country with the code “XXX”"),
        ("received_from", "2205-13-45", "Write a date that exists"),
        ("open", "perhaps", "Write yes or no"),
        ("state", ["nowhere"], "no “nowhere”"),
        ("sort", "colour", "no “colour”"),
        ("theme", "x", "no theme “x”"),
        ("lead_officer", "999999", "no such member"),
        ("q", "a\0b", "U+0000"),
    ):
        errors = filtered(people.officer, **{name: value}).errors
        assert words in errors[name][0], (name, errors)


def test_the_countrys_people_do_not_filter_by_officer(people: People) -> None:
    assert "lead_officer" not in offered(people.kenya)
    assert "received" in dict(offered(people.kenya)["state"].choices).values()


def test_who_looked_at_the_filters_before_does_not_change_what_they_offer(people: People) -> None:
    for one in RequestFilter.base_filters.values():  # as the schema of the API does
        assert one.field
    assert filtered(people.officer, lead_officer=people.officer.pk).is_valid()
    assert "received" in dict(offered(people.kenya)["state"].choices).values()
    assert "Submitted" in dict(offered(people.officer)["state"].choices).values()


def test_a_filter_does_not_tell_a_country_who_else_takes_part_before_it_is_confirmed(
    people: People,
) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1}, FJI={"men": 1}))

    def found(user: Any, **data: Any) -> bool:
        with as_country(user) if user.is_focal_point else nullcontext():
            rows = EngagementFilter(
                data,
                queryset=Engagement.objects.visible_to(user),
                request=SimpleNamespace(user=user),
            )
            return engagement in rows.qs

    assert found(people.officer, country="FJI") and found(people.kenya, country="KEN")
    assert not found(people.kenya, country="FJI") and not found(people.kenya, group="sids")
    make.engagement_services.perform_action(people.officer, engagement.pk, "confirm")
    assert found(people.kenya, country="FJI") and found(people.kenya, group="sids")
    assert (
        found(people.officer, to_record="yes")
        and found(people.officer, q="eng-")
        and not found(people.officer, request="KEN-2026-0001")
    )


@pytest.mark.parametrize(
    "line", ["-" * 33, "- " * 60, "a -- " * 40, '-"' * 60, "-(!&" * 40 + "x", "—-" * 60]
)
def test_a_line_of_dashes_is_searched_for_without_harm_everywhere(
    people: People, line: str
) -> None:
    case = make.submitted(people.kenya, title="Forensics laboratory")
    client = Client()
    client.force_login(people.officer)
    for address in (
        "/requests/",
        "/requests/export.csv",
        "/api/v1/requests/",
        "/api/v1/requests/count/",
    ):
        answer: Any = client.get(address, {"q": line})
        assert answer.status_code == 200, address
        assert b"".join(answer) or address
    assert list(filtered(people.officer, q=f"forensics {'-' * 40} -prosecutors").qs) == [case]
    assert list(filtered(people.officer, q=f"forensics {'-' * 40} -laboratory").qs) == []
