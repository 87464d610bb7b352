"""Removing a file for good, at the wish of somebody whom it names."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.privacy.models import Look
from files.models import Attachment


@transaction.atomic
def remove_attachment(key: UUID, *, path: str) -> None:
    """Row and bytes; a look records it, and the history that there was a file. Raises
    Attachment.DoesNotExist.

    The bytes go once the row is gone for certain; should that fail, the task for bytes without a
    row removes them later.
    """
    file = Attachment.objects.select_for_update().get(key=key)
    stored, pk = file.content, file.pk
    file.delete()
    Look.objects.create(act=Look.Act.ERASED, subject="file", subject_id=pk, path=path)
    transaction.on_commit(lambda: stored.storage.delete(str(stored.name)))
