"""The first page of staff: each queue leads to the list that shows exactly its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
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
    groups = [home.context["mine"], *home.context["groups"]]
    assert [g["total"]["count"] for g in groups] == counts
    for group in groups:
        address = f"{reverse('requests')}?{group['query']}"
        assert address.replace("&", "&amp;") in home.content.decode()
        listed: Any = client.get(address)
        total, page = group["total"], listed.context["page"]
        assert not listed.context["wrong"] and total == listed.context["total"], group["name"]
        assert len(page.rows) == min(total["count"], page.size)
        first = listed.context["page"].rows[0]
        assert f'href="{first.get_absolute_url()}"' in group["table"].rows[0]
