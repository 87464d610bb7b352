"""Other systems are told of published reports: signed, once, never into private networks, tried
again when they do not answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from assistance.programmes.models import Programme, ProgrammeMembership
from core import outgoing_http
from reports.deliveries import webhook_outbox
from reports.deliveries.models import Webhook, WebhookDelivery
from reports.deliveries.notifications import notify_readers
from reports.reports.models import Report
from tests import make
from tests.make import People
from tests.reports.producing import produced, publish
from tests.reports.receiver import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """One that listens."""
    made = Receiver()
    yield made
    made.stop()


def hook_to(url: str, people: People, **fields: Any) -> Webhook:
    """A webhook of the usual programme."""
    about: dict[str, Any] = {
        "programme": make.programme(),
        "secret": Webhook.new_secret(),
        "created_by": people.manager,
    }
    return Webhook.objects.create(**(about | fields), url=url)


def published(people: People) -> Report:
    """A report that was produced and published."""
    report = produced(people)
    return publish(people, report)


def make_due() -> None:
    """The next try has come."""
    WebhookDelivery.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def verified(secret: str, header: str, body: bytes) -> bool:
    """As docs/operations.md tells receivers to check."""
    parts = dict(part.split("=", 1) for part in header.split(","))
    expected = hmac.new(
        secret.encode(), parts["t"].encode() + b"." + body, hashlib.sha256
    ).hexdigest()
    return hmac.compare_digest(expected, parts["v1"]) and abs(time.time() - int(parts["t"])) < 300


@pytest.mark.django_db
def test_a_published_report_is_told_once_with_a_signature_that_holds(
    people: People, receiver: Receiver
) -> None:
    hook = hook_to(f"{receiver.url}/in?from=meridian", people)
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    hook_to(f"{receiver.url}/other", people, programme=other)
    report = produced(people)
    webhook_outbox.send_all()
    assert receiver.got == []  # what is in review is told to nobody
    publish(people, report)
    revision = Report.objects.get(pk=report.pk).current
    assert revision is not None
    notify_readers([revision], "published")
    assert webhook_outbox.send_all() == 1 and webhook_outbox.send_all() == 0
    ((path, headers, body),) = receiver.got
    said = json.loads(body)
    assert (
        path == "/in?from=meridian"
        and said["event"] == "report.published"
        and said["report"]["id"] == report.pk
    )
    assert said["url"].endswith(report.get_absolute_url())
    assert (
        {d["sha256"] for d in said["documents"]}
        == set(revision.documents.filter(audience="internal").values_list("sha256", flat=True))
        != set()
    )
    assert verified(hook.secret, headers["Meridian-Signature"], body)
    assert not verified(hook.secret, headers["Meridian-Signature"], body + b" ") and not verified(
        "x", headers["Meridian-Signature"], body
    )
    row = WebhookDelivery.objects.get()
    assert headers["Meridian-Delivery"] == str(row.message_id) and row.sent_at and row.tries == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM reports_webhook WHERE id = %s", [hook.pk])
        assert hook.secret not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_one_that_fails_is_tried_eight_times_ever_later_and_then_given_up(
    people: People, receiver: Receiver
) -> None:
    receiver.status = 503
    webhook_outbox.announce_test(hook_to(receiver.url, people))
    waits = []
    for _try in range(WebhookDelivery.TRIES):
        make_due()
        before = timezone.now()
        assert webhook_outbox.send_all() == 1
        row = WebhookDelivery.objects.get()
        waits.append(round((row.next_try_at - before).total_seconds() / 60))
    assert waits[:-1] == [1, 2, 4, 8, 16, 32, 64]
    assert (
        row.given_up_at
        and not row.sent_at
        and row.last_error == "The address answered 503."
        and len(receiver.got) == 8
    )
    assert {headers["Meridian-Delivery"] for _path, headers, _body in receiver.got} == {
        str(row.message_id)
    }
    make_due()
    assert webhook_outbox.send_all() == 0


@pytest.mark.django_db
def test_a_redirect_is_not_followed(people: People, receiver: Receiver) -> None:
    receiver.status, receiver.location = 307, f"{receiver.url}/elsewhere"
    webhook_outbox.announce_test(hook_to(receiver.url, people))
    webhook_outbox.send_all()
    assert [path for path, _headers, _body in receiver.got] == ["/"]
    assert WebhookDelivery.objects.get().last_error == "The address answered 307."


@pytest.mark.django_db
def test_an_answer_that_drips_is_broken_off(
    people: People, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing_http, "TIMEOUT", 1)
    receiver.pause = 0.3
    webhook_outbox.announce_test(hook_to(receiver.url, people))
    began = time.monotonic()
    webhook_outbox.send_all()
    assert time.monotonic() - began < 4
    assert WebhookDelivery.objects.get().last_error and not WebhookDelivery.objects.get().sent_at


@pytest.mark.django_db
def test_nothing_is_posted_into_private_networks(
    people: People, receiver: Receiver, settings: Any
) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = False
    for host in ("127.0.0.1", "localhost"):
        webhook_outbox.announce_test(hook_to(receiver.url.replace("127.0.0.1", host), people))
    webhook_outbox.send_all()
    assert receiver.got == []
    assert {row.last_error.split(".")[0] for row in WebhookDelivery.objects.all()} == {
        "This address lies in a private network"
    }


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
        ("255.255.255.255", False),
        ("64:ff9b::5db8:d70e", True),
        ("::ffff:93.184.215.14", True),
        ("fec0::1", False),
        ("64:ff9b:1::7f00:1", False),
        ("::127.0.0.1", False),
        ("::93.184.215.14", False),
        ("::ffff:0:7f00:1", False),
        ("2002:5db8:d70e::", False),
        ("2001:0:5ef5:79fb::1", False),
        ("2001:db8::1", False),
        ("2001:20::1", False),
        ("2001:2::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("100::1", False),
        ("4000::1", False),
        ("192.0.0.9", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("2001:4860::8888", True),
    ],
)
def test_which_addresses_are_of_the_internet(address: str, public: bool) -> None:
    assert outgoing_http.is_public(address) is public


def test_the_connection_goes_to_the_address_that_was_looked_at_whatever_the_name_says(
    receiver: Receiver,
) -> None:
    parts = outgoing_http.parts_of(receiver.url.replace("127.0.0.1", "name.that.changes.invalid"))
    line = outgoing_http.Pinned(parts, "127.0.0.1")
    line.request("POST", "/", b"{}")
    assert line.getresponse().status == 204
    line.close()
    assert receiver.got[0][1]["Host"].startswith("name.that.changes.invalid:")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "example.org",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/#x",
        "https://example.org/\r\nX: y",
        "https://exämple.org/",
        "https://example.org:99999/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://[::1",
        "https://example.org/a b",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(outgoing_http.ForbiddenAddress):
        outgoing_http.parts_of(url)


def test_production_posts_with_tls_alone(settings: Any) -> None:
    assert outgoing_http.parts_of("http://example.org/").hostname == "example.org"
    settings.PRODUCTION = True
    with pytest.raises(outgoing_http.ForbiddenAddress):
        outgoing_http.parts_of("http://example.org/")
    assert outgoing_http.parts_of("https://example.org/x").path == "/x"


@pytest.mark.django_db
def test_a_webhook_that_is_switched_off_is_told_nothing(people: People, receiver: Receiver) -> None:
    hook = hook_to(receiver.url, people)
    webhook_outbox.announce_test(hook)
    Webhook.objects.update(is_active=False)
    published(people)
    webhook_outbox.send_all()
    assert (
        receiver.got == []
        and WebhookDelivery.objects.get().last_error == "The webhook is switched off."
    )


@pytest.mark.django_db
def test_nothing_is_posted_while_no_key_opens_the_secret_and_it_goes_out_once_one_does(
    people: People, receiver: Receiver, settings: Any
) -> None:
    hook, key = hook_to(receiver.url, people), settings.SECRET_KEY
    webhook_outbox.announce_test(hook)
    settings.SECRET_KEY = "another " * 8
    webhook_outbox.send_all()
    row = WebhookDelivery.objects.get()
    assert (
        receiver.got == []
        and row.sent_at is None
        and row.tries == 1
        and "no key opens it" in row.last_error
    )
    client = Client()
    client.force_login(people.manager)
    for action in ("off", "on"):
        client.post(f"/reports/webhooks/{hook.pk}/{action}/")
    Webhook.objects.get(pk=hook.pk).save()
    settings.SECRET_KEY = key
    make_due()
    webhook_outbox.send_all()
    ((_path, headers, body),) = receiver.got
    assert verified(hook.secret, headers["Meridian-Signature"], body)


@pytest.mark.django_db
def test_a_manager_adds_tests_and_switches_off(people: People, receiver: Receiver) -> None:
    client = Client()
    client.force_login(people.manager)
    about = {"programme": make.programme().pk, "url": receiver.url}
    refused = client.post("/reports/webhooks/", about | {"url": "ftp://example.org"})
    assert (
        refused.status_code == 422
        and "https://example.org/meridian" in refused.content.decode()
        and not Webhook.objects.exists()
    )
    made = client.post("/reports/webhooks/", about).content.decode()
    hook = Webhook.objects.get()
    assert hook.secret in made and hook.created_by == people.manager
    assert hook.secret not in client.get("/reports/webhooks/").content.decode()
    assert client.post("/reports/webhooks/", about).status_code == 422  # the same again
    client.post(f"/reports/webhooks/{hook.pk}/test/")
    webhook_outbox.send_all()
    assert len(receiver.got) == 1 and json.loads(receiver.got[0][2])["event"] == "test"
    assert "The last message arrived" in client.get("/reports/webhooks/").content.decode()
    client.post(f"/reports/webhooks/{hook.pk}/off/")
    assert client.post(f"/reports/webhooks/{hook.pk}/test/").status_code == 404
    client.post(f"/reports/webhooks/{hook.pk}/on/")
    assert Webhook.objects.get().is_active


@pytest.mark.django_db
def test_nobody_but_the_managers_of_the_programme_reaches_a_webhook(people: People) -> None:
    hook = hook_to("https://hooks.example.com/", people)
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    elsewhere, demoted = make.user(Role.MANAGER), make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=elsewhere, programme=other, role="manager", valid_from=make.LONG_AGO
    )
    ProgrammeMembership.objects.create(
        user=demoted, programme=make.programme(), role="officer", valid_from=make.LONG_AGO
    )
    users: list[User] = [people.kenya, people.officer, people.administrator, elsewhere, demoted]
    for user in users:
        client = Client()
        client.force_login(user)
        assert "hooks.example.com" not in client.get("/reports/webhooks/").content.decode()
        assert client.post(f"/reports/webhooks/{hook.pk}/off/").status_code == 404
        assert client.post(
            "/reports/webhooks/", {"programme": make.programme().pk, "url": "https://example.net/"}
        ).status_code in (403, 422)
    assert Webhook.objects.get().is_active


def test_two_workers_at_once_send_every_message_once(committed: None, receiver: Receiver) -> None:
    people = People()
    hook = hook_to(receiver.url, people)
    for _number in range(12):
        webhook_outbox.announce_test(hook)
    start = threading.Barrier(3)

    def work() -> None:
        try:
            start.wait()
            webhook_outbox.send_all()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    ids = [headers["Meridian-Delivery"] for _path, headers, _body in receiver.got]
    assert (
        len(ids) == len(set(ids)) == 12
        and not WebhookDelivery.objects.filter(sent_at__isnull=True).exists()
    )
