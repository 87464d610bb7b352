"""News by mail: asked for, confirmed and ended by a button; the same answer for a known address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from portal.news.services import move_news
from portal.public.wall.functions import MOST_AN_HOUR
from portal.subscriptions.models import NewsSubscription
from portal.subscriptions.services import erase_unconfirmed, send_confirmations, send_news
from tests.make import People
from tests.portal.public_world import HOME, read, world
from tests.portal.test_news import TITLE, reviewed

people = world  # the fixture
FORM = f"{HOME}subscribe/"


def ask(address: str = "reader@example.org", path: str = FORM) -> Any:
    """Asks for news."""
    return Client().post(path, {"email": address})


def subscription() -> NewsSubscription:
    """The only one."""
    return NewsSubscription.objects.get()


def confirmed() -> NewsSubscription:
    """One whose button was pressed."""
    ask()
    send_confirmations()
    Client().post(f"{HOME}subscription/confirm/?key={subscription().key}")
    mail.outbox.clear()
    return subscription()


def test_who_asks_is_asked_to_confirm_and_then_gets_what_is_new(people: People) -> None:
    assert ask().headers["Location"] == f"{FORM}asked/"
    read(f"{FORM}asked/")
    assert send_news() == 0 and send_confirmations() == 1 and send_confirmations() == 0
    (question,) = mail.outbox
    link = f"{HOME}subscription/confirm/?key={subscription().key}"
    assert link in question.body and question.to == ["reader@example.org"]
    page = read(link)
    assert "Yes, send me news" in page and subscription().confirmed_on is None, "by a button alone"
    answer = Client().post(link)
    assert answer.status_code == 200 and not answer.cookies
    assert subscription().confirmed_on is not None
    move_news(people.manager, reviewed(people).pk, "publish")
    assert send_news() == 0, "one mail an address and day"
    NewsSubscription.objects.update(mailed_at=timezone.now() - timedelta(days=1, minutes=1))
    assert send_news() == 1 and send_news() == 0
    news = mail.outbox[1]
    assert TITLE in news.body and "/news/" in news.body
    end = f"{HOME}subscription/end/?key={subscription().key}"
    assert news.extra_headers["List-Unsubscribe"].endswith(f"{end}>")
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    read(end)
    assert NewsSubscription.objects.exists(), "a scanner that opens the link ends nothing"
    one_click = Client().post(end, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and not NewsSubscription.objects.exists()
    assert "erased" in Client().post(end).content.decode(), "a second time it says the same"


def test_a_known_address_is_answered_like_a_new_one_and_mailed_once_a_day(people: People) -> None:
    first, again = ask(), ask("READER@example.org")
    assert (first.status_code, first.headers["Location"]) == (303, again.headers["Location"])
    assert send_confirmations() == 1
    ask()
    assert send_confirmations() == 0
    NewsSubscription.objects.update(mailed_at=timezone.now() - timedelta(days=1, minutes=1))
    ask()
    assert send_confirmations() == 1
    Client().post(f"{HOME}subscription/confirm/?key={subscription().key}")
    NewsSubscription.objects.update(mailed_at=timezone.now() - timedelta(days=2))
    ask()
    assert send_confirmations() == 0 and len(mail.outbox) == 2


def test_who_does_not_confirm_is_erased(people: People) -> None:
    ask()
    assert erase_unconfirmed() == 0
    NewsSubscription.objects.update(asked_at=timezone.now() - timedelta(hours=49))
    key = subscription().key
    assert erase_unconfirmed() == 1
    late = Client().post(f"{HOME}subscription/confirm/?key={key}")
    assert "too long ago" in late.content.decode()
    confirmed()
    NewsSubscription.objects.update(asked_at=timezone.now() - timedelta(days=400))
    assert erase_unconfirmed() == 0


def test_what_is_no_address_is_said(people: People) -> None:
    for address in ("", "nobody", "a@b", "x" * 300 + "@example.org", "a\0@b.org"):
        assert ask(address).status_code == 422, address
    assert not NewsSubscription.objects.exists()


def test_nobody_is_bombed(people: People) -> None:
    for number in range(MOST_AN_HOUR):
        assert ask(f"reader{number}@example.org").status_code == 303
    assert ask("victim@example.org").status_code == 429
    assert NewsSubscription.objects.count() == MOST_AN_HOUR


def test_mails_say_what_may_be_read_when_they_go_out_in_their_language(people: People) -> None:
    ask(path="/fr/cybercrime/subscribe/")
    send_confirmations()
    Client().post(f"/fr/cybercrime/subscription/confirm/?key={subscription().key}")
    NewsSubscription.objects.update(mailed_at=timezone.now() - timedelta(days=2))
    item = move_news(people.manager, reviewed(people).pk, "publish")
    assert send_news() == 0, "it is not written in French"
    NewsSubscription.objects.update(language="en")
    move_news(people.manager, item.pk, "withdraw")
    assert send_news() == 0


def test_a_mail_server_that_refuses_is_tried_again(people: People) -> None:
    ask()
    with (
        override_settings(EMAIL_BACKEND="tests.portal.test_subscriptions.Refusing"),
        pytest.raises(ConnectionRefusedError),
    ):
        send_confirmations()
    assert subscription().mailed_at is None and send_confirmations() == 1


class Refusing:
    """A mail server that is not there."""

    def __init__(self, **_given: object) -> None:
        pass

    def send_messages(self, _mails: object) -> int:
        """Refuses."""
        raise ConnectionRefusedError


def test_keys_of_nothing_tell_nothing(people: People) -> None:
    confirmed()
    for key in ("", "x", "00000000-0000-0000-0000-000000000000"):
        for what in ("confirm", "end"):
            answer = Client().post(f"{HOME}subscription/{what}/?key={key}")
            assert answer.status_code == (200 if len(key) == 36 else 404), (key, what)
    assert NewsSubscription.objects.count() == 1
    assert subscription().email not in read(f"{HOME}subscription/end/?key={subscription().key}")
