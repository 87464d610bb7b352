"""Nobody registers alone; who is invited chooses a password and signs in."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.invitations import path_of
from accounts.models import User
from notifications.models import Notification
from notifications.tasks import send_notifications
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
NEW = {
    "email": "New.Officer@example.org",
    "name": "New Officer",
    "role": "officer",
    "language": "fr",
    "time_zone": "Europe/Vienna",
}


def test_who_is_made_by_the_administrator_is_invited_chooses_a_password_and_signs_in(
    people: People,
) -> None:
    administrator = Client()
    administrator.force_login(people.administrator)
    assert administrator.post("/admin/accounts/user/add/", NEW).status_code == 302
    user = User.objects.get(email="new.officer@example.org")
    row = Notification.objects.get(user=user)
    assert "/accounts/password/reset/key/" not in row.body + row.path  # the link stands in no row
    assert send_notifications() >= 1
    sent = next(m for m in mail.outbox if m.to == [user.email])
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(sent.body))
    assert link is not None
    person = Client()
    form = person.get(link.group(1), follow=True)
    chosen = {"password1": "a long and lonely road", "password2": "a long and lonely road"}
    assert person.post(form.redirect_chain[-1][0], chosen).status_code == 302
    again = Client()
    again.post("/accounts/login/", {"login": user.email, "password": chosen["password1"]})
    assert again.get("/requests/").status_code == 200
    # good once
    assert Client().get(link.group(1), follow=True).content.count(b'name="password1"') == 0


def test_nobody_registers_alone() -> None:
    assert "password1" not in Client().get("/accounts/signup/").content.decode()
    Client().post(
        "/accounts/signup/",
        {
            "email": "x@example.org",
            "password1": "a long and lonely road",
            "password2": "a long and lonely road",
        },
    )
    assert not User.objects.filter(email="x@example.org").exists()


def changed_by_the_administrator(people: People, person: User, email: str) -> None:
    """On the administration's page of a user."""
    administrator = Client()
    administrator.force_login(people.administrator)
    sent = {
        n: getattr(person, n) for n in ("name", "title", "phone", "role", "language", "time_zone")
    } | {"email": email, "is_active": "on"}
    assert administrator.post(f"/admin/accounts/user/{person.pk}/change/", sent).status_code == 302


def test_whoever_holds_a_former_mailbox_gets_no_link_and_no_link_sent_there_is_good(
    people: People,
) -> None:
    former, link = people.kenya.email, path_of(people.kenya)
    open_session = Client()
    open_session.post("/accounts/login/", {"login": former, "password": make.PASSWORD})
    changed_by_the_administrator(people, people.kenya, "Jane.New@example.org")
    assert open_session.get("/requests/").status_code == 302
    assert Client().get(link, follow=True).content.count(b'name="password1"') == 0
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": former})
    assert "/accounts/password/reset/key/" not in "".join(str(m.body) for m in mail.outbox)
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": "jane.new@example.org"})
    assert [m.to for m in mail.outbox] == [
        ["jane.new@example.org"]
    ] and "/accounts/password/reset/key/" in str(mail.outbox[0].body)


def test_a_former_address_that_another_person_was_given_leads_to_that_person_alone(
    people: People,
) -> None:
    former = people.kenya.email
    path_of(people.kenya)
    changed_by_the_administrator(people, people.kenya, "jane.new@example.org")
    make.focal_point("FJI", email=former)
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": former})
    assert len(mail.outbox) == 1


def test_other_changes_of_a_user_leave_address_and_sessions_as_they_are(people: People) -> None:
    path_of(people.kenya)
    client = Client()
    client.post("/accounts/login/", {"login": people.kenya.email, "password": make.PASSWORD})
    people.kenya.title = "Head"
    changed_by_the_administrator(people, people.kenya, people.kenya.email)
    assert (
        client.get("/requests/").status_code == 200
        and EmailAddress.objects.filter(user=people.kenya).count() == 1
    )
