"""What beat starts, and what a worker starts when it comes up."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from reports.deliveries import outgoing
from reports.schedules.expecting import expect
from reports.schedules.models import Report
from reports.schedules.producing import produce_due

HELPERS = 7  # at most so many other processes are asked to help with what is due
AGAIN: dict[str, Any] = {  # a database that restarts is asked again soon, instead of at the next tick
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": 1,
    "retry_backoff_max": 30,
    "max_retries": 6,
}


@shared_task(**AGAIN)
def tick() -> int:
    """Makes the rows of periods that have begun and produces what is due, with the help of whichever processes are free.

    Safe to run twice, at the same time too: each report is claimed by a row lock that others pass by.
    """
    expect()
    waiting = Report.objects.to_produce(timezone.now()).count()
    for _helper in range(min(waiting - 1, HELPERS)):
        help_producing.apply_async(expires=300)
    return produce_due()


@shared_task(**AGAIN)
def help_producing() -> int:
    """Produces what is due beside others who do so."""
    return produce_due()


@worker_ready.connect
def look_at_once(**kwargs: Any) -> None:
    """A worker that comes up, after a kill or a restart of its machine, looks for work that was left lying instead of waiting for the next tick."""
    tick.apply_async(expires=300, retry=False)


@shared_task
def send_webhooks() -> int:
    """Tells other systems what is due to be told. Safe to run twice, at the same time too."""
    return outgoing.send_all()
