"""Calling the functions by which strangers write: one right each, in a transaction that may write."""

from __future__ import annotations

from uuid import UUID

from django.db import connections, transaction

from portal.public.models import CONNECTION


def call(statement: str, *values: str | int | UUID | None) -> tuple[object, ...] | None:
    """The first row that a function gives."""
    with transaction.atomic(using=CONNECTION), connections[CONNECTION].cursor() as cursor:
        cursor.execute("SET TRANSACTION READ WRITE")
        cursor.execute(statement, values)
        row: tuple[object, ...] | None = cursor.fetchone()
    return row


def is_done(statement: str, *values: str | int | UUID | None) -> bool:
    """What a function says that answers yes or no."""
    row = call(statement, *values)
    return row is not None and bool(row[0])
