"""The outbox of webhooks: written in the transaction of what it tells of, sent row by row, signed."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import outgoing_http
from core.encryption import DecryptionFailed
from reports.deliveries.models import Webhook, WebhookDelivery
from reports.reports.models import ReportRevision

log = logging.getLogger(__name__)
EVENTS = ("published",)  # what is still in review is told to nobody outside
SWITCHED_OFF = "The webhook is switched off."
DOES_NOT_OPEN = (
    "The webhook's secret cannot be read: no key opens it. Name the former SECRET_KEY in"
    " SECRET_KEY_FALLBACKS, or add the webhook anew."
)


def enqueue_event(revision: ReportRevision, event: str) -> None:
    """Once an active webhook of the programme, revision and event, in the caller's transaction."""
    if event not in EVENTS:
        return
    hooks = Webhook.objects.filter(
        programme_id=revision.report.version.schedule.programme_id, is_active=True
    )
    body = body_of(revision, event) if hooks else ""
    rows = [
        WebhookDelivery(webhook=hook, revision=revision, event=event, body=body) for hook in hooks
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def announce_test(webhook: Webhook) -> WebhookDelivery:
    """A message that says nothing but that it is one."""
    body = json.dumps(
        {"event": "test", "programme": webhook.programme.code, "at": timezone.now().isoformat()}
    )
    return WebhookDelivery.objects.create(webhook=webhook, event="test", body=body)


def body_of(revision: ReportRevision, event: str) -> str:
    """What is told: which report, period and revision, where it is, and by which hashes its
    documents are known. No figure."""
    report = revision.report
    schedule = report.version.schedule
    documents = revision.internal_documents.order_by("language", "format", "pk")
    told = {
        "event": f"report.{event}",
        "report": {
            "id": report.pk,
            "kind": schedule.kind,
            "title": schedule.title,
            "programme": schedule.programme.code,
            "revision": revision.number,
        },
        "period": {
            "start": report.period_start.isoformat(),
            "end": report.period_end.isoformat(),
        },  # half-open: the first day after
        "url": f"{settings.BASE_URL}{report.get_absolute_url()}",
        "documents": [
            {
                "url": f"{settings.BASE_URL}{reverse('report_document', args=[d.key])}",
                "language": d.language,
                "format": d.format,
                "size": d.size,
                "sha256": d.sha256,
            }
            for d in documents
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def signature(secret: str, body: bytes, at: int) -> str:
    """`t=<seconds since 1970>,v1=<HMAC-SHA256 of “t.body” in hexadecimal>`: the time is signed too,
    so that nothing old can be sent again."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def send_all() -> int:
    """Sends what is due. Returns how many rows it went through."""
    done = 0
    while send_one():
        done += 1
    return done


def send_one() -> bool:
    """Sends one row, claimed by a lock that others skip; False where nothing is due. A failure is
    written down with the time of the next try.

    Only a crash between the answer and the commit can repeat one, and then under the same
    `Meridian-Delivery`.
    """
    with transaction.atomic():
        row = WebhookDelivery.objects.due().claim("webhook")
        if row is None:
            return False
        if not row.webhook.is_active:
            row.give_up(SWITCHED_OFF)
        elif failure := attempt_delivery(row):
            row.put_off(failure)
        else:
            row.tries, row.last_error, row.sent_at = row.tries + 1, "", timezone.now()
        row.save()
        return True


def attempt_delivery(row: WebhookDelivery) -> str:
    """Posts a row.

    Empty where the answer is one of 2xx, else why it did not work. Nothing goes out signed with
    anything but the secret.
    """
    if isinstance(row.webhook.secret, DecryptionFailed):
        log.warning(
            "Webhook delivery %s was not sent (try %s): %s", row.pk, row.tries + 1, DOES_NOT_OPEN
        )
        return DOES_NOT_OPEN
    body = row.body.encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Meridian",
        "Meridian-Delivery": str(row.message_id),
        "Meridian-Signature": signature(row.webhook.secret, body, int(time.time())),
    }
    try:
        status = outgoing_http.post_json(row.webhook.url, body, headers)
    except (
        outgoing_http.ForbiddenAddress,
        OSError,
        UnicodeError,
        http.client.HTTPException,
    ) as error:
        log.warning("Webhook delivery %s was not sent (try %s): %s", row.pk, row.tries + 1, error)
        return str(error) or type(error).__name__
    return "" if 200 <= status < 300 else f"The address answered {status}."
