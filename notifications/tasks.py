"""What the worker does for messages."""

from __future__ import annotations

from celery import shared_task

from notifications.outbox import send_one, send_one_digest


@shared_task
def send_notifications() -> int:
    """Sends what is due, by itself or in digests.

    Safe to run twice, at the same time too. Returns how many rows and digests it went through.
    """
    done = 0
    while send_one():
        done += 1
    while send_one_digest():
        done += 1
    return done
