"""What beat starts."""

from __future__ import annotations

from celery import shared_task

from reports.deliveries import outgoing
from reports.schedules.expecting import expect
from reports.schedules.producing import produce_due


@shared_task
def tick() -> int:
    """Makes the rows of periods that have begun and produces what is due. Safe to run twice, at the same time too."""
    expect()
    return produce_due()


@shared_task
def send_webhooks() -> int:
    """Tells other systems what is due to be told. Safe to run twice, at the same time too."""
    return outgoing.send_all()
