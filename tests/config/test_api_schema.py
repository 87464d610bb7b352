"""The schema of the API is described once, whoever asks for it and however often."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from config import api_schema
from tests.make import People

pytestmark = pytest.mark.django_db
PATH = "/api/v1/schema/"


@pytest.fixture(autouse=True)
def empty_memory() -> Iterator[None]:
    """No test finds what another has had described."""
    api_schema._kept.clear()
    yield
    api_schema._kept.clear()


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Has an entry for each time that the schema is described."""
    times: list[int] = []
    real: Any = SchemaGenerator.get_schema

    def counted(*args: Any, **more: Any) -> Any:
        times.append(1)
        return real(*args, **more)

    monkeypatch.setattr(SchemaGenerator, "get_schema", counted)
    return times


def test_it_is_described_once_for_all_readers(people: People, described: list[int]) -> None:
    stranger = Client().get(PATH)
    assert stranger.status_code == 200 and stranger.content.startswith(b"openapi: 3.1.0")
    assert stranger["Content-Type"].startswith("application/vnd.oai.openapi")
    officer = Client()
    officer.force_login(people.officer)
    for client in (Client(), officer, Client(headers={"host": "localhost"})):
        assert client.get(PATH).content == stranger.content
    assert len(described) == 1


def test_languages_and_forms_are_kept_apart_and_what_is_none_makes_no_other(
    described: list[int],
) -> None:
    found = {Client().get(PATH, {"lang": code}).content for code, _name in settings.LANGUAGES}
    assert len(found) == len(described) == len(settings.LANGUAGES)
    json = Client().get(PATH, {"lang": "fr", "format": "json"})
    assert json["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert json.json()["paths"]
    assert Client().get(PATH, headers={"accept-language": "fr"}).content in found
    before = len(described)
    for query in ({"lang": "xx"}, {"version": "2"}, {"version": "x", "lang": "de"}, {"a": "b"}):
        assert Client().get(PATH, query).content in found
    assert len(described) == before


def test_who_asks_while_it_is_being_described_for_many_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _each in range(api_schema.MOST_WAITING):
        api_schema._waiting.acquire()
    try:
        answer = Client().get(PATH)
    finally:
        for _each in range(api_schema.MOST_WAITING):
            api_schema._waiting.release()
    assert answer.status_code == 503 and answer["Retry-After"] == "2"
    assert Client().get(PATH).status_code == 200


def test_many_at_once_have_it_described_once(described: list[int]) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _each: Client().get(PATH).status_code, range(24)))
    assert set(answers) <= {200, 503} and 200 in answers and len(described) == 1
