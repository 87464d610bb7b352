"""How sessions begin and end."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.session_limits import BEGAN, IDLE, LONGEST, SEEN
from tests import make
from tests.accounts.test_second_factor import code_of
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in(user: User) -> Client:
    """Through the page, with the password alone."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})
    return client


def aged(client: Client, **seconds: int) -> None:
    """Makes a session older: `began` and `seen`, so many seconds ago."""
    session: Any = client.session
    session.update({name: int(time.time()) - ago for name, ago in seconds.items()})
    session.save()


@pytest.mark.parametrize(
    ("ages", "status"),
    [
        ({BEGAN: LONGEST - 60, SEEN: IDLE - 60}, 200),
        ({BEGAN: LONGEST + 60, SEEN: 0}, 302),
        ({BEGAN: IDLE + 60, SEEN: IDLE + 60}, 302),
    ],
)
def test_a_session_ends_after_half_a_day_and_after_hours_of_rest(
    people: People, ages: dict[str, int], status: int
) -> None:
    client = signed_in(people.kenya)
    aged(client, **ages)
    key = client.session.session_key
    assert client.get("/requests/").status_code == status
    assert client.session.exists(str(key)) == (status == 200)


def test_the_last_request_is_noted_so_that_work_goes_on(people: People) -> None:
    client = signed_in(people.kenya)
    aged(client, **{SEEN: IDLE - 60})
    client.get("/requests/")
    assert time.time() - client.session[SEEN] < 60


def test_signing_in_makes_a_new_session_and_signing_out_ends_it_for_who_kept_the_cookie(
    people: People,
) -> None:
    client = Client()
    client.post("/language/", {"language": "fr"})
    client.get("/accounts/login/")
    before = client.session.session_key
    client.post("/accounts/login/", {"login": people.kenya.email, "password": make.PASSWORD})
    kept = client.cookies["sessionid"].value
    assert kept and kept != before
    copy = Client()
    copy.cookies["sessionid"] = kept
    assert copy.get("/requests/").status_code == 200
    assert client.get("/accounts/logout/").status_code == 200  # asks; a link alone signs nobody out
    assert client.get("/requests/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/requests/").status_code == copy.get("/requests/").status_code == 302


def test_who_proves_again_who_they_are_goes_on_under_a_new_key_and_is_listed_once(
    people: People,
) -> None:
    client = signed_in(people.kenya)
    copy = Client()
    copy.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    assert client.get("/requests/").status_code == 200 and copy.get("/requests/").status_code == 302
    (listed,) = UserSession.objects.filter(user=people.kenya)
    assert listed.session_key == client.cookies["sessionid"].value


def test_every_page_has_the_way_to_sign_out(people: People) -> None:
    for person, path in (
        (people.kenya, "/"),
        (people.officer, "/reports/"),
        (people.administrator, "/countries/"),
    ):
        page = signed_in(person).get(path).content.decode()
        assert 'action="/accounts/logout/"' in page
    assert (
        'action="/admin/logout/"' in signed_in(people.administrator).get("/admin/").content.decode()
    )


def test_an_administrator_ends_somebodys_sessions(people: People) -> None:
    here, there, other, administrator = (
        signed_in(people.kenya),
        signed_in(people.kenya),
        signed_in(people.fiji),
        signed_in(people.administrator),
    )
    sent = {"action": "end_sessions", "_selected_action": [people.kenya.pk]}
    assert administrator.post("/admin/accounts/user/", sent).status_code == 302
    assert here.get("/requests/").status_code == there.get("/requests/").status_code == 302
    assert other.get("/requests/").status_code == 200


def test_other_sessions_are_ended_only_after_the_password_once_more(people: People) -> None:
    here, there = signed_in(people.kenya), signed_in(people.kenya)
    assert here.get("/accounts/sessions/").status_code == 200
    assert (
        here.post("/accounts/sessions/").headers["Location"].startswith("/accounts/reauthenticate/")
    )
    assert there.get("/requests/").status_code == 200


def test_a_code_of_the_app_works_once(people: People) -> None:
    TOTP.activate(people.kenya, SECRET)
    cache.clear()
    first, second = signed_in(people.kenya), signed_in(people.kenya)
    code = code_of(SECRET)
    for client in (first, second):
        client.post("/accounts/2fa/authenticate/", {"code": code})
    assert (
        first.get("/requests/").status_code == 200 and second.get("/requests/").status_code == 302
    )


def test_a_new_password_does_not_pass_by_the_second_step(people: People) -> None:
    TOTP.activate(people.kenya, SECRET)
    client = Client()
    client.post("/accounts/password/reset/", {"email": people.kenya.email})
    link = next(word for word in str(mail.outbox[-1].body).split() if word.startswith("http"))
    page = client.get(link, follow=True)
    client.post(
        page.redirect_chain[-1][0],
        {"password1": "a long and lonely road", "password2": "a long and lonely road"},
    )
    assert client.get("/requests/").status_code == 302
    answer = client.post(
        "/accounts/login/", {"login": people.kenya.email, "password": "a long and lonely road"}
    )
    assert (
        answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
        and client.get("/requests/").status_code == 302
    )
    assert Authenticator.objects.filter(user=people.kenya).exists()
