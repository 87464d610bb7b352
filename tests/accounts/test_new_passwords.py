"""Mails to who has forgotten a password, and to addresses that nobody has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.tasks import mail_new_password
from tests.make import People

pytestmark = pytest.mark.django_db


def ask(address: str, **headers: str) -> Any:
    """Asks for a new password on the page."""
    return Client(headers=headers).post("/accounts/password/reset/", {"email": address})


def test_an_address_that_nobody_has_gets_one_mail_a_day(people: People, monkeypatch: Any) -> None:
    lasts = []
    add = cache.add

    def noted(key: str, value: Any, timeout: Any = None, **more: Any) -> bool:
        if "new-password" in key:
            assert "nobody" not in key
            lasts.append(timeout)
        return bool(add(key, value, timeout, **more))

    monkeypatch.setattr(cache, "add", noted)
    for address in ("nobody@example.org", "nobody@example.org", "Nobody@Example.org"):
        assert ask(address).status_code == 302
    assert len(mail.outbox) == 1
    assert set(lasts) == {timedelta(days=1).total_seconds()}
    ask("another@example.org")
    assert len(mail.outbox) == 2


def test_it_says_so_in_our_own_words_without_a_way_to_register(people: People) -> None:
    ask("nobody@example.org")
    (sent,) = mail.outbox
    assert sent.subject == "Meridian: no account with this address"
    assert "There is no account with it." in str(sent.body)
    for word in ("sign up", "signup", "http", "database"):
        assert word not in str(sent.body).lower()
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_who_has_an_account_gets_a_link_each_time(people: People) -> None:
    for _each in range(2):
        ask(people.kenya.email)
    assert [each.to for each in mail.outbox] == [[people.kenya.email]] * 2
    assert "/accounts/password/reset/key/" in str(mail.outbox[0].body)


def test_the_page_asks_the_worker_and_hands_over_no_secret(
    people: People, monkeypatch: Any
) -> None:
    handed: list[Any] = []
    monkeypatch.setattr(mail_new_password, "delay", lambda *args: handed.append(args))
    for address in (people.kenya.email, "nobody@example.org"):
        ask(address, accept_language="fr")
    assert handed == [(people.kenya.email, "fr"), ("nobody@example.org", "fr")]
    assert not mail.outbox
