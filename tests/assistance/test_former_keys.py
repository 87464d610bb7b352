"""Persons kept under a key that is no longer the present one."""

from __future__ import annotations

from typing import Any

import pytest

from assistance.engagements.models import Engagement
from assistance.models import Attendance, Person
from assistance.participants import services
from tests import make
from tests.assistance.participants import listed, signed_in, stored
from tests.make import People

pytestmark = pytest.mark.django_db


def test_a_row_under_a_former_secret_key_is_still_read_and_found(
    readers: People, deed: Engagement, settings: Any
) -> None:
    listed(readers.officer, deed)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one " * 6
    assert Person.objects.with_email("amina@police.example").get().email == "amina@police.example"
    settings.SECRET_KEY_FALLBACKS = []
    assert not Person.objects.with_email("amina@police.example").exists()


def test_what_no_key_opens_is_said_and_no_way_of_saving_destroys_it(
    readers: People, deed: Engagement, settings: Any
) -> None:
    amina = listed(readers.officer, deed)[0]
    amina.phone, amina.is_contact = "+254 20 000", True
    amina.save()
    before, key = stored(), settings.SECRET_KEY
    settings.SECRET_KEY = "another " * 8
    client = signed_in(readers.officer)
    assert (
        client.get("/countries/KEN/contacts/")
        .content.decode()
        .count("cannot be read: no key opens it")
        == 2
    )
    page = client.get(f"/persons/{amina.pk}/").content.decode()
    assert "Left empty it stays as it is" in page and 'value="cannot' not in page
    about = {
        "name": "Amina O.",
        "sex": "woman",
        "institution": "Police",
        "function": "",
        "email": "",
        "phone": "",
    }
    assert client.post(f"/persons/{amina.pk}/", about).status_code == 302
    assert client.post(f"/persons/{amina.pk}/confirm/").status_code == 302
    part = make.part(KEN={"women": 1})
    other = make.engagement(readers.officer, part).parts.get()
    services.put_on_list(other, [Person.objects.get(pk=amina.pk)])
    Person.objects.filter(pk=amina.pk).update(is_contact=False)
    services.remove_attendance(Attendance.objects.get(person=amina, part=other))
    assert stored() == before
    settings.SECRET_KEY = key
    again = Person.objects.get(pk=amina.pk)
    assert (again.name, again.email, again.phone) == (
        "Amina O.",
        "amina@police.example",
        "+254 20 000",
    )


def test_what_no_key_opens_can_be_written_anew(
    readers: People, deed: Engagement, settings: Any
) -> None:
    amina = listed(readers.officer, deed)[0]
    settings.SECRET_KEY = "another " * 8
    about = {
        "name": "Amina O.",
        "sex": "woman",
        "institution": "",
        "function": "",
        "email": "amina@new.example",
        "phone": "",
    }
    assert signed_in(readers.officer).post(f"/persons/{amina.pk}/", about).status_code == 302
    assert Person.objects.with_email("amina@new.example").get().email == "amina@new.example"


def test_somebody_known_under_a_former_key_comes_on_a_list_once(
    readers: People, deed: Engagement, settings: Any
) -> None:
    listed(readers.officer, deed)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one " * 6
    listed(readers.officer, deed)
    assert Person.objects.with_email("amina@police.example").count() == 1
    settings.SECRET_KEY_FALLBACKS = []
    # written anew under the present key
    assert Person.objects.with_email("amina@police.example").get().email == "amina@police.example"
