"""The security log: what whoever looks for break-ins reads, and what it must not hold."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core.management import call_command
from django.test import Client
from rest_framework.test import APIClient

from accounts.tokens.models import ApiToken
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


class Lines(logging.Handler):
    """Keeps what the log would write, through the formatter of the settings."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter(configured.LOGGING["formatters"]["json"]["format"]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One entry."""
        self.lines.append(self.format(record))

    def entries(self, event: str = "") -> list[dict[str, Any]]:
        """As objects, those of one event."""
        return [one for one in map(json.loads, self.lines) if event in ("", one["event"])]

    def events(self) -> list[str]:
        """Their kinds, in order."""
        return [one["event"] for one in self.entries()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The log while a test runs."""
    handler, log = Lines(), logging.getLogger("meridian.security")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


def sign_in(client: Client, email: str, password: str = make.PASSWORD) -> Any:
    """Through the page."""
    return client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR="203.0.113.7")


def test_signing_in_and_out_says_who_when_from_where_and_by_what(
    people: People, lines: Lines
) -> None:
    client = Client()
    sign_in(client, people.kenya.email)
    client.post("/accounts/logout/")
    step, entered, left = lines.entries()
    assert (step["event"], step["by"]) == ("sign_in_step", "password")
    assert (
        entered["event"] == "sign_in"
        and entered["user"] == people.kenya.pk
        and entered["from"] == "203.0.113.7"
    )
    assert (
        entered["address"] == LOGIN
        and entered["method"] == "POST"
        and entered["time"].endswith("+00:00")
    )
    assert left["event"] == "sign_out" and left["user"] == people.kenya.pk
    assert people.kenya.email not in str(lines.lines) and people.kenya.name not in str(lines.lines)


def test_failures_of_one_address_are_seen_to_be_the_same_without_address_or_password(
    people: People, lines: Lines
) -> None:
    for email, password in (
        (people.kenya.email, "not the password"),
        (people.kenya.email.upper(), "nor this one"),
        ("nobody@example.org", "x"),
    ):
        sign_in(Client(), email, password)
    first, second, third = lines.entries("sign_in_failed")
    assert lines.events() == ["sign_in_failed"] * 3 and first["user"] is None
    assert first["login"] == second["login"] != third["login"] and len(first["login"]) == 16
    assert "example.org" not in str(lines.lines).lower() and "not the password" not in str(
        lines.lines
    )


def test_who_meets_the_limit_of_sign_in_is_written_down(people: People, lines: Lines) -> None:
    for _attempt in range(12):
        sign_in(Client(), people.kenya.email, "wrong")
    assert (
        "sign_in_limited" in lines.events()
        and lines.entries("sign_in_limited")[0]["from"] == "203.0.113.7"
    )


def test_a_wrong_code_and_a_passkey_that_is_none_are_written_down(
    people: People, lines: Lines
) -> None:
    Authenticator.objects.create(
        user=people.officer, type="totp", data={"secret": get_adapter().encrypt("A" * 32)}
    )
    client = Client()
    sign_in(client, people.officer.email)
    assert lines.events() == ["way_in_added", "sign_in_step"]  # and not yet sign_in
    client.post("/accounts/2fa/authenticate/", {"code": "not six digits"})
    assert lines.entries("second_step_failed")[0]["user"] == people.officer.pk
    Client().post("/accounts/2fa/webauthn/login/", {"credential": "{}"})
    assert lines.events()[-1] == "sign_in_not_proven"


def test_a_second_step_taken_away_by_an_operator_and_a_new_password_are_written_down(
    people: People, lines: Lines
) -> None:
    Authenticator.objects.create(user=people.officer, type="totp", data={})
    call_command("reset_second_factor", people.officer.email)
    (gone,) = lines.entries("way_in_removed")
    assert gone["user"] == people.officer.pk and gone["by"] == "totp" and "address" not in gone
    client = Client()
    sign_in(client, people.kenya.email)
    new = "another long sentence 7"
    client.post(
        "/accounts/password/change/",
        {"oldpassword": make.PASSWORD, "password1": new, "password2": new},
    )
    assert lines.entries("password_changed")[0]["user"] == people.kenya.pk
    assert new not in str(lines.lines)


def test_refusals_by_role_by_row_and_of_forged_forms_name_the_person(
    people: People, lines: Lines
) -> None:
    client = Client()
    client.force_login(people.kenya)
    lines.lines.clear()
    assert client.get("/audit/").status_code == 403
    assert client.get("/requests/999999/?q=weak").status_code == 404
    refused, hidden = lines.entries()
    assert (refused["event"], refused["user"], refused["status"], refused["address"]) == (
        "refused",
        people.kenya.pk,
        403,
        "/audit/",
    )
    assert (hidden["event"], hidden["user"], hidden["address"]) == (
        "not_there",
        people.kenya.pk,
        "/requests/999999/",
    )
    assert "weak" not in str(lines.lines)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people.kenya)
    assert forged.post("/account/", {}).status_code == 403
    assert lines.entries("refused")[-1]["user"] == people.kenya.pk


def test_a_token_that_is_not_alive_and_one_that_may_only_read_are_written_down_without_it(
    people: People, lines: Lines
) -> None:
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION="Token mer_notalive")
    assert program.get("/api/v1/requests/").status_code == 401
    _token, key = ApiToken.issue(people.kenya)
    program.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    assert program.post("/api/v1/requests/", {}, format="json").status_code == 403
    assert lines.events() == ["token_refused", "refused"]
    assert "mer_" not in str(lines.lines)


def test_a_foreign_host_and_a_strangers_wrong_address(lines: Lines) -> None:
    assert Client().get("/accounts/login/", HTTP_HOST="evil.example").status_code == 400
    assert lines.events() == ["input_refused"]
    Client().get("/wp-login.php")
    assert len(lines.lines) == 1  # that one is the access log's


def test_a_visitor_cannot_write_a_line_of_their_own(people: People, lines: Lines) -> None:
    client = Client()
    client.force_login(people.kenya)
    lines.lines.clear()
    client.get('/requests/x%0a{"event": "sign_in"}%0d%e2%80%a8/', REMOTE_ADDR="203.0.113.7\n")
    (line,) = lines.lines
    assert line.isascii() and len(line.splitlines()) == 1
    assert lines.entries()[0]["event"] == "not_there"


def test_the_key_of_a_link_to_choose_a_password_is_left_out(people: People, lines: Lines) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post("/accounts/password/reset/key/1-abcdef-0123456789/", {"password1": "x"})
    assert lines.entries("refused")[0]["address"] == "/accounts/password/reset/key/1-…/"
    assert "abcdef" not in str(lines.lines)


def test_an_error_is_written_down_without_its_words(
    people: People, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the secret words of the error")

    monkeypatch.setattr("portal.account.views.AccountForm.__init__", fails)
    client = Client(raise_request_exception=False)
    client.force_login(people.kenya)
    lines.lines.clear()
    answer = client.get("/account/")
    assert answer.status_code == 500 and "secret words" not in answer.content.decode()
    assert lines.events() == ["error"] and "secret words" not in str(lines.lines)
