"""What all tests share: reference data, people, and a database that keeps what is committed for tests that need it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import setup_databases

from accounts.audit.append_only import EMPTYING, kept_tables
from accounts.audit.verifying import tracked
from accounts.tasks import mail_new_password
from tests import make

LONG = ("test_everywhere.py", "test_unseen.py", "test_walk.py")
REFERENCE_TABLES = (
    "countries_country",
    "countries_countrygroup",
    "countries_groupmembership",
    "assistance_programme",
    "assistance_pillar",
    "assistance_theme",
    "assistance_reasoncode",
    "assistance_standard",
    "assistance_holiday",
    "django_migrations",
    "django_content_type",
    "auth_permission",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long groups that stay on one process begin first, then the long walks, so that none of them is left alone at the end."""
    items.sort(key=lambda item: (item.get_closest_marker("xdist_group") is None, item.path.name not in LONG))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """The test database, with the reference data that every installation has; pytest-django's own makes none for `committed` alone.

    It stays until the run's cluster goes.
    """
    with django_db_blocker.unblock():
        setup_databases(verbosity=0, interactive=False, keepdb=True)
        call_command("load_reference", verbosity=0)


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """No test sees what another cached."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def mails_without_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page of a forgotten password leaves to the worker is done at once."""
    monkeypatch.setattr(mail_new_password, "delay", mail_new_password)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing that is not slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests with several connections or processes: what is saved is committed, and cleared afterwards (reference data stay)."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        empty_tables()
        connection.close()


def empty_tables() -> None:
    """Removes all rows but reference data and their history; the guard that refuses it elsewhere sleeps meanwhile."""
    kept = {*REFERENCE_TABLES, *(history._meta.db_table for model, history in tracked() if model._meta.db_table in REFERENCE_TABLES)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(%s)", [list(kept)])
        tables = [name for (name,) in cursor.fetchall()]
        guarded = sorted(set(tables) & set(kept_tables()))
        for state in ("DISABLE", "ENABLE"):
            for table in guarded:
                cursor.execute(f'ALTER TABLE "{table}" {state} TRIGGER {EMPTYING}')
            if state == "DISABLE":
                cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in tables))


@pytest.fixture
def people(db: None) -> make.People:
    """A focal point of Kenya and one of Fiji, an officer, a manager, an administrator."""
    return make.People()
