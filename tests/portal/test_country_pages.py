"""The list of countries, and the page of one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.engagements import services
from assistance.engagements.choices import Origin
from assistance.engagements.models import Engagement, RecordedCountry
from countries.models import (
    Country,
    CountryGroup,
    GroupMembership,
    ProcessSession,
    SessionAttendance,
)
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def page(client: Client, iso3: str) -> str:
    """A country's page."""
    response = client.get(reverse("country", args=[iso3]))
    assert response.status_code == 200
    return response.content.decode()


def test_countries_are_found_by_name_in_any_language_and_by_group(
    people: People, client: Client
) -> None:
    client.force_login(people.kenya)
    for query, there, gone in (
        ("q=كينيا", "Kenya", "Fiji"),
        ("q=斐济", "Fiji", "Kenya"),
        ("q=KEN", "Kenya", "Fiji"),
        ("group=sids", "Fiji", ">Kenya<"),
    ):
        text = client.get(f"{reverse('countries')}?{query}").content.decode()
        assert f">{there}<" in text and gone not in text.replace("</option>", "")


def test_the_list_takes_no_more_queries_for_more_countries(people: People, client: Client) -> None:
    client.force_login(people.officer)
    counts = []
    for query in ("?q=KEN", "?region=Africa"):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("countries") + query)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_countrys_page_shows_its_own_people_what_was_asked_and_done(
    people: People, client: Client
) -> None:
    case = make.advanced(people, "planned")
    engagement = make.engagement(
        people.officer,
        make.part(KEN={"women": 3, "men": 1}, FJI={"women": 50, "men": 50}),
        requests=[case],
    )
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Good"})
    for person in (people.kenya, people.officer, people.manager):
        client.force_login(person)
        text = page(client, "KEN")
        assert str(case.reference) in text and engagement.title in text
        assert (
            "Participations: 4, in 1 engagement." in text and "75 % (3 of 4 women and men)" in text
        )


def without_tokens(text: str) -> list[str]:
    """A page's lines but for those that differ at every look."""
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_page_of_another_country_tells_nothing_but_facts(people: People, client: Client) -> None:
    client.force_login(people.kenya)
    before = page(client, "FJI")
    make.advanced(people, "planned", "FJI")
    make.engagement(
        people.officer,
        make.part(KEN={"women": 3, "men": 1}, FJI={"women": 50, "men": 50}),
        title="Shared course",
    )
    after = page(client, "FJI")
    assert without_tokens(before) == without_tokens(after)
    assert (
        "Fiji" in after
        and "Small island developing States" in after
        and "Shared course" not in after
        and "Requests</h2>" not in after
    )
    client.force_login(people.administrator)
    assert "Requests</h2>" not in page(client, "FJI")


def test_support_by_others_stands_apart(people: People, client: Client) -> None:
    record = Engagement.objects.create(
        programme=make.programme(),
        reference="ENG-2026-9001",
        title="Help by others",
        origin=Origin.IMPORTED,
        state="recorded",
        organisation="Org Y",
    )
    RecordedCountry.objects.create(engagement=record, country=Country.objects.get(iso3="KEN"))
    client.force_login(people.kenya)
    assert "Support by others" in page(client, "KEN") and "Org Y" in page(client, "KEN")
    assert "Help by others" not in page(client, "FJI")


def test_a_group_that_was_left_is_not_among_those_of_today(people: People, client: Client) -> None:
    client.force_login(people.officer)
    bhutan = page(client, "BTN")
    assert "left on" in bhutan and "13" in bhutan
    GroupMembership.objects.create(
        country=Country.objects.get(iso3="KEN"),
        group=CountryGroup.objects.get(code="sids"),
        valid_from=date(2001, 5, 1),
        decision="By mistake",
    )
    assert "By mistake" in page(client, "KEN")


def test_a_country_page_takes_no_more_queries_for_more_rows(people: People, client: Client) -> None:
    make.advanced(people, "planned")
    make.engagement(people.officer, make.part(KEN={"women": 1}))
    for person in (people.officer, people.kenya):
        client.force_login(person)
        page(client, "KEN")
        with CaptureQueriesContext(connection) as few:
            page(client, "KEN")
        for _ in range(3):
            make.advanced(people, "planned")
            make.engagement(people.officer, make.part(KEN={"women": 1}, FJI={}))
        with CaptureQueriesContext(connection) as more:
            page(client, "KEN")
        assert len(more) == len(few)


def test_an_unknown_country_is_not_found_and_codes_may_be_small(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    assert client.get("/countries/XXX/").status_code == 404
    assert "Kenya" in page(client, "ken")


def test_the_page_tells_what_the_country_did_about_treaties_and_which_sessions_it_attended(
    people: People, client: Client
) -> None:
    client.force_login(people.kenya)
    fiji = page(client, "FJI")
    assert "Budapest Convention" in fiji and "Acceded: 20 June 2024" in fiji
    assert "reported, between 20 November 2025 and 17 January 2026" in fiji
    assert "none entered" in page(client, "KEN")
    session = ProcessSession.objects.filter(process__code="ad-hoc-committee").earliest("starts_on")
    for iso3 in ("KEN", "FJI"):
        SessionAttendance.objects.create(session=session, country=Country.objects.get(iso3=iso3))
    assert "Organizational session" in page(client, "KEN")
    assert "Organizational session" not in page(client, "FJI")
    client.force_login(people.officer)
    assert "Organizational session" in page(client, "FJI")
