"""The engine: connections that are kept between requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


def answer(found: BaseDatabaseWrapper, sql: str) -> object:
    """The one value that a query answers with."""
    with found.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_a_kept_connection_is_well_without_being_asked() -> None:
    kept = connection.copy()
    try:
        process = answer(kept, "SELECT pg_backend_pid()")
        assert kept.is_usable()
        last = f"SELECT query FROM pg_stat_activity WHERE pid = {process}"
        assert answer(connection, last) == "SELECT pg_backend_pid()"
    finally:
        kept.close()


def test_a_connection_that_the_server_ended_is_replaced() -> None:
    kept = connection.copy()
    try:
        process = answer(kept, "SELECT pg_backend_pid()")
        assert answer(connection, f"SELECT pg_terminate_backend({process}, 5000)")
        assert not kept.is_usable()
        kept.close_if_health_check_failed()
        kept.close()
        assert answer(kept, "SELECT pg_backend_pid()") != process
    finally:
        kept.close()
    assert not kept.is_usable()
