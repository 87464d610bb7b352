"""Bytes that are kept compressed where that makes them smaller, and read as they were given."""

from __future__ import annotations

import zlib

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

MARK = b"zlib:"  # before what is compressed; no document begins with it


def decompressed(kept: bytes) -> bytes:
    """As they were given."""
    return zlib.decompress(kept[len(MARK) :]) if kept.startswith(MARK) else kept


class CompressedField(models.BinaryField):  # type: ignore[type-arg]
    """A column of bytes. The database would compress them itself, but only once it has got them, in
    a statement several times as long."""

    def get_db_prep_value(
        self, value: bytes | None, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> object:
        """The bytes, compressed where that saves something."""
        if value is not None:
            small = MARK + zlib.compress(bytes(value))
            value = small if len(small) < len(value) else bytes(value)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: bytes | memoryview | None, *_context: object) -> bytes | None:
        """As they were given."""
        return None if value is None else decompressed(bytes(value))
