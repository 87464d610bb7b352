"""The first page of staff: each queue leads to the list that shows exactly its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from assistance.engagements.models import NextStep
from assistance.requests.models import AssistanceRequest
from portal.home import views
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def queues(people: People) -> People:
    """Requests in every queue, led by the officer, by somebody else and by nobody."""
    today = make.programme().today()
    colleague = make.staff(Role.OFFICER)
    days = {-9: 3, -1: 2, 0: 2, 6: 1, 7: 2, 40: 1}
    for lead in (people.officer, colleague, None):
        for ahead, count in days.items():
            for _n in range(count):
                case = make.submitted(people.kenya)
                AssistanceRequest.objects.filter(pk=case.pk).update(
                    due_on=today + timedelta(days=ahead), lead_officer=lead
                )
        for _n in range(2):
            asked = make.advanced(people, "under_review")
            make.do(people.officer, asked, "ask", questions="How many?")
            AssistanceRequest.objects.filter(pk=asked.pk).update(lead_officer=lead)
        deciding = make.advanced(people, "complete")
        AssistanceRequest.objects.filter(pk=deciding.pk).update(lead_officer=lead)
    return people


def test_all_of_them_are_exactly_the_rows_of_the_queue(
    queues: People, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "QUEUE_SHOWN", 1)
    check_queues(client, queues.officer, [22, 2, 4])
    check_queues(client, queues.manager, [3, 33, 6])


def check_queues(client: Client, who: User, counts: list[int]) -> None:
    """Each queue of somebody's first page has so many, and the list that it leads to the same."""
    client.force_login(who)
    home: Any = client.get(reverse("home"))
    groups = home.context["queue"].groups[: len(counts)]
    assert [group.total["count"] for group in groups] == counts
    for group in groups:
        address = f"{reverse('requests')}?{group.query}"
        assert address.replace("&", "&amp;") in home.content.decode()
        listed: Any = client.get(address)
        total, page = group.total, listed.context["page"]
        assert not listed.context["wrong"] and total == listed.context["total"], group.name
        assert len(page.rows) == min(total["count"], page.size)
        first = listed.context["page"].rows[0]
        assert f'href="{first.get_absolute_url()}"' in group.rows[0]


def test_one_table_says_by_group_who_is_awaited_and_how_many_are_late(
    queues: People, client: Client
) -> None:
    client.force_login(queues.officer)
    page: Any = client.get(reverse("home"))
    text = page.content.decode()
    assert text.count("<thead>") == 1
    assert [g.code for g in page.context["queue"].groups] == [
        "awaited-me",
        "awaited-manager",
        "awaited-country",
        "orphans",
    ]
    assert page.context["queue"].groups[0].late == 10  # of those led by the officer or by nobody
    assert heads(page)[:2] == ["Waiting for", "Request"]


def heads(page: Any) -> list[str]:
    """The heads of the table."""
    return [str(head.label) for head in page.context["queue"].heads]


def test_a_column_of_countries_stands_only_where_there_are_several(
    people: People, client: Client
) -> None:
    make.submitted(people.kenya)
    client.force_login(people.kenya)
    assert "Country" not in heads(client.get(reverse("home")))
    make.designate(people.kenya, "UGA")
    assert "Country" in heads(client.get(reverse("home")))
    client.force_login(people.officer)
    assert "Country" in heads(client.get(reverse("home")))


def test_next_steps_stand_on_the_home_of_who_has_them(people: People, client: Client) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3}, FJI={"men": 2}))
    today, kenya = make.programme().today(), make.Country.objects.get(iso3="KEN")

    def step(what: str, side: str, ahead: int, country: Any = None) -> NextStep:
        return NextStep.objects.create(
            engagement=engagement,
            what=what,
            side=side,
            country=country,
            owner="Anna",
            due_on=today + timedelta(days=ahead),
        )

    step("Send the model form", "ours", 3)
    step("Name two officers", "theirs", -2, kenya)
    done = step("Done long ago", "ours", -9)
    NextStep.objects.filter(pk=done.pk).update(done_on=today)

    def shown(user: User) -> list[str]:
        client.force_login(user)
        page: Any = client.get(reverse("home"))
        assert page.context["next_steps"].late == ("Name two" in page.content.decode())
        return [row.what for row in page.context["next_steps"].steps]

    assert shown(people.officer) == ["Name two officers", "Send the model form"]
    assert shown(people.kenya) == ["Name two officers"]
    assert shown(people.fiji) == []
    assert shown(make.staff(Role.OFFICER)) == []


def test_the_home_takes_no_more_queries_with_more_rows(people: People, client: Client) -> None:
    client.force_login(people.officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("home")).status_code == 200
        return len(captured)

    make.advanced(people, "under_review")
    make.engagement(people.officer, make.part(KEN={"women": 3}))
    before = queries()
    for _number in range(3):
        make.advanced(people, "under_review")
        make.engagement(people.officer, make.part(KEN={"women": 3}))
    assert queries() == before


def test_the_table_is_narrowed_and_its_lists_with_it(people: People, client: Client) -> None:
    make.submitted(people.kenya, title="Of Kenya")
    make.submitted(people.fiji, "FJI", title="Of Fiji")
    client.force_login(people.officer)
    page: Any = client.get(reverse("home"), {"country": "KEN"})
    text = page.content.decode()
    assert "Of Kenya" in text and "Of Fiji" not in text and "Take away the filter" in text
    assert all("country=KEN" in g.query for g in page.context["queue"].groups if g.query)
    assert (
        "<select" not in text
        and 'name="pillar"' in client.get(reverse("home"), {"filters": "open"}).content.decode()
    )


@pytest.mark.parametrize("query", ["country=XXX", "pillar=%00", "group=9&country=KEN&country=FJI"])
def test_nonsense_in_a_filter_of_the_home_breaks_nothing(
    people: People, client: Client, query: str
) -> None:
    make.submitted(people.kenya, title="Of Kenya")
    client.force_login(people.officer)
    assert client.get(f"{reverse('home')}?{query}").status_code in (200, 400)
