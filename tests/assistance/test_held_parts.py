"""Parts that were held stay held: what is recorded of them is not postponed, cancelled or
forgotten."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from assistance.engagements import country_support as support
from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.engagements.parts import Part
from assistance.engagements.workflow import WORKFLOW
from assistance.engagements.write_serializers import parts_as_they_are
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.api import Api
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


def day(ago: int) -> Any:
    """A day so many days ago, at the duty station."""
    return make.programme().today() - timedelta(days=ago)


def course(people: People, *parts: Part, **values: Any) -> Engagement:
    """A mentoring in parts."""
    return make.engagement(people.officer, *parts, **({"type": "mentoring"} | values))


def part(ago: int, **countries: Any) -> Part:
    """A day's part so many days ago; ahead where that is below zero."""
    return make.part(day(ago), 1, **countries)


def change(people: People, engagement: Engagement, number: int, **values: Any) -> None:
    """One part gets other values; `KEN` its numbers."""
    parts = parts_as_they_are(engagement)
    (chosen,) = [p for p in parts if p.number == number]
    reason = values.pop("dates_reason", "")
    for name, value in values.items():
        if name == "KEN":
            chosen.participations[make.Country.objects.get(iso3="KEN").pk] = value
        else:
            setattr(chosen, name, value)
    services.update_engagement(people.officer, engagement.pk, {}, parts, dates_reason=reason)


def held(engagement: Engagement) -> list[bool]:
    """Which of its parts are held, in their order."""
    return [p.is_held for p in engagement.parts.all()]


def test_a_part_is_held_once_a_number_is_recorded_after_it(people: People) -> None:
    engagement = course(people, part(40, KEN={}), part(10, KEN={}))
    assert held(engagement) == [False, False]
    change(people, engagement, 1, KEN={"women": 3, "men": 1})
    assert held(engagement) == [True, False]
    services.perform_action(people.officer, engagement.pk, "confirm", {})
    assert held(engagement) == [True, False]


def test_numbers_written_before_the_last_day_are_expected_until_they_are_confirmed(
    people: People,
) -> None:
    engagement = course(people, part(-5, KEN={"women": 3}))
    row = engagement.parts.get().participations.get()
    assert row.is_expected and held(engagement) == [False]
    engagement.parts.update(starts_on=day(2), ends_on=day(2))  # a week later
    change(people, engagement, 1, title="Another title")
    assert held(engagement) == [False]  # saving the same numbers confirms nothing
    change(people, engagement, 1, as_expected=True)
    row.refresh_from_db()
    assert held(engagement) == [True] and not row.is_expected


def test_a_part_without_people_is_held_by_its_actual_cost(people: People) -> None:
    parts = [Part(day(9), day(9), planned_cost=Decimal(500)), part(3)]
    engagement = course(people, *parts, type="equipment")
    assert held(engagement) == [False, True]
    change(people, engagement, 1, actual_cost=Decimal(480))
    assert held(engagement) == [True, True]


def test_the_actual_cost_is_not_taken_before_the_last_day(people: People) -> None:
    ahead = Part(day(-3), day(-3), actual_cost=Decimal(10))
    with pytest.raises(DomainError, match="planned cost"):
        course(people, ahead)


def test_postponing_moves_what_was_not_held_and_nothing_else(people: People) -> None:
    engagement = course(
        people, part(40, KEN={"women": 40, "men": 60}), part(-9, KEN={}), part(-39, KEN={})
    )
    services.perform_action(
        people.officer, engagement.pk, "postpone", {"starts_on": day(-20), "reason": "Floods"}
    )
    assert [p.starts_on for p in engagement.parts.all()] == [day(40), day(-20), day(-50)]
    engagement.refresh_from_db()
    assert (engagement.starts_on, engagement.ends_on) == (day(40), day(-50))


def test_cancelling_half_way_leaves_what_was_held(people: People, client: Client) -> None:
    engagement = course(people, part(40, KEN={"women": 4}), part(-9, KEN={}))
    services.perform_action(people.officer, engagement.pk, "cancel", {"reason": "No visas"})
    assert held(engagement) == [True, False]
    client.force_login(people.officer)
    assert (
        "Cancelled after 1 of 2 parts" in client.get(engagement.get_absolute_url()).content.decode()
    )


def test_a_held_part_is_neither_removed_nor_moved_ahead(people: People) -> None:
    engagement = course(people, part(40, KEN={"women": 4}), part(9, KEN={}))
    with pytest.raises(DomainError, match="cannot be removed"):
        services.update_engagement(
            people.officer, engagement.pk, {}, parts_as_they_are(engagement)[1:]
        )
    with pytest.raises(DomainError, match="days that are past"):
        change(
            people,
            engagement,
            1,
            starts_on=day(-2),
            ends_on=day(-2),
            actual_cost=None,
            dates_reason="Moved",
        )
    with pytest.raises(DomainError, match="why the dates"):
        change(people, engagement, 1, starts_on=day(39), ends_on=day(39))
    change(
        people, engagement, 1, starts_on=day(39), ends_on=day(39), dates_reason="The list says so"
    )
    assert engagement.parts.get(number=1).ends_on == day(39)
    assert engagement.events.latest("id").note == "The list says so"


def test_removing_a_part_in_the_middle_leaves_the_others_their_rows(people: People) -> None:
    engagement = course(people, part(40, KEN={}), part(30, KEN={}), part(20, KEN={"women": 7}))
    first, _second, third = parts_as_they_are(engagement)
    services.update_engagement(people.officer, engagement.pk, {}, [first, third])
    assert {p.number: p.is_held for p in engagement.parts.all()} == {1: False, 3: True}
    assert engagement.parts.get(number=3).ends_on == day(20)


def test_the_database_keeps_a_held_part_held(people: People) -> None:
    engagement = course(people, part(40, KEN={"women": 4}))
    with pytest.raises(DatabaseError, match="stays held"), transaction.atomic():
        engagement.parts.update(held_on=None)
    with pytest.raises(DatabaseError, match="stays held"), transaction.atomic():
        engagement.parts.all().delete()


def test_striking_a_part_takes_it_out_and_shortens_the_engagement(people: People) -> None:
    engagement = course(people, part(40, KEN={"women": 4}), part(9, KEN={"women": 2}))
    services.perform_action(
        people.officer,
        engagement.pk,
        "strike",
        {"part": "2", "why": "entered_by_mistake", "reason": "Twice"},
    )
    engagement.refresh_from_db()
    assert held(engagement) == [True, False] and engagement.ends_on == day(40)
    event = engagement.events.latest("id")
    assert (event.data, event.note) == ({"struck": [2], "why": "entered_by_mistake"}, "Twice")
    with pytest.raises(DomainError, match="not struck out"):
        services.perform_action(
            people.officer, engagement.pk, "strike", {"part": "2", "why": "entered_by_mistake"}
        )


def test_with_every_part_struck_out_it_did_not_take_place(people: People, client: Client) -> None:
    engagement = course(people, part(9, KEN={"women": 2}))
    services.perform_action(
        people.officer, engagement.pk, "strike", {"part": "1", "why": "did_not_take_place"}
    )
    engagement.refresh_from_db()
    assert engagement.did_not_take_place
    assert {a.code for a in WORKFLOW.available(people.officer, engagement)} == {"cancel"}
    client.force_login(people.officer)
    assert "did not take place" in client.get(engagement.get_absolute_url()).content.decode()
    assert not Engagement.objects.to_record_on(day(0)).exists()


def test_after_verification_only_a_manager_strikes(people: People) -> None:
    engagement = course(people, part(9, KEN={"women": 2}))
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done"})
    services.perform_action(people.manager, engagement.pk, "verify", {})
    data = {"part": "1", "why": "did_not_take_place", "reason": "It rained"}
    with pytest.raises(ActionNotAllowed, match="a manager"):
        services.perform_action(people.officer, engagement.pk, "strike", data)
    services.perform_action(people.manager, engagement.pk, "strike", data)


def test_recording_the_delivery_asks_of_each_part_without_numbers_whether_it_took_place(
    people: People, client: Client
) -> None:
    engagement = course(
        people, part(40, KEN={"women": 4}), part(30, KEN={"not_yet_known": True}), part(9, KEN={})
    )
    services.perform_action(people.officer, engagement.pk, "confirm", {})
    client.force_login(people.officer)
    page = reverse("engagement_act", args=[engagement.pk, "deliver"])
    text = client.get(page).content.decode()
    assert 'name="part_2_took_place"' in text and 'name="part_3_took_place"' in text
    assert 'name="part_1_took_place"' not in text
    refused = client.post(page, {"outcome": "Done", "part_2_took_place": "yes"})
    assert refused.status_code == 422 and held(engagement) == [True, False, False]
    answers = {"outcome": "Done", "part_2_took_place": "yes", "part_3_took_place": "no"}
    assert client.post(page, answers).status_code == 302
    engagement.refresh_from_db()
    assert engagement.state == "delivered" and held(engagement) == [True, True, False]
    assert engagement.parts.get(number=3).struck_on is not None and engagement.ends_on == day(30)


def test_an_engagement_is_not_delivered_when_no_part_took_place(people: People) -> None:
    engagement = course(people, part(40, KEN={}), part(30, KEN={}))
    data = {"outcome": "", "part_1_took_place": "no", "part_2_took_place": "no"}
    with pytest.raises(DomainError, match="nothing was delivered"), transaction.atomic():
        services.perform_action(people.officer, engagement.pk, "deliver", data)
    assert not engagement.parts.filter(struck_on__isnull=False).exists()


def test_who_changed_the_record_since_it_was_last_verified_does_not_verify_it(
    people: People,
) -> None:
    engagement = course(people, part(9, KEN={"women": 2}))
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done"})
    services.perform_action(people.manager, engagement.pk, "verify", {})
    services.perform_action(people.manager, engagement.pk, "correct", {"reason": "One more"})
    parts = parts_as_they_are(engagement)
    services.update_engagement(people.manager, engagement.pk, {}, parts)
    with pytest.raises(ActionNotAllowed, match="changed it since it was last verified"):
        services.perform_action(people.manager, engagement.pk, "verify", {})


def test_the_api_plans_in_the_programmes_currency(people: People) -> None:
    programme = make.programme()
    programme.currency = "EUR"
    programme.save()
    body = {
        "title": "Course",
        "type": "training_course",
        "modality": "online",
        "pillar": "capacity_building",
        "parts": [
            {
                "starts_on": str(day(9)),
                "ends_on": str(day(9)),
                "planned_cost": "10.00",
                "actual_cost": "12.50",
            }
        ],
    }
    made = Api(people.officer).post("engagements/", body)
    assert made.status_code == 201 and made.data["currency"] == "EUR"
    (shown,) = made.data["parts"]
    assert (shown["planned_cost"], shown["actual_cost"], shown["struck_on"]) == (
        "10.00",
        "12.50",
        None,
    )


def test_a_country_does_not_read_what_was_struck_out(people: People) -> None:
    engagement = course(people, part(40, KEN={"women": 4}), part(9, KEN={"women": 2}))
    services.perform_action(
        people.officer, engagement.pk, "strike", {"part": "2", "why": "did_not_take_place"}
    )
    shown = Api(people.kenya).get(f"engagements/{engagement.pk}/").data
    assert [p["starts_on"] for p in shown["parts"]] == [str(day(40))]
    assert all("actual_cost" not in p and "planned_cost" not in p for p in shown["parts"])


def test_a_countrys_page_counts_what_was_held_and_nothing_that_was_struck_out(
    people: People,
) -> None:
    """Two parts of an engagement that is cancelled half-way; one of them is struck out afterwards."""
    kenya = make.Country.objects.get(iso3="KEN")
    ahead = make.programme().today() + timedelta(days=20)
    parts = [
        make.part(days=1, KEN={"women": 4, "men": 1}),
        make.part(days=1, KEN={"women": 2}),
        make.part(ahead, 1, KEN={"women": 30}),
    ]
    pk = make.engagement(people.officer, *parts).pk
    services.perform_action(people.officer, pk, "cancel", {"reason": "No funds"})
    assert support.participants_of(people.officer, kenya)["total"] == 7
    services.perform_action(
        people.manager, pk, "strike", {"part": "2", "why": "entered_by_mistake", "reason": "Twice"}
    )
    assert support.participants_of(people.officer, kenya)["total"] == 5
