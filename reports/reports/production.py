"""Producing what is due: claimed by a row lock, done in one transaction, so that nothing is made
twice, half, or never.

A worker that dies loses its transaction and with it the lock; the report is claimed again by
whoever ticks next.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from reports.deliveries.notifications import tell_batches, tell_produced
from reports.documents.storage import set_progress, write_documents
from reports.reports import revisions
from reports.reports.comparison import keep_comparisons
from reports.reports.models import Report, ReportRevision

log = logging.getLogger(__name__)
MOST_TRIES = 6  # with waits of 1, 5, 25 … minutes; then it stands in the manager's list
WAIT = timedelta(minutes=1)
# between claiming a report and locking its row; after that, a claimed row without a lock has lost
# its worker
GRACE = timedelta(seconds=5)
# in a row; a report that takes its worker with it each time (memory, say) then counts as one that
# failed
MOST_LOSSES = 5


def produce_due(now: datetime | None = None) -> int:
    """Produces everything that is due, one report after the other, oldest first.

    Returns how many were produced.
    """
    made = 0
    while (done := produce_one(now)) is not None:
        made += done
    return made


def produce_one(now: datetime | None = None) -> bool | None:
    """Produces the oldest report that is due.

    False where that failed; None where nothing is due: then people hear of what is complete.
    """
    claimed = claim_report(now or timezone.now())
    if claimed is None:
        tell_batches()
        return None
    return produce_report(*claimed)


def claim_report(now: datetime) -> tuple[int, uuid.UUID] | None:
    """Takes the oldest report that is due and that nobody is working on; None where there is none.

    What lost its worker before stands behind the others, so that one report which always does holds
    none of them up.
    """
    while True:
        with transaction.atomic():
            waiting = Report.objects.to_produce(now).filter(
                ~Q(state=Report.State.PRODUCING) | Q(claimed_at__lt=Now() - GRACE)
            )
            report = (
                waiting.select_for_update(skip_locked=True, of=("self",))
                .order_by("losses", "period_end", "pk")
                .first()
            )
            if report is None:
                return None
            losses = report.losses + (report.state == Report.State.PRODUCING)
            if losses < MOST_LOSSES:
                mark = uuid.uuid4()
                Report.objects.filter(pk=report.pk).update(
                    state=Report.State.PRODUCING,
                    claim=mark,
                    claimed_at=timezone.now(),
                    losses=losses,
                    reason="",
                )
                return report.pk, mark
            put_off(
                report,
                f"Its worker was lost while it was made, {losses} times in a row: look into the"
                " worker's log, and at its memory.",
            )


def is_just_claimed() -> bool:
    """Whether a report was claimed less than `GRACE` ago: should its worker have died since, it can
    be claimed again only after that."""
    return Report.objects.filter(
        state=Report.State.PRODUCING, claimed_at__gte=Now() - GRACE
    ).exists()


def produce_report(pk: int, mark: uuid.UUID) -> bool:
    """Makes a claimed report.

    A failure is written down with the time of the next try; False then, or where somebody else took
    it.
    """
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if outermost:
                with connection.cursor() as cursor:
                    # all figures from one moment
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            report = (
                Report.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(pk=pk, claim=mark, state=Report.State.PRODUCING)
                .first()
            )
            if report is None:
                return False
            make_revision(report)
            Report.objects.filter(pk=pk).update(
                state=Report.State.PRODUCED,
                produced_at=timezone.now(),
                claim=None,
                next_try_at=None,
                tries=0,
                losses=0,
                reason="",
                correction_reason="",
                correction_by=None,
                asked_by=None,
            )
    except (OperationalError, InterfaceError) as error:
        if connection.is_usable():
            record_failure(pk, mark, error)
            return False
        # the database went away: no fault of the report, which is claimed again by whoever comes
        # next
        connection.close()
        raise
    except Exception as error:  # a report that fails must not stop the others, and must say why
        log.exception("Report %s failed", pk)
        record_failure(pk, mark, error)
        return False
    set_progress(pk, None)
    return True


def record_failure(pk: int, mark: uuid.UUID, error: Exception) -> None:
    """Writes down why, and when it is tried again; nothing where somebody else took it meanwhile."""
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).filter(pk=pk, claim=mark).first()
        if report is not None:
            put_off(report, f"{type(error).__name__}: {error}")
    set_progress(pk, None)


def put_off(report: Report, reason: str) -> None:
    """A locked report that could not be made: tried again later, each time five times as late;
    after the last try a manager has to."""
    tries = report.tries + 1
    again = timezone.now() + WAIT * 5 ** (tries - 1) if tries < MOST_TRIES else None
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.FAILED,
        reason=reason[:500],
        tries=tries,
        losses=0,
        next_try_at=again,
        claim=None,
    )


def make_revision(report: Report) -> ReportRevision:
    """The next revision: snapshot, editions, documents, and word to the recipients, in the caller's
    transaction."""
    set_progress(report.pk, "figures")
    keep_comparisons(report)
    last = report.current
    revision = (
        revisions.first_revision(report)
        if last is None
        else revisions.corrected_revision(report, last)
    )
    write_documents(revision)
    tell_produced(revision)
    return revision
