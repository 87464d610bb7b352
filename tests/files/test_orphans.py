"""Stored bytes: those of no row go after two days, those of a row are held against its hash."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from config.celery import app
from files import verification
from files.models import Attachment, attach_file
from files.tasks import SAFE_AGE, remove_orphans
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of this test's own."""
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    }
    yield tmp_path / "files"


def aged(path: str, *, seconds: float) -> str:
    """The bytes, as if written so long ago."""
    then = time.time() - seconds
    os.utime(default_storage.path(path), (then, then))
    return path


def stray(name: str, *, seconds: float = SAFE_AGE.total_seconds() + 60) -> str:
    """Stored bytes without a row."""
    return aged(default_storage.save(f"{name[:2]}/{name}", ContentFile(b"x")), seconds=seconds)


def test_bytes_whose_transaction_was_rolled_back_go_when_they_are_old_enough(
    people: People,
) -> None:
    case = make.submitted(people.kenya)
    kept = attach_file("request", case.pk, make.pdf(), people.kenya)
    aged(kept.content.name, seconds=10**8)
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = attach_file("request", case.pk, make.pdf(), people.kenya).content.name
        raise RuntimeError
    assert default_storage.exists(lost) and not Attachment.objects.filter(content=lost).exists()
    assert remove_orphans() == 0
    aged(lost, seconds=SAFE_AGE.total_seconds() - 60)
    assert remove_orphans() == 0
    aged(lost, seconds=SAFE_AGE.total_seconds() + 60)
    assert remove_orphans() == 1
    assert not default_storage.exists(lost) and default_storage.exists(kept.content.name)
    assert remove_orphans() == 0


def test_an_empty_store_is_no_trouble(storage: Path) -> None:
    assert not storage.exists() and remove_orphans() == 0


def test_where_database_and_files_do_not_belong_together_nothing_is_removed(caplog: Any) -> None:
    paths = [stray(f"{n:02}aa") for n in range(30)]
    assert remove_orphans() == 0 and all(default_storage.exists(p) for p in paths)
    assert "30 of 30 stored files have no row; none was removed" in caplog.text


def test_beat_starts_the_removal_each_day() -> None:
    entry = app.conf.beat_schedule["orphans"]
    assert entry["task"] == remove_orphans.name and entry["task"] in app.tasks
    assert len(entry["schedule"].hour) == len(entry["schedule"].minute) == 1


def test_missing_and_altered_bytes_are_found(people: People) -> None:
    case = make.submitted(people.kenya)
    whole, missing, altered = (
        attach_file("request", case.pk, make.pdf(), people.kenya) for _ in range(3)
    )
    before = set(verification.findings())
    default_storage.delete(missing.content.name)
    path = Path(default_storage.path(altered.content.name))
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert set(verification.findings()) - before == {
        f"File {missing.pk}: its bytes are missing",
        f"File {altered.pk}: its bytes are not what its hash says",
    }
    assert default_storage.exists(whole.content.name)
