"""What all tests share: reference data, people, and a database that keeps what is committed for
tests that need it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import override_settings

from accounts.tasks import mail_new_password
from tests import make
from tests.databases import copy_template, empty_tables, own_name, use

LONG = ("test_everywhere.py", "test_unseen.py", "test_walk.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long groups that stay on one process begin first, then the long walks, so that none of them
    is left alone at the end."""
    items.sort(
        key=lambda item: (
            item.get_closest_marker("xdist_group") is None,
            item.path.name not in LONG,
        )
    )


def pytest_collection_finish() -> None:
    """What was loaded stays to the end of the run: it need not be looked through again and again
    for what may be thrown away."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Files in the names of tests are their size: a ZIP bears the time at which it was made, which
    differs between the processes of a run."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> None:
    """This process's own copy of the migrated database. It stays until the run's cluster goes."""
    with django_db_blocker.unblock():
        copy_template(own_name())
        use(own_name())


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """No test sees what another cached."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def mails_without_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page of a forgotten password leaves to the worker is done at once."""
    monkeypatch.setattr(mail_new_password, "delay", mail_new_password)


@pytest.fixture(scope="session", autouse=True)
def quick_settings(django_test_environment: None) -> Iterator[None]:
    """Hashing that is not slow on purpose; static files that are looked for when they are asked
    for, not all of them by each new client."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests with several connections or processes: what is saved is committed, and cleared
    afterwards (reference data stay)."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        empty_tables()
        connection.close()


@pytest.fixture(scope="module")
def kept_for_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What fixtures of a module make on top of this stays for all its tests; each takes back what
    it does itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people_of_module(kept_for_module: None) -> make.People:
    """The usual five, for `kept_people`: made once for all tests of a module."""
    return make.People()


@pytest.fixture
def people(db: None) -> make.People:
    """A focal point of Kenya and one of Fiji, an officer, a manager, an administrator."""
    return make.People()
