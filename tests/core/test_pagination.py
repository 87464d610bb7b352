"""Pages of a list: their counter, and what has no page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import pagination
from notifications.models import Notification
from tests.make import People

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> str:
    """The page at an address."""
    response: Any = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_counter_goes_by_the_size_of_the_lists_own_pages(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    assert "1 to 60" in shown(client, reverse("countries"))
    assert "61 to 120" in shown(client, reverse("countries") + "?page=2")


def test_the_deepest_page_leads_no_further(
    people: People, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "DEEPEST", 2)
    client.force_login(people.officer)
    assert 'rel="next"' in shown(client, reverse("countries"))
    deepest = shown(client, reverse("countries") + "?page=2")
    assert 'rel="next"' not in deepest and "61 to 120" in deepest
    beyond = shown(client, reverse("countries") + "?page=3")
    assert (
        "There is no page 3 in this list" in beyond
        and "narrow the list" in beyond
        and "1 to 60" in beyond
    )


def test_an_empty_list_has_an_empty_first_page(people: People, client: Client) -> None:
    client.force_login(people.officer)
    Notification.objects.all().delete()
    assert "There is no page" not in shown(client, reverse("notifications") + "?page=1")
    assert "There is no page 2 in this list" in shown(client, reverse("notifications") + "?page=2")
