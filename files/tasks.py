"""Removes bytes that belong to no row."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

from celery import shared_task
from django.core.files.storage import default_storage
from django.utils import timezone

from files.models import Attachment
from files.parked_files import remove_old_parked

log = logging.getLogger(__name__)
SAFE_AGE = timedelta(days=2)  # no transaction that has yet to write its row is as old
FEW = 20  # so many may go whatever their share


@shared_task
def remove_orphans() -> int:
    """Removes stored bytes whose row never came or is gone. Returns how many.

    Where they are more than a few and more than half of all that is stored, database and files are
    likely not of one another, as after half a restore: then nothing is removed, and the log says
    so.
    """
    known = set(Attachment.objects.values_list("content", flat=True))
    stored = list(stored_paths())
    orphans = [path for path in stored if path not in known and is_old(path)]
    if len(orphans) > max(FEW, len(stored) // 2):
        log.error(
            "%s of %s stored files have no row; none was removed. Do the database and the files"
            " belong together?",
            len(orphans),
            len(stored),
        )
        return 0
    for path in orphans:
        default_storage.delete(path)
    if orphans:
        log.info("Removed %s stored files that belonged to no row", len(orphans))
    return len(orphans)


@shared_task
def clear_parked_files() -> int:
    """Removes files that were chosen in a form and not sent within a day. Returns how many."""
    return remove_old_parked()


def stored_paths() -> Iterator[str]:
    """Everything stored, as rows name it: a folder of two letters and the random name."""
    if default_storage.exists(""):
        for folder in sorted(default_storage.listdir("")[0]):
            for name in default_storage.listdir(folder)[1]:
                yield f"{folder}/{name}"


def is_old(path: str) -> bool:
    """Whether the bytes were written long enough ago; not those that are gone meanwhile."""
    try:
        return default_storage.get_modified_time(path) < timezone.now() - SAFE_AGE
    except FileNotFoundError:
        return False
