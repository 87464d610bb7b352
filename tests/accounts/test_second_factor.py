"""The second step of signing in."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


HALF_A_MINUTE = 30  # seconds for which a code is good


def code_of(secret: str) -> str:
    """What an authenticator app shows now, and for two seconds more at least: it is looked at anew
    where its half minute is about to end."""
    left = HALF_A_MINUTE - time.time() % HALF_A_MINUTE
    if left < 2:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def signed_in(user: User) -> Client:
    """Through the page, with the password alone."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})
    return client


def set_up(client: Client) -> str:
    """Sets up an app and returns its secret."""
    asked = client.get("/accounts/2fa/totp/activate/")
    # the password once more, before anything that guards the account changes
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    client.post(asked.headers["Location"], {"password": make.PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = str(re.search(r'value="([A-Z2-7]{16,})"', page.content.decode()).group(1))  # type: ignore[union-attr]
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return secret


def test_who_set_it_up_is_asked_for_the_code_and_the_password_alone_does_not_do(
    people: People,
) -> None:
    secret = set_up(signed_in(people.officer))
    assert Authenticator.objects.filter(user=people.officer, type="totp").exists()
    again: Any = Client()
    answer = again.post(
        "/accounts/login/", {"login": people.officer.email, "password": make.PASSWORD}
    )
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert again.get("/requests/").status_code == 302
    assert "Location" not in again.post("/accounts/2fa/authenticate/", {"code": "000000"}).headers
    from django.core.cache import cache

    cache.clear()  # the code just used to set it up is not taken twice within its half minute
    again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert again.get("/requests/").status_code == 200


def test_the_code_that_set_up_the_app_opens_no_sign_in(people: People) -> None:
    client = signed_in(people.officer)
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = str(re.search(r'value="([A-Z2-7]{16,})"', page).group(1))  # type: ignore[union-attr]
    code = code_of(secret)
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    again = signed_in(people.officer)
    for spelt in (code, f"{code[:3]} {code[3:]}"):
        assert again.post("/accounts/2fa/authenticate/", {"code": spelt}).status_code == 200
    assert again.get("/requests/").status_code == 302


def test_the_secret_lies_encrypted(people: People) -> None:
    secret = set_up(signed_in(people.officer))
    stored = Authenticator.objects.get(user=people.officer, type="totp").data
    assert secret not in str(stored)


def test_staff_without_it_get_no_further_where_it_is_required_and_countries_do(
    people: People, settings: Any
) -> None:
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
    here.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    here.post("/accounts/sessions/")
    assert there.get("/requests/").status_code == 302
    assert here.get("/requests/").status_code == 200


def test_a_passkey_counts_and_recovery_codes_alone_do_not(people: People, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    officer = signed_in(people.officer)
    Authenticator.objects.create(user=people.officer, type="recovery_codes", data={})
    assert officer.get("/requests/").status_code == 302
    Authenticator.objects.create(user=people.officer, type="webauthn", data={})
    assert officer.get("/requests/").status_code == 200


def test_who_removes_the_last_one_is_asked_again_in_the_same_session(
    people: People, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    officer = signed_in(people.officer)
    set_up(officer)
    assert officer.get("/requests/").status_code == 200
    officer.post("/accounts/2fa/totp/deactivate/")
    assert officer.get("/requests/").headers["Location"] == "/accounts/2fa/"


def test_the_page_of_the_second_step_offers_both_ways_and_says_which_works_without_scripts(
    people: People,
) -> None:
    page = signed_in(people.kenya).get("/accounts/2fa/").content.decode()
    assert (
        "/accounts/2fa/webauthn/add/" in page
        and "/accounts/2fa/totp/activate/" in page
        and "works without JavaScript" in page
    )


def test_pages_with_passkeys_run_nothing_inline(people: People) -> None:
    client = signed_in(people.kenya)
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    for page in (Client().get("/accounts/login/"), client.get("/accounts/2fa/webauthn/add/")):
        scripts = re.findall(r"<script([^>]*)>", page.content.decode())
        assert page.status_code == 200 and scripts
        assert all("src=" in one or 'type="application/json"' in one for one in scripts)
        assert "unsafe" not in page.headers["Content-Security-Policy"]


NONSENSE = [
    *("", "no json", "{}", "[]", "null", "1", '{"id": "x"}', '{"response": {"userHandle": "MQ"}}'),
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
    (
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "eA",'
        ' "authenticatorData": "eA", "signature": "eA"}}'
    ),
    (
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30",'
        ' "attestationObject": "oA"}, "clientExtensionResults": 1}'
    ),
]


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_in_the_place_of_a_new_passkey_adds_none(people: People, credential: str) -> None:
    client = signed_in(people.kenya)
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    client.get("/accounts/2fa/webauthn/add/")
    page = client.post("/accounts/2fa/webauthn/add/", {"name": "Mine", "credential": credential})
    assert page.status_code == 200 and 'value="Mine"' in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_in_the_place_of_a_passkey_lets_nobody_in(people: People, credential: str) -> None:
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert (
        client.post("/accounts/2fa/webauthn/login/", {"credential": credential}).status_code == 302
    )
    assert client.get("/requests/").status_code == 302


def test_a_passkey_of_somebody_else_is_not_there(people: People) -> None:
    theirs = Authenticator.objects.create(
        user=people.fiji, type="webauthn", data={"name": "Fiji's"}
    )
    client = signed_in(people.kenya)
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    for what in ("edit", "remove"):
        assert client.get(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{what}/").status_code == 404
        assert (
            client.post(
                f"/accounts/2fa/webauthn/keys/{theirs.pk}/{what}/", {"name": "Mine"}
            ).status_code
            == 404
        )
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Fiji's"


def test_nobody_registers_with_a_passkey() -> None:
    for path in ("/accounts/signup/passkey/", "/accounts/2fa/webauthn/signup/"):
        client = Client()
        client.raise_request_exception = False
        assert client.get(path, follow=True).redirect_chain[-1:] in (
            [],
            [(f"/accounts/login/?next={path}", 302)],
        )


def test_an_operator_resets_the_second_step_of_who_has_lost_everything(people: People) -> None:
    client = signed_in(people.officer)
    set_up(client)
    assert client.get("/requests/").status_code == 200
    call_command("reset_second_factor", people.officer.email.upper())
    assert not Authenticator.objects.filter(user=people.officer).exists()
    assert client.get("/requests/").status_code == 302
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("reset_second_factor", "nobody@example.org")
