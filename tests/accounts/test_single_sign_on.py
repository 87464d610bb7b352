"""Single sign-on through a real little provider: who gets in, who does not, and what is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests import make
from tests.accounts.provider import CLIENT, SECRET, OpenIdProvider
from tests.accounts.test_second_factor import code_of, set_up, signed_in
from tests.config.test_settings import SETUP, start
from tests.make import People

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/sso/login/"


@pytest.fixture
def provider(settings: Any) -> Iterator[OpenIdProvider]:
    """Running, and set as ours."""
    running = OpenIdProvider()
    app = {
        "provider_id": "sso",
        "name": "Ministry",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": running.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    }
    yield running
    running.stop()


def go(client: Client, **form: str) -> str:
    """Presses the button, goes to the provider and comes back as far as its redirect; the address
    of our callback."""
    page = client.post(LOGIN, form)
    assert page.status_code == 200
    address = page.headers["Refresh"].removeprefix("0;url=")
    sent = requests.get(address, allow_redirects=False, timeout=5)
    return sent.headers["Location"].removeprefix("http://testserver")


def come(client: Client, **form: str) -> Any:
    """The whole way; the answer of our callback."""
    return client.get(go(client, **form))


def vouch(
    provider: OpenIdProvider, email: str, sub: str = "subject-1", verified: Any = True
) -> None:
    """The provider's word about who is at its door."""
    provider.claims = {
        "sub": sub,
        "email": email,
        "email_verified": verified,
        "name": "Somebody Else",
    }


def is_in(client: Client) -> bool:
    """Whether pages open."""
    return client.get("/requests/").status_code == 200


def turned_away(answer: Any, client: Client) -> bool:
    """Refused with a sentence, not signed in, nothing kept."""
    kept = (
        SocialAccount.objects.exists()
        or SocialToken.objects.exists()
        or EmailAddress.objects.exists()
    )
    return (
        answer.status_code == 403
        and "administrator" in answer.content.decode()
        and not is_in(client)
        and not kept
    )


def test_a_known_person_gets_in_and_is_linked_by_subject_without_a_token_or_a_profile_kept(
    provider: OpenIdProvider, people: People
) -> None:
    password = people.kenya.password
    vouch(provider, people.kenya.email.upper())
    client = Client()
    assert "Sign in with Ministry" in client.get("/accounts/login/").content.decode()
    answer = come(client, next="/countries/")
    assert answer.headers["Location"] == "/countries/" and is_in(client)
    (linked,) = SocialAccount.objects.all()
    assert linked.user == people.kenya and linked.extra_data == {"issuer": provider.issuer}
    assert not SocialToken.objects.exists() and not EmailAddress.objects.exists()
    people.kenya.refresh_from_db()
    assert people.kenya.password == password and people.kenya.name != "Somebody Else"


def test_nobody_registers(provider: OpenIdProvider, people: People) -> None:
    count = User.objects.count()
    vouch(provider, "stranger@example.org")
    client = Client()
    assert turned_away(come(client), client) and User.objects.count() == count


@pytest.mark.parametrize("verified", [False, None, "false", 0, 1, "yes"])
def test_an_address_that_is_not_verified_signs_in_as_nobody(
    provider: OpenIdProvider, people: People, verified: Any
) -> None:
    vouch(provider, people.kenya.email, verified=verified)
    client = Client()
    assert turned_away(come(client), client)


def test_no_word_on_verification_or_no_address_at_all_signs_in_as_nobody(
    provider: OpenIdProvider, people: People
) -> None:
    for claims in ({"sub": "s", "email": people.kenya.email}, {"sub": "s", "email_verified": True}):
        provider.claims = claims
        client = Client()
        assert turned_away(come(client), client)


def test_the_verification_of_one_address_does_not_count_for_another(
    provider: OpenIdProvider, people: People
) -> None:
    provider.claims = {"sub": "s", "email": people.kenya.email}
    provider.id_claims = {"email": "stranger@example.org", "email_verified": True}
    client = Client()
    assert turned_away(come(client), client)


def test_whoever_is_deactivated_stays_out_before_and_after_being_linked(
    provider: OpenIdProvider, people: People
) -> None:
    User.objects.filter(pk=people.kenya.pk).update(is_active=False)
    vouch(provider, people.kenya.email)
    client = Client()
    assert turned_away(come(client), client)
    User.objects.filter(pk=people.kenya.pk).update(is_active=True)
    assert come(client).status_code == 302 and is_in(client)
    User.objects.filter(pk=people.kenya.pk).update(is_active=False)
    again = Client()
    assert come(again).status_code == 403 and not is_in(again)


def test_a_subject_stays_with_its_person_whatever_address_it_bears_later(
    provider: OpenIdProvider, people: People
) -> None:
    vouch(provider, people.kenya.email)
    come(Client())
    for later in ("moved@example.org", people.manager.email):
        vouch(provider, later)
        client = Client()
        come(client)
        assert client.get("/account/").context["user"] == people.kenya
    assert SocialAccount.objects.count() == 1


def test_whoever_gets_a_colleagues_former_address_at_the_provider_does_not_get_their_account(
    provider: OpenIdProvider, people: People
) -> None:
    vouch(provider, people.kenya.email, sub="subject-1")
    come(Client())
    vouch(provider, people.kenya.email, sub="subject-2")
    client = Client()
    assert come(client).status_code == 403 and not is_in(client)
    assert SocialAccount.objects.count() == 1
    call_command("unlink_sign_on", people.kenya.email)
    come(client)
    assert is_in(client)


def test_the_second_step_is_asked_here_unless_the_provider_answers_for_it(
    provider: OpenIdProvider, people: People, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    vouch(provider, people.officer.email)
    client = Client()
    come(client)
    assert client.get("/requests/").headers["Location"] == "/accounts/2fa/"
    settings.OIDC_SECOND_FACTOR = "provider"
    client = Client()
    come(client)
    assert is_in(client)
    settings.OIDC_SECOND_FACTOR = "here"
    secret = set_up(signed_in(people.officer))
    client = Client()
    assert come(client).headers["Location"].startswith("/accounts/2fa/authenticate/") and not is_in(
        client
    )
    cache.clear()  # a code is not taken twice within its half minute
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(client)
    settings.OIDC_SECOND_FACTOR = "provider"
    client = Client()
    come(client)
    assert is_in(client)
    by_password = Client()
    answer = by_password.post(
        "/accounts/login/", {"login": people.officer.email, "password": make.PASSWORD}
    )
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/") and not is_in(
        by_password
    )


def test_a_state_that_is_not_ours_or_was_used_gets_nobody_in(
    provider: OpenIdProvider, people: People
) -> None:
    vouch(provider, people.kenya.email)
    client = Client()
    for callback in (go(client) + "x", go(client).partition("&state=")[0], go(Client())):
        assert client.get(callback).status_code == 401 and not is_in(client)
    callback = go(client)
    assert client.get(callback).status_code == 302
    client.logout()
    assert client.get(callback).status_code == 401 and not is_in(client)


def test_a_code_does_not_work_without_the_proof_that_its_asker_keeps(
    provider: OpenIdProvider, people: People
) -> None:
    vouch(provider, people.kenya.email)
    stolen, thief = go(Client()), Client()
    code = stolen.partition("code=")[2].partition("&")[0]
    own = go(thief)
    forged = own.replace(own.partition("code=")[2].partition("&")[0], code)
    assert thief.get(forged).status_code == 401 and not is_in(thief)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"exp": time.time() - 3600},
        {"sub": "another"},
        {"exp": None},
    ],
    ids=["issuer", "audience", "expired", "userinfo of another", "no end"],
)
def test_a_token_that_is_not_for_us_now_gets_nobody_in(
    provider: OpenIdProvider, people: People, changed: dict[str, Any]
) -> None:
    vouch(provider, people.kenya.email)
    provider.id_claims = changed
    client = Client()
    assert (
        come(client).status_code == 401 and not is_in(client) and not SocialAccount.objects.exists()
    )


def test_a_token_signed_by_another_key_or_a_provider_under_another_name_gets_nobody_in(
    provider: OpenIdProvider, people: People
) -> None:
    vouch(provider, people.kenya.email)
    provider.named = "http://other.example"
    client = Client()
    assert come(client).status_code == 401 and not is_in(client)
    provider.named, provider.key = (
        "",
        rsa.generate_private_key(public_exponent=65537, key_size=2048),
    )
    assert come(client).status_code == 401 and not is_in(client)


def test_a_provider_that_does_not_answer_or_talks_nonsense_is_a_page_with_a_sentence(
    provider: OpenIdProvider, people: People
) -> None:
    provider.claims = {"email": people.kenya.email, "email_verified": True}  # no subject
    assert come(Client()).status_code == 401
    vouch(provider, people.kenya.email)
    client = Client()
    callback = go(client)
    provider.stop()
    assert client.get(callback).status_code == 401
    answer = client.post(LOGIN)
    assert answer.status_code == 401 and "no answer" in answer.content.decode()


@pytest.mark.parametrize(
    "place", ["/.well-known/openid-configuration", "/token", "/keys", "/userinfo"]
)
def test_a_provider_that_sends_us_elsewhere_is_not_followed(
    provider: OpenIdProvider, people: People, place: str
) -> None:
    vouch(provider, people.kenya.email)
    client = Client()
    callback = go(client)
    elsewhere = OpenIdProvider()
    provider.elsewhere = {place: elsewhere.issuer + place}
    assert client.get(callback).status_code == 401 and not is_in(client)
    elsewhere.stop()
    assert elsewhere.asked == []


def test_looking_at_the_address_starts_nothing_and_without_a_provider_there_is_none(
    provider: OpenIdProvider, settings: Any
) -> None:
    client = Client(enforce_csrf_checks=True)
    assert (
        client.get(LOGIN).status_code == 200
        and client.head(LOGIN).status_code == 405
        and client.post(LOGIN).status_code == 403
    )
    assert provider.asked == []
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert client.get(LOGIN).status_code == 404 and Client().post(LOGIN).status_code == 404
    assert client.get("/accounts/oidc/sso/login/callback/").status_code == 404
    assert "/accounts/oidc/" not in client.get("/accounts/login/").content.decode()


def test_a_row_in_the_database_makes_no_provider(provider: OpenIdProvider, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    SocialApp.objects.create(
        provider="openid_connect",
        provider_id="sso",
        name="Evil",
        client_id="x",
        secret="y",
        settings={"server_url": provider.issuer},
    )
    assert Client().post(LOGIN).status_code == 404


def test_a_strangers_link_cannot_widen_what_is_asked_of_the_provider(
    provider: OpenIdProvider,
) -> None:
    page = Client().post(f"{LOGIN}?scope=everything&auth_params=prompt%3Dnone")
    assert "everything" not in page.headers["Refresh"] and "prompt" not in page.headers["Refresh"]
    assert "code_challenge_method=S256" in page.headers["Refresh"]


def test_going_on_leads_to_no_foreign_page(provider: OpenIdProvider, people: People) -> None:
    vouch(provider, people.kenya.email)
    answer = come(Client(), next="https://evil.example/")
    assert urlsplit(answer.headers["Location"]).netloc == ""


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_nobody_connects_an_account_to_themselves(
    provider: OpenIdProvider, people: People, process: str
) -> None:
    vouch(provider, people.kenya.email)
    client = signed_in(people.fiji)
    assert come(client, process=process).status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "email/"])
def test_pages_to_register_connect_or_change_addresses_are_closed(
    provider: OpenIdProvider, people: People, path: str
) -> None:
    for client in (Client(), signed_in(people.kenya), signed_in(people.administrator)):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert (
            client.post(
                f"/accounts/{path}", {"email": "x@example.org", "action_add": "", "account": "1"}
            ).status_code
            == 404
        )


def test_the_librarys_other_pages_let_nobody_in(provider: OpenIdProvider, people: People) -> None:
    client = Client()
    assert client.get("/accounts/3rdparty/login/cancelled/").status_code == 200
    assert client.get("/accounts/3rdparty/login/error/").status_code == 302
    for path in ("social/signup/", "social/connections/"):
        assert client.get(f"/accounts/{path}").headers["Location"].startswith("/accounts/login/")
        assert signed_in(people.kenya).get(f"/accounts/{path}", follow=True).status_code == 404
    client.post(
        "/accounts/signup/", {"email": "x@example.org", "password1": "a-long-enough-phrase"}
    )
    assert not User.objects.filter(email="x@example.org").exists() and not is_in(client)


WHOLE = {
    "OIDC_ISSUER": "https://login.example.org",
    "OIDC_CLIENT_ID": "meridian",
    "OIDC_CLIENT_SECRET": SECRET,
    "OIDC_NAME": "Ministry",
}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"OIDC_CLIENT_SECRET": "", "OIDC_NAME": ""},
            "Single sign-on is only half set: OIDC_CLIENT_SECRET, OIDC_NAME missing.",
        ),
        ({"OIDC_ISSUER": ""}, "Single sign-on is only half set: OIDC_ISSUER missing."),
        (
            {"OIDC_ISSUER": "login.example.org"},
            "OIDC_ISSUER is “login.example.org”; write the provider's address",
        ),
        (
            {"OIDC_ISSUER": "http://login.example.org"},
            "OIDC_ISSUER begins with http://; single sign-on needs https://.",
        ),
        (
            {"OIDC_CLIENT_SECRET": "short"},
            "OIDC_CLIENT_SECRET is a sample or shorter than 20 characters",
        ),
        (
            {"OIDC_CLIENT_SECRET": "change-me-change-me-change-me"},
            "OIDC_CLIENT_SECRET is a sample or shorter than 20 characters",
        ),
        (
            {"OIDC_SECOND_FACTOR": "nowhere"},
            "OIDC_SECOND_FACTOR is “nowhere”; write here or provider.",
        ),
    ],
)
def test_production_does_not_start_with_half_or_unsafe_settings(
    tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    refused = start(tmp_path, **WHOLE | changed)
    assert refused.returncode != 0 and sentence in refused.stderr.strip().splitlines()[-1]


def test_production_starts_with_the_whole_and_takes_the_address_of_the_discovery_too(
    tmp_path: Path,
) -> None:
    show = (
        f"{SETUP}; from django.conf import settings;"
        " print(settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['settings'])"
    )
    shown = start(
        tmp_path,
        "-c",
        show,
        **WHOLE | {"OIDC_ISSUER": "https://login.example.org/.well-known/openid-configuration"},
    )
    assert shown.stdout.strip() == "{'server_url': 'https://login.example.org'}", shown.stderr
