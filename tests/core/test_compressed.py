"""Bytes that are kept compressed where that makes them smaller."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import connection

from core.db.compressed import MARK, CompressedField

FIELD = CompressedField()


def kept(body: bytes) -> bytes:
    """What the database gets."""
    prepared: Any = FIELD.get_db_prep_value(body, connection)
    return bytes(prepared.obj)


@pytest.mark.parametrize("body", [b"", b"short", b"a figure a line\n" * 1000, os.urandom(5000)])
def test_what_is_read_is_what_was_given(body: bytes) -> None:
    assert FIELD.from_db_value(memoryview(kept(body))) == body
    assert len(kept(body)) <= len(body)


def test_what_compresses_is_kept_small_and_what_does_not_as_it_is() -> None:
    long, noise = b"a figure a line\n" * 1000, os.urandom(5000)
    assert kept(long).startswith(MARK) and len(kept(long)) < len(long) / 20
    assert kept(noise) == noise


def test_what_was_stored_before_is_read_as_it_is() -> None:
    assert FIELD.from_db_value(b"%PDF-1.7 of former times") == b"%PDF-1.7 of former times"
    assert FIELD.from_db_value(None) is None
