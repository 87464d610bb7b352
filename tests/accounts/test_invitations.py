"""Nobody registers alone; who is invited chooses a password and signs in."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Notification, User
from accounts.tasks import send_notifications
from tests.make import People

pytestmark = pytest.mark.django_db
NEW = {"email": "New.Officer@example.org", "name": "New Officer", "role": "officer", "language": "fr", "time_zone": "Europe/Vienna"}


def test_who_is_made_by_the_administrator_is_invited_chooses_a_password_and_signs_in(people: People) -> None:
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
    assert Client().get(link.group(1), follow=True).content.count(b'name="password1"') == 0  # good once


def test_nobody_registers_alone() -> None:
    assert "password1" not in Client().get("/accounts/signup/").content.decode()
    Client().post("/accounts/signup/", {"email": "x@example.org", "password1": "a long and lonely road", "password2": "a long and lonely road"})
    assert not User.objects.filter(email="x@example.org").exists()
