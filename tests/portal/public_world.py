"""A programme with public pages, its requests, and how strangers read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from assistance.programmes.models import Programme
from assistance.requests.models import AssistanceRequest
from portal.public.models import PublicRequest
from tests import make
from tests.make import People

HOME = "/en/cybercrime/"
REGISTER = f"{HOME}requests/"
TITLE = "Training of first responders in the seizure of mobile devices"  # of `make.draft_values`
PUBLIC_TITLE = "A course for first responders"
SUMMARY: dict[str, Any] = {
    "publish": "summary",
    "public_title": PUBLIC_TITLE,
    "public_summary": "Forty officers learn how to seize telephones.",
}


@pytest.fixture
def world(committed: None) -> Iterator[People]:
    """People of a programme that has public pages; everything is committed."""
    Programme.objects.filter(code="cybercrime").update(is_public=True)
    yield People()
    connections["public"].close()
    Programme.objects.filter(code="cybercrime").update(is_public=False)


def released(people: People, case: AssistanceRequest, **consent: Any) -> AssistanceRequest:
    """The request as its country lets it be read, and an officer released it."""
    author = {"KEN": people.kenya, "FJI": people.fiji}[case.country.iso3]
    return make.do(
        people.officer,
        make.do(author, case, "set_consent", **(consent or SUMMARY)),
        "release_text",
    )


def read(path: str = REGISTER, status: int = 200, client: Client | None = None) -> str:
    """The page as a stranger gets it."""
    answer = (client or Client()).get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return bytes(answer.content).decode()


def entry_path(language: str = "en") -> str:
    """The page of the only request in the register."""
    return f"/{language}/cybercrime/requests/{PublicRequest.objects.get().pk}/"
