"""What beat starts, and what a worker starts when it comes up."""

from __future__ import annotations

from typing import TypedDict

from celery import shared_task
from celery.signals import worker_ready
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from reports.deliveries import webhook_outbox
from reports.deliveries.notifications import tell_batches
from reports.documents.storage import rewrite_all
from reports.reports.models import Report, ReportRevision
from reports.reports.planning import expect_reports
from reports.reports.production import GRACE, is_just_claimed, produce_one

CHAINS = 4  # reports that a tick sets going side by side, where so many processes are free


class Sending(TypedDict):
    """How a task is sent: with which priority, and for how many seconds it waits for a worker."""

    priority: int
    expires: int


class Retries(TypedDict):
    """For what a task is tried again, how soon at first and at the latest, in seconds, and how
    often."""

    autoretry_for: tuple[type[Exception], ...]
    retry_backoff: int
    retry_backoff_max: int
    max_retries: int


# pulses and mails come first, so that many reports hold nobody up
LATER = Sending(priority=9, expires=300)
# a database that restarts is asked again soon, instead of at the next tick
AGAIN = Retries(
    autoretry_for=(OperationalError, InterfaceError),
    retry_backoff=1,
    retry_backoff_max=30,
    max_retries=6,
)


@shared_task(**AGAIN)
def tick() -> int:
    """Makes the rows of periods that have begun and sets going what is due. Returns how many
    reports that is.

    Safe to run twice, at the same time too: each report is claimed by a row lock that others pass
    by.
    """
    expect_reports()
    if ReportRevision.objects.filter(rewrite_asked_at__isnull=False).exists():
        rewrite.apply_async(expires=LATER["expires"])
    waiting = Report.objects.to_produce(timezone.now()).count()
    if not waiting:
        tell_batches()  # where a worker died between making the last and telling
    for _chain in range(min(waiting, CHAINS)):
        produce_next.apply_async(**LATER)
    return waiting


@shared_task(**AGAIN)
def produce_next() -> bool:
    """Produces one report and asks for the next: between two of them a process is free for what
    matters more. False where nothing was due.

    Where the last one has just lost its worker, this task, sent again for that very reason, comes
    too early to claim it: so it comes back.
    """
    found = produce_one() is not None
    if found:
        produce_next.apply_async(**LATER)
    elif is_just_claimed():
        produce_next.apply_async(countdown=GRACE.total_seconds() + 1, **LATER)
    return found


@shared_task(**AGAIN)
def rewrite() -> int:
    """Makes documents anew whose highlights changed: people wait for these.

    Safe to run twice, at the same time too.
    """
    return rewrite_all()


@worker_ready.connect
def look_at_once(**kwargs: object) -> None:
    """A worker that comes up, after a kill or a restart of its machine, looks for work that was
    left lying instead of waiting for the next tick."""
    tick.apply_async(expires=300, retry=False)


@shared_task
def send_webhooks() -> int:
    """Tells other systems what is due to be told. Safe to run twice, at the same time too."""
    return webhook_outbox.send_all()
