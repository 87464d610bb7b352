"""Bodies that are too large: refused before anybody has looked into them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from config.body_limits import MOST_OF_STRANGERS, REFUSED
from tests.make import People

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


class Body(BytesIO):
    """Knows whether somebody has looked into it."""

    looked_into = False

    def read(self, *args: Any) -> bytes:
        """Nothing, for who announced more broke off."""
        self.looked_into = True
        return super().read(*args)


def send(client: Client, path: str, length: int, **more: Any) -> tuple[Any, bool]:
    """Announces a form of so many bytes.

    Returns the answer, and whether the body was looked into.
    """
    body = Body()
    about: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": body,
    }
    return client.generic("POST", path, **about, **more), body.looked_into


@pytest.mark.parametrize("length", [MOST_OF_STRANGERS + 1, 400 * MB])
@pytest.mark.parametrize("path", ["/accounts/login/", "/requests/new/", "/language/", "/nothing/"])
def test_a_strangers_large_body_is_refused_before_it_is_read(path: str, length: int) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    answer, looked_into = send(client, path, length)
    assert answer.status_code == 413 and not looked_into
    assert "This is too large to be sent." in answer.content.decode()
    assert "Sign in, then go back and send it again." in answer.content.decode()


def test_a_made_up_session_makes_nobody_known() -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    answer, looked_into = send(client, "/accounts/login/", MOST_OF_STRANGERS + 1)
    assert answer.status_code == 413 and not looked_into


def test_who_is_signed_in_sends_the_largest_file_and_its_fields(people: People) -> None:
    client = Client()
    client.force_login(people.kenya)
    answer, looked_into = send(client, "/requests/new/", 12 * MB)
    assert answer.status_code != 413 and looked_into
    answer, looked_into = send(client, "/requests/new/", 12 * MB + 1)
    assert answer.status_code == 413 and not looked_into
    assert "A file may have at most 10 MB." in answer.content.decode()


def test_the_limit_follows_that_of_attachments(people: People, settings: Any) -> None:
    settings.ATTACHMENT_MOST_BYTES = 3 * MB
    client = Client()
    client.force_login(people.kenya)
    answer, _looked_into = send(client, "/requests/new/", 5 * MB + 1)
    assert "at most 3 MB" in answer.content.decode()


def test_a_program_is_answered_with_a_problem_and_a_wrong_token_reads_nothing(
    people: People,
) -> None:
    for length, headers, status in (
        (MOST_OF_STRANGERS + 1, {}, 413),
        (MOST_OF_STRANGERS + 1, {"HTTP_AUTHORIZATION": "Token wrong"}, 401),
        (13 * MB, {"HTTP_AUTHORIZATION": "Token wrong"}, 413),
    ):
        answer, looked_into = send(Client(), "/api/v1/requests/", length, **headers)
        assert (
            not looked_into and answer.status_code == status and answer.json()["status"] == status
        )
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_the_web_server_did_not_read_is_refused_whatever_it_announces(people: People) -> None:
    client = Client()
    client.force_login(people.kenya)
    assert send(client, "/requests/new/", 0, **{REFUSED: True})[0].status_code == 413
