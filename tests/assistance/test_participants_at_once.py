"""Somebody is erased at the moment in which an officer saves or confirms them: the erasure stands."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from assistance.models import Person, ProgrammeMembership
from assistance.participants import services
from countries.models import Country
from tests import make
from tests.make import People


@pytest.mark.parametrize("address", ["", "confirm/"])
def test_a_save_that_waits_for_an_erasure_does_not_undo_it(committed: None, address: str) -> None:
    people = People()
    ProgrammeMembership.objects.filter(user=people.officer).update(reads_names=True)
    person = Person.objects.create(
        programme=make.programme(),
        country=Country.objects.get(iso3="KEN"),
        name="Gone Person",
        email="gone@cert.example",
        is_contact=True,
        keep_until=make.programme().today(),
    )
    client, answers = Client(), []
    client.force_login(people.officer)

    def save() -> None:
        try:
            answers.append(
                client.post(
                    f"/persons/{person.pk}/{address}",
                    {"name": "Gone Person", "sex": "unknown", "email": "gone@cert.example"},
                )
            )
        finally:
            connection.close()

    with transaction.atomic():
        services.erase_person(Person.objects.filter(pk=person.pk))
        thread = threading.Thread(target=save)
        thread.start()
        until(waiting, thread)
    thread.join(30)
    person.refresh_from_db()
    assert [a.status_code for a in answers] == [404]
    assert (person.name, person.email, person.is_contact) == (
        "",
        "",
        False,
    ) and person.erased_at is not None


def waiting() -> bool:
    """Whether somebody waits for a row that another holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # or it is looked up once a transaction
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND"
            " wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def until(condition: Any, thread: threading.Thread) -> None:
    """Waits for the condition, at most ten seconds and no longer than the thread lives."""
    end = time.monotonic() + 10
    while not condition() and thread.is_alive():
        assert time.monotonic() < end, "nobody waits"
        time.sleep(0.02)
