"""Tokens: how programs sign in to the API."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.tokens.models import ApiToken
from assistance.requests.models import AssistanceRequest
from files.models import attach_file
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
REQUESTS = "/api/v1/requests/"


def key_of(email: str, *options: str) -> str:
    """What `create_token` prints."""
    out = io.StringIO()
    call_command("create_token", email, *options, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


def client(key: str, word: str = "Token") -> APIClient:
    """A program with a key."""
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"{word} {key}")
    return program


def test_a_token_is_printed_once_and_only_its_digest_is_kept(people: People) -> None:
    key = key_of(people.kenya.email.upper())
    token = ApiToken.objects.get()
    assert key.startswith("mer_") and token.user == people.kenya and not token.may_write
    assert key not in str(list(ApiToken.objects.values()))
    assert (
        client(key).get(REQUESTS).status_code
        == client(key, "Bearer").get(REQUESTS).status_code
        == 200
    )
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_a_token_that_may_only_read_changes_nothing(people: People) -> None:
    refused: Any = client(key_of(people.kenya.email)).post(REQUESTS, {"title": "x"}, format="json")
    assert refused.status_code == 403 and "may only read" in refused.json()["detail"]
    assert AssistanceRequest.objects.count() == 0
    made: Any = client(key_of(people.kenya.email, "--write")).post(
        REQUESTS, {"title": "x"}, format="json"
    )
    assert made.status_code == 201 and made.json()["author"]["name"] == people.kenya.name


def test_a_token_that_is_unknown_ended_expired_or_of_somebody_who_left_is_refused(
    people: People,
) -> None:
    key = key_of(people.kenya.email)
    assert client("mer_unknown").get(REQUESTS).status_code == 401
    assert client(f"{key} more").get(REQUESTS).status_code == 401
    for change in (
        {"ended_at": timezone.now()},
        {"ended_at": None, "expires_at": timezone.now() - timedelta(seconds=1)},
    ):
        ApiToken.objects.update(**change)
        answer: Any = client(key).get(REQUESTS)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Token"
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert client(key).get(REQUESTS).status_code == 200
    people.kenya.is_active = False
    people.kenya.save()
    assert client(key).get(REQUESTS).status_code == 401


def test_an_address_that_nobody_signs_in_with_is_answered_with_a_sentence(people: People) -> None:
    with pytest.raises(CommandError, match="Nobody signs in with “nobody@example"):
        key_of("nobody@example.org")
    people.kenya.is_active = False
    people.kenya.save()
    with pytest.raises(CommandError, match="may not sign in"):
        key_of(people.kenya.email)


def test_a_program_downloads_with_its_token_what_its_person_may_see(people: People) -> None:
    browser = Client()
    attachment = attach_file("request", make.submitted(people.kenya).pk, make.pdf(), people.kenya)
    _token, key = ApiToken.issue(people.kenya)
    _other, foreign = ApiToken.issue(people.fiji)
    path = attachment.get_absolute_url()
    assert browser.get(path, HTTP_AUTHORIZATION=f"Token {key}").status_code == 200
    assert browser.get(path, HTTP_AUTHORIZATION=f"Token {foreign}").status_code == 404
    assert browser.get(path, HTTP_AUTHORIZATION="Token mer_wrong").status_code == 401
    assert browser.get(path).status_code == 302


def test_who_calls_too_often_is_asked_to_wait_and_others_are_not(
    people: People, settings: Any
) -> None:
    settings.CALLS_PER_MINUTE = 60
    program, page, other = client(key_of(people.kenya.email)), Client(), Client()
    page.force_login(people.kenya)
    other.force_login(people.fiji)
    # at most one new minute begins meanwhile
    answers = [program.get(REQUESTS) for _n in range(120)] + [page.get("/requests/")]
    assert {a.status_code for a in answers} <= {200, 429}
    held = [a for a in answers if a.status_code == 429]
    assert held and all(1 <= int(a["Retry-After"]) <= 60 for a in held)
    assert other.get("/requests/").status_code == 200 and other.get(REQUESTS).status_code == 200


def test_files_that_a_program_fetches_count_with_its_other_calls(
    people: People, settings: Any
) -> None:
    settings.CALLS_PER_MINUTE = 60
    address = attach_file(
        "request", make.submitted(people.kenya).pk, make.pdf(), people.kenya
    ).get_absolute_url()
    program, other = client(key_of(people.kenya.email)), client(key_of(people.officer.email))
    answers: list[Any] = [program.get(path) for _n in range(60) for path in (REQUESTS, address)]
    answers.append(program.get(address))  # at most one new minute begins meanwhile
    held = [a for a in answers if a.status_code == 429]
    assert {a.status_code for a in answers} == {200, 429} and all(
        1 <= int(a["Retry-After"]) <= 60 for a in held
    )
    assert other.get(address).status_code == 200


def test_a_token_that_may_only_read_sends_nothing_to_the_address_of_a_file(people: People) -> None:
    address = attach_file(
        "request", make.submitted(people.kenya).pk, make.pdf(), people.kenya
    ).get_absolute_url()
    answer: Any = Client(HTTP_AUTHORIZATION=f"Token {key_of(people.kenya.email)}").post(address)
    assert answer.status_code == 403 and "may only read" in answer.content.decode()


def test_a_page_asked_for_too_often_says_so_and_changes_nothing(
    people: People, settings: Any
) -> None:
    settings.CALLS_PER_MINUTE = 0
    page = Client()
    page.force_login(people.kenya)
    answer = page.post("/requests/new/", {"title": "Training"})
    assert (
        answer.status_code == 429
        and "Too many pages" in answer.content.decode()
        and not AssistanceRequest.objects.exists()
    )


@pytest.mark.parametrize(
    ("body", "about"),
    [('{"title": "a", "title": "b"}', "title"), ('{"estimate": NaN}', "NaN"), ('{"title": ', "")],
)
def test_json_that_can_be_read_in_two_ways_or_in_none_is_refused(
    people: People, body: str, about: str
) -> None:
    answer = client(key_of(people.kenya.email, "--write")).post(
        REQUESTS, body, content_type="application/json"
    )
    assert answer.status_code == 400 and about in answer.json()["detail"]
