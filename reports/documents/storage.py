"""The documents of a revision: written with it, and again when its highlights change."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection, transaction
from redis.exceptions import RedisError

from reports.documents import render
from reports.documents.models import ReportDocument
from reports.editions.snapshots import audiences_of
from reports.figures.audiences import INTERNAL
from reports.reports import revisions
from reports.reports.models import ReportRevision
from reports.schedules.scopes import breadth_of
from reports.snapshots.storage import remove_rows, store_rows
from reports.snapshots.types import Snapshot

log = logging.getLogger(__name__)
PROGRESS = "report-progress-{}"  # with a report's id: a key of the cache
REWRITING = 7_300_000_000_000_000_000  # with a revision's id: the key of a lock of the database


@dataclass(frozen=True)
class Written:
    """One document, not stored yet."""

    audience: str
    language: str
    format: str
    content: bytes


def write_documents(revision: ReportRevision) -> None:
    """Writes every document of a revision and stores each as it is made, in the caller's
    transaction."""
    snapshots = snapshots_by_audience(revision, revision.contents)
    store_documents(revision, snapshots, written_documents(revision, snapshots))


def snapshots_by_audience(revision: ReportRevision, whole: Snapshot) -> dict[str, Snapshot]:
    """What each audience of a revision gets of its snapshot, the programme first."""
    report, version = revision.report, revision.report.version
    return {
        audience: revisions.snapshot_for(revision, whole, audience)
        for audience in audiences_of(
            version.schedule.kind, breadth_of(version, report.period_start)
        )
    }


def written_documents(
    revision: ReportRevision, snapshots: dict[str, Snapshot]
) -> Iterator[Written]:
    """Every audience, language and format of the schedule, each from its edition's snapshot alone.

    Stores nothing.
    """
    version = revision.report.version
    for audience, snapshot in snapshots.items():
        for language in version.languages:
            for form in version.formats:
                set_progress(revision.report_id, f"{language} {form}")
                body = render.render_document(snapshot, revision.highlights, language, form)
                yield Written(audience, language, form, body)


def store_documents(
    revision: ReportRevision, snapshots: dict[str, Snapshot], documents: Iterable[Written]
) -> None:
    """Keeps documents, and the editions to which they belong, with the highlights that stand in
    them; an edition that no longer is to be goes."""
    gone = revision.editions.exclude(audience__in=snapshots)
    remove_rows(revision.pk, list(gone.values_list("audience", flat=True)))
    gone.delete()
    editions = {
        audience: revisions.edition_for(revision, audience, snapshot)
        for audience, snapshot in snapshots.items()
    }
    for made in documents:
        ReportDocument.objects.create(
            revision=revision,
            edition=editions[made.audience],
            audience=made.audience,
            language=made.language,
            format=made.format,
            content=made.content,
            sha256=render.document_hash(made.content),
            size=len(made.content),
        )


def rewrite_all() -> int:
    """Writes the documents of every revision whose highlights changed.

    Returns how many. One that fails holds up no other and is tried at the next tick.
    """
    done = 0
    for pk in (
        ReportRevision.objects.filter(rewrite_asked_at__isnull=False)
        .order_by("rewrite_asked_at")
        .values_list("pk", flat=True)
    ):
        try:
            done += rewrite_documents(pk)
        except (OperationalError, InterfaceError):
            raise  # the database went away: nothing else can be written either
        except Exception as error:
            log.exception("The documents of revision %s could not be written", pk)
            give_reason(pk, error)
    return done


def give_reason(pk: int, error: Exception) -> None:
    """Writes down for the report's page why documents could not be made anew; once, since every
    tick tries again."""
    reason = f"{type(error).__name__}: {error}"[:500]
    ReportRevision.objects.filter(pk=pk, rewrite_asked_at__isnull=False).exclude(
        rewrite_failure=reason
    ).update(rewrite_failure=reason)


def rewrite_documents(pk: int) -> bool:
    """Writes one revision's documents anew; False where its highlights changed meanwhile, or
    somebody else is at it or was quicker.

    No row is locked while they are written, so that nobody who saves waits for that.
    """
    with hold_writer_lock(pk) as mine:
        return mine and write_anew(
            ReportRevision.objects.select_related("report__version__schedule__programme").get(pk=pk)
        )


@contextmanager
def hold_writer_lock(pk: int) -> Iterator[bool]:
    """Whether this process is the only one that writes a revision's documents anew.

    Who dies holds nobody up: the lock goes with the connection.
    """
    key = [REWRITING + pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", key)
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", key)


def write_anew(revision: ReportRevision) -> bool:
    """Writes the documents and puts them in the place of the former; False where nobody asks any
    more, or the highlights changed meanwhile."""
    pk, asked = revision.pk, revision.rewrite_asked_at
    if asked is None:
        return False
    columns, whole = (
        revisions.refreshed_columns(revision)
        if revisions.is_outdated(revision)
        else ({}, revision.contents)
    )
    for name, value in columns.items():
        setattr(revision, name, value)
    snapshots = snapshots_by_audience(revision, whole)
    documents = list(written_documents(revision, snapshots))
    with transaction.atomic():
        if (
            not ReportRevision.objects.select_for_update(of=("self",))
            .filter(pk=pk, rewrite_asked_at=asked)
            .exists()
        ):
            return False
        revision.documents.all().delete()
        if columns:
            store_rows(whole, pk, INTERNAL)
        store_documents(revision, snapshots, documents)
        ReportRevision.objects.filter(pk=pk).update(
            rewrite_asked_at=None, rewrite_failure="", **columns
        )
    set_progress(revision.report_id, None)
    return True


def set_progress(pk: int, step: str | None) -> None:
    """What a running report is at, for whoever looks; kept beside the database, since its
    transaction is not visible yet."""
    try:
        if step is None:
            cache.delete(PROGRESS.format(pk))
        else:
            cache.set(PROGRESS.format(pk), step, 600)
    except (RedisError, OSError) as error:  # a cache that restarts must cost no report
        log.info("Progress of report %s is not shown: %s", pk, error)


def progress_of(pks: Iterable[int]) -> dict[int, str]:
    """What running reports are at, as `progress` keeps it, by id; nothing of those that nobody says
    it of, or while the cache is away."""
    keys = {PROGRESS.format(pk): pk for pk in pks}
    if not keys:
        return {}
    try:
        return {keys[key]: step for key, step in cache.get_many(keys).items()}
    except (RedisError, OSError) as error:
        log.info("Progress of reports is not shown: %s", error)
        return {}
