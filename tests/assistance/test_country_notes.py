"""A call or a meeting is noted in a minute, with a request or without one; who reads it is said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Look, Role, User
from assistance.notes.models import CountryNote
from core.db.country_role import as_country
from notifications.models import Notification
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
NEW = reverse("note_new")
AHEAD = str(date.today() + timedelta(days=9))
WORDS = "They have ordered two zinnias"


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    """What an officer writes after a call."""
    return {
        "programme": make.programme().pk,
        "country": "Kenya",
        "whom": "Head of the unit",
        "when": str(make.programme().today()),
        "by": "call",
        "said": WORDS,
        "readers": "internal",
    } | changes


def test_a_call_about_no_request_is_a_note_on_the_country(people: People) -> None:
    answer = signed_in(people.officer).post(NEW, typed())
    note = CountryNote.objects.get()
    assert answer.status_code == 302 and answer["Location"] == note.get_absolute_url()
    assert (note.author, note.country.iso3, note.is_shared) == (people.officer, "KEN", False)
    page = signed_in(people.manager).get("/countries/KEN/").content.decode()
    assert WORDS in page and "internal" in page


def test_a_call_about_a_request_stands_in_its_timeline(people: People) -> None:
    case = make.advanced(people, "under_review")
    sent = typed(country="", request=str(case.reference).lower())
    answer = signed_in(people.officer).post(NEW, sent)
    assert answer["Location"] == case.get_absolute_url()
    assert case.events.get(action="note_call").shared is False
    assert not CountryNote.objects.exists()
    assert WORDS in signed_in(people.officer).get(case.get_absolute_url()).content.decode()
    assert WORDS not in signed_in(people.kenya).get(case.get_absolute_url()).content.decode()


def test_an_internal_note_is_read_by_the_programmes_staff_alone(people: People) -> None:
    signed_in(people.officer).post(NEW, typed())
    for reader in (people.kenya, people.fiji, people.administrator, make.user(Role.OFFICER)):
        word = WORDS.split()[-1]
        for address in ("/countries/KEN/", "/", f"/requests/?q={word}", f"/search/?q={word}"):
            page = signed_in(reader).get(address, follow=True)
            assert WORDS not in page.content.decode(), (reader, address)
    with as_country(people.kenya):
        assert not CountryNote.objects.exists()
    assert not Notification.objects.filter(kind="country.note").exists()


def test_a_shared_note_is_told_to_its_country_and_read_by_no_other(people: People) -> None:
    signed_in(people.officer).post(NEW, typed(readers="shared"))
    told = Notification.objects.get(kind="country.note")
    assert told.user == people.kenya and WORDS not in told.subject + told.body
    assert WORDS in signed_in(people.kenya).get("/countries/KEN/").content.decode()
    assert WORDS not in signed_in(people.fiji).get("/countries/KEN/").content.decode()
    with as_country(people.fiji):
        assert not CountryNote.objects.exists()
    with as_country(people.kenya), pytest.raises(ProgrammingError), transaction.atomic():
        CountryNote.objects.update(said="")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"country": ""}, "Say with which country, or about which request."),
        ({"country": "Keny"}, "There is no country “Keny”"),
        ({"when": AHEAD}, "today or before"),
        ({"said": ""}, "required"),
        ({"request": "KEN-1999-0001"}, "no open request"),
    ],
)
def test_a_wrong_note_is_answered_with_a_sentence_and_keeps_what_was_typed(
    people: People, changes: dict[str, str], sentence: str
) -> None:
    answer = signed_in(people.officer).post(NEW, typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Head of the unit" in page
    assert not CountryNote.objects.exists()


def test_a_request_of_another_country_is_refused(people: People) -> None:
    case = make.advanced(people, "under_review", "FJI")
    answer = signed_in(people.officer).post(NEW, typed(request=case.reference))
    assert answer.status_code == 422 and "of another country" in answer.content.decode()


def test_nobody_else_notes_anything(people: People) -> None:
    for person in (people.kenya, people.administrator):
        assert signed_in(person).get(NEW).status_code == 403
    stranger = make.user(Role.OFFICER)
    assert signed_in(stranger).post(NEW, typed()).status_code == 422
    assert not CountryNote.objects.exists()


def test_a_note_stays_as_it_was_written_and_only_its_words_go(people: People) -> None:
    signed_in(people.officer).post(NEW, typed())
    note = CountryNote.objects.get()
    for change in ({"said": "Other words"}, {"is_shared": True}, {"said": "", "whom": ""}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            CountryNote.objects.filter(pk=note.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        note.delete()
    call_command("personal_data", "erase-note", str(note.pk))
    note.refresh_from_db()
    assert (note.said, note.whom, note.by) == ("", "", "call") and note.erased_at is not None
    assert Look.objects.filter(subject="note", subject_id=note.pk, act="erased").exists()
    page = signed_in(people.officer).get("/countries/KEN/").content.decode()
    assert "The words were erased." in page


def test_a_note_that_is_begun_is_a_draft(people: People) -> None:
    client = signed_in(people.officer)
    assert client.post(NEW, typed(save_draft="1")).status_code == 302
    assert WORDS in client.get(NEW).content.decode() and not CountryNote.objects.exists()
    home = client.get("/").content.decode()
    assert "Begun and not sent" in home and home.count("Note a call") == 2
