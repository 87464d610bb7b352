"""The second step of signing in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from accounts.models import User
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def signed_in(user: User) -> Client:
    """Through the page, with the password alone."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})
    return client


def set_up(client: Client) -> str:
    """Sets up an app and returns its secret."""
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.headers["Location"].startswith(
        "/accounts/reauthenticate/"
    )  # the password once more, before anything that guards the account changes
    client.post(asked.headers["Location"], {"password": make.PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = str(re.search(r'value="([A-Z2-7]{16,})"', page.content.decode()).group(1))  # type: ignore[union-attr]
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return secret


def test_who_set_it_up_is_asked_for_the_code_and_the_password_alone_does_not_do(people: People) -> None:
    secret = set_up(signed_in(people.officer))
    assert Authenticator.objects.filter(user=people.officer, type="totp").exists()
    again: Any = Client()
    answer = again.post("/accounts/login/", {"login": people.officer.email, "password": make.PASSWORD})
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert again.get("/requests/").status_code == 302
    assert "Location" not in again.post("/accounts/2fa/authenticate/", {"code": "000000"}).headers
    from django.core.cache import cache

    cache.clear()  # the code just used to set it up is not taken twice within its half minute
    again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert again.get("/requests/").status_code == 200


def test_the_secret_lies_encrypted(people: People) -> None:
    secret = set_up(signed_in(people.officer))
    stored = Authenticator.objects.get(user=people.officer, type="totp").data
    assert secret not in str(stored)


def test_staff_without_it_get_no_further_where_it_is_required_and_countries_do(people: People, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    for person in (people.officer, people.manager, people.administrator):
        client = signed_in(person)
        assert client.get("/countries/").headers["Location"] == "/accounts/2fa/"
        assert client.get("/api/v1/countries/").status_code == 403
    assert signed_in(people.kenya).get("/requests/").status_code == 200
    officer = signed_in(people.officer)
    set_up(officer)
    assert officer.get("/requests/").status_code == 200


def test_people_see_and_end_their_sessions(people: People) -> None:
    here, there = signed_in(people.kenya), signed_in(people.kenya)
    assert there.get("/requests/").status_code == 200
    assert here.get("/accounts/sessions/").status_code == 200
    here.post("/accounts/sessions/")
    assert there.get("/requests/").status_code == 302
    assert here.get("/requests/").status_code == 200
