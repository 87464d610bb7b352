"""What strangers write: taken in by one function, bounded, forwarded by staff, erased in time."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notification
from portal.public.wall.functions import MOST_A_DAY, MOST_AN_HOUR
from portal.public_messages.models import LONGEST_TEXT, PublicMessage
from portal.public_messages.services import KEPT_DAYS, erase_old_messages, tell_staff
from tests import make
from tests.make import People
from tests.portal.public_world import HOME, read, world

people = world  # the fixture
FORM = f"{HOME}contact/"
SENT: dict[str, Any] = {
    "country": "KEN",
    "sender": "A. Stranger",
    "reply_to": "stranger@example.org",
    "text": "May our university work with your laboratory?",
}


def send(**changes: Any) -> Any:
    """Sends the form, as a stranger."""
    return Client().post(FORM, SENT | changes)


def message() -> PublicMessage:
    """The one message there is."""
    return PublicMessage.objects.get()


def test_a_message_comes_in_and_is_forwarded_without_a_name_given_out(people: People) -> None:
    page = read(FORM)
    assert "Kenya" in page and people.kenya.name not in page and people.kenya.email not in page
    assert "Tuvalu" not in page, "only countries with a focal point are listed"
    answer = send()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{FORM}sent/")
    assert not answer.cookies
    read(f"{FORM}sent/")
    assert message().text == SENT["text"] and str(message().country) == "Kenya"
    assert len(message().address_digest) == 64
    assert tell_staff() == 1 and tell_staff() == 0
    told = Notification.objects.filter(kind="public_message.arrived")
    assert {row.user for row in told} == {people.officer, people.manager}
    assert {row.path for row in told} == {"/public-messages/"} and "1 message" in told[0].subject
    assert not any(SENT["text"] in row.subject + row.body for row in told)
    path = message().get_absolute_url()
    browser = Client()
    for user, seen in ((people.kenya, 404), (people.fiji, 404), (people.administrator, 404)):
        browser.force_login(user)
        assert browser.get(path).status_code == seen, user
    browser.force_login(people.officer)
    assert SENT["text"] in read(path, client=browser)
    assert SENT["text"] in read("/public-messages/", client=browser)
    assert browser.post(path, {"state": "forwarded"}).status_code == 302
    assert browser.post(path, {"state": "set_aside"}).status_code == 409
    forwarded = Notification.objects.filter(kind="public_message.forwarded")
    assert [row.user for row in forwarded] == [people.kenya]
    browser.force_login(people.kenya)
    assert SENT["reply_to"] in read(path, client=browser)
    assert browser.post(path, {"state": "set_aside"}).status_code == 403
    browser.force_login(people.fiji)
    assert browser.get(path).status_code == 404


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"text": ""}, "This field is required."),
    ({"text": "x" * (LONGEST_TEXT + 1)}, "at most"),
    ({"reply_to": "nobody"}, "valid email"),
    ({"country": "XXX"}, "Choose a country from the list."),
    ({"country": "TUV"}, "Choose a country from the list."),
    ({"sender": "a\0b"}, "character"),
)


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(people: People) -> None:
    for changes, sentence in WRONG:
        answer = send(**changes)
        page = unescape(answer.content.decode())
        assert answer.status_code == 422 and sentence in page, changes
        assert SENT["reply_to"] in page or "reply_to" in changes
    assert not PublicMessage.objects.exists()


def test_one_address_is_limited_and_all_together_are(people: People) -> None:
    for _number in range(MOST_AN_HOUR):
        assert send().status_code == 303
    refused = send()
    assert refused.status_code == 429 and SENT["text"] in unescape(refused.content.decode())
    PublicMessage.objects.update(received_at=timezone.now() - timedelta(hours=1, minutes=1))
    assert send().status_code == 303
    first = PublicMessage.objects.earliest("pk")
    values = {
        "programme": first.programme,
        "sender": "x",
        "reply_to": "x@example.org",
        "text": "x",
        "language": "en",
    }
    PublicMessage.objects.bulk_create(
        PublicMessage(**values, address_digest=str(number)) for number in range(MOST_A_DAY)
    )
    assert send().status_code == 429


def test_nothing_is_forwarded_where_there_is_nobody(people: People) -> None:
    send()
    people.kenya.designations.update(valid_until=timezone.now().date())
    browser = Client()
    browser.force_login(people.officer)
    assert browser.post(message().get_absolute_url(), {"state": "forwarded"}).status_code == 409
    assert message().state == "new"
    assert browser.post(message().get_absolute_url(), {"state": "eaten"}).status_code == 422
    assert browser.post(message().get_absolute_url(), {"state": "set_aside"}).status_code == 302


def test_messages_are_erased_in_time_and_read_by_no_other_programme(people: People) -> None:
    send()
    other = make.user(make.Role.OFFICER)
    browser = Client()
    browser.force_login(other)
    assert browser.get(message().get_absolute_url()).status_code == 404
    assert SENT["text"] not in read(reverse("public_messages"), client=browser)
    PublicMessage.objects.update(received_at=timezone.now() - timedelta(days=KEPT_DAYS, hours=1))
    assert erase_old_messages() == 1 and not PublicMessage.objects.exists()


def test_a_body_that_no_form_holds_and_a_host_that_is_not_ours_are_refused(people: People) -> None:
    answer = send(text="x" * 70_000)
    assert answer.status_code == 413 and "Nothing was sent." in answer.content.decode()
    assert Client().get(FORM, headers={"host": "evil.example"}).status_code == 400
    assert not PublicMessage.objects.exists()
