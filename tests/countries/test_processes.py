"""Processes: their sessions, documents and recommendations, and who may write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from countries.processes.models import (
    Process,
    ProcessSession,
    SessionAttendance,
    SessionDocument,
)
from countries.processes.services import record_attendance, write_recommendations
from files.models import Attachment
from tests import make
from tests.api import Api, queries_of
from tests.countries.sessions import line, past_session, support
from tests.make import People

pytestmark = pytest.mark.django_db


def test_what_is_known_at_first_is_what_the_meetings_pages_say() -> None:
    kinds = {
        code: sorted(
            ProcessSession.objects.filter(process__code=code).values_list("kind", flat=True)
        )
        for code in ("expert-group", "ad-hoc-committee", "states-parties")
    }
    assert kinds["expert-group"] == ["session"] * 7
    assert kinds["ad-hoc-committee"] == ["consultation"] * 5 + ["session"] * 11
    assert kinds["states-parties"] == []
    days = ProcessSession.objects.filter(process__code="expert-group").order_by("starts_on")
    assert [(s.starts_on, s.ends_on) for s in days][:2] == [
        (date(2011, 1, 17), date(2011, 1, 21)),
        (date(2013, 2, 25), date(2013, 2, 28)),
    ]
    last = ProcessSession.objects.get(process__code="ad-hoc-committee", starts_on="2026-01-26")
    assert (last.ends_on, last.place) == (date(2026, 1, 30), "Vienna")
    assert SessionDocument.objects.count() == 59
    assert SessionDocument.objects.filter(symbol="").count() == 40
    study = SessionDocument.objects.get(kind="study")
    assert "tudy" in study.title and study.session.process.code == "expert-group"
    assert SessionDocument.objects.filter(symbol="A/AC.291/22/Rev.3").exists()
    assert not SessionAttendance.objects.exists()


def test_a_session_of_a_process_that_never_met_is_said_so_and_no_state_is_accused(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    text = client.get(reverse("process", args=["ad-hoc-committee"])).content.decode()
    assert "None is entered. That does not say that nobody attended." in text
    assert "not every session is entered in full" in text and "never attended" not in text


def test_an_officer_makes_a_process_and_a_session(people: People, client: Client) -> None:
    client.force_login(people.officer)
    made = client.post(
        reverse("process_new"), {"code": "working-group", "name_en": "Working Group"}
    )
    process = Process.objects.get(code="working-group")
    assert made["Location"] == process.get_absolute_url()
    place = reverse("session_new", args=["working-group"])
    about = {"kind": "session", "starts_on": "2027-03-01", "ends_on": "2027-03-05"}
    assert client.post(place, about | {"name_en": "First session"}).status_code == 302
    session = process.sessions.get()
    assert (session.starts_on, session.is_over) == (date(2027, 3, 1), False)
    wrong = client.post(place, about | {"name_en": "Second", "ends_on": "2027-02-01"})
    assert wrong.status_code == 422 and wrong.context["form"].errors["ends_on"]
    again = client.post(place, about | {"name_en": "The same day"})
    assert again.status_code == 422 and process.sessions.count() == 1


def test_a_missing_symbol_is_said_and_a_document_is_added(people: People, client: Client) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_document_new", args=[session.pk])
    about = {"title": "Draft rules of procedure", "kind": "draft_text", "languages": ["en", "fr"]}
    assert client.post(place, about).status_code == 302
    assert "Symbol not entered" in client.get(session.get_absolute_url()).content.decode()
    wrong = client.post(place, about | {"title": "Other", "url": "javascript:alert(1)"})
    assert wrong.status_code == 422 and wrong.context["form"].errors["url"]


def test_a_document_is_a_link_or_a_file_which_countries_read_too(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_document_new", args=[session.pk])
    about = {"title": "Report", "kind": "report"}
    wrong = client.post(place, about | {"file": SimpleUploadedFile("x.exe", b"MZ\0\0")})
    assert wrong.status_code == 422 and wrong.context["form"].errors["file"]
    assert client.post(place, about | {"file": make.pdf("report.pdf")}).status_code == 302
    attachment = Attachment.objects.get(owner_type="session_document")
    for reader in (people.officer, people.kenya):
        client.force_login(reader)
        page = client.get(session.get_absolute_url()).content.decode()
        assert attachment.get_absolute_url() in page
        assert client.get(attachment.get_absolute_url()).status_code == 200
    client.force_login(people.administrator)
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_a_session_is_found_by_what_is_in_it(people: People, client: Client) -> None:
    session = past_session()
    write_recommendations(session, {}, ["Train prosecutors in electronic evidence."])
    client.force_login(people.kenya)
    for words, title in (
        ("A/AC.291/22/Rev.3", "ad-hoc-committee"),
        ("electronic evidence", "states-parties"),
        ("first SESSION", "states-parties"),
    ):
        found = client.get(reverse("processes"), {"q": words}).context["found"]
        assert title in {one.process.code for one in found}
        rows = Api(people.kenya).rows("sessions/", q=words)
        assert [row["id"] for row in rows] == [one.pk for one in found]
    for asked in ({}, {"q": ""}, {"sort": "latest"}):
        assert "found" not in client.get(reverse("processes"), asked).context
    nothing = client.get(reverse("processes"), {"q": "no such words"})
    assert "has these words" in nothing.content.decode()
    wrong = client.get(reverse("processes"), {"q": "x" * 200})
    assert wrong.status_code == 200 and wrong.context["search"].errors


def test_who_only_reads_cannot_write(people: People, client: Client) -> None:
    session = past_session()
    client.force_login(people.kenya)
    for name, args in (
        ("process_new", []),
        ("process_edit", ["states-parties"]),
        ("session_new", ["states-parties"]),
        ("session_edit", [session.pk]),
        ("session_attendance", [session.pk]),
        ("session_attendance_import", [session.pk]),
        ("session_document_new", [session.pk]),
        ("session_recommendations", [session.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code in (403, 404)


def test_recommendations_are_corrected_and_added_and_never_go(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_recommendations", args=[session.pk])
    assert (
        client.post(place, {"more": "Train prosecutors.\nShare statistics.\n"}).status_code == 302
    )
    first, second = session.recommendations.all()
    told = {
        f"text{first.pk}": "Train prosecutors and judges.",
        f"initial-text{first.pk}": first.text,
        f"text{second.pk}": second.text,
        f"initial-text{second.pk}": second.text,
        "more": "Meet again.",
    }
    assert client.post(place, told).status_code == 302
    texts = {r.code: r.text for r in session.recommendations.all()}
    assert texts[first.code] == "Train prosecutors and judges."
    assert texts[second.code] == "Share statistics." and "Meet again." in texts.values()
    # who had the form open takes nobody's correction back, and is told of one of the same text
    again = told | {"more": "", f"text{first.pk}": first.text, f"text{second.pk}": "Share data."}
    assert client.post(place, again).status_code == 302
    first.refresh_from_db()
    assert first.text == "Train prosecutors and judges."
    late = told | {"more": "", f"text{first.pk}": "Train police."}
    answer = client.post(place, late)
    assert answer.status_code == 409 and "Train prosecutors and judges." in answer.content.decode()
    emptied = client.post(place, told | {f"text{second.pk}": ""})
    assert emptied.status_code == 422 and session.recommendations.count() == 3


def test_a_session_whose_dates_move_keeps_its_recommendations_apart(people: People) -> None:
    first = past_session()
    write_recommendations(first, {}, ["Train prosecutors."])
    day = first.starts_on
    ProcessSession.objects.filter(pk=first.pk).update(starts_on=day - timedelta(days=7))
    second = past_session(names={"en": "Another"}, starts_on=day)
    write_recommendations(second, {}, ["Share statistics."])
    assert second.recommendations.count() == 1


def test_of_two_who_edit_a_session_the_second_is_shown_both_texts(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    session = past_session(agenda="Opening")
    place = reverse("session_edit", args=[session.pk])
    form = client.get(place)
    sent = {
        "name_en": "First session",
        "kind": "session",
        "starts_on": session.starts_on.isoformat(),
        "ends_on": session.ends_on.isoformat(),
        "agenda": "My agenda",
        "seen": form.context["seen"],
    }
    ProcessSession.objects.filter(pk=session.pk).update(agenda="Their agenda")
    answer = client.post(place, sent)
    text = answer.content.decode()
    assert answer.status_code == 409 and "My agenda" in text and "Their agenda" in text
    session.refresh_from_db()
    assert session.agenda == "Their agenda"
    assert client.post(place, sent | {"seen": answer.context["seen"]}).status_code == 302


def test_lists_and_pages_take_no_more_queries_for_more_rows(people: People, client: Client) -> None:
    session = past_session()
    client.force_login(people.officer)
    addresses = (
        session.get_absolute_url(),
        session.process.get_absolute_url(),
        reverse("session_attendances"),
        reverse("session_attendance", args=[session.pk]),
    )

    def counts() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        paths = ("attendances/?page_size=100", "sessions/?page_size=100", "processes/")
        return found + [queries_of(people.officer, path) for path in paths]

    record_attendance(people.officer, session, [line("KEN", 1, 1)], is_whole=True)
    support(people, session, KEN={"women": 1})
    few = counts()
    record_attendance(
        people.officer,
        session,
        [line(iso3, 3, 3) for iso3 in ("FJI", "BRA", "LAO", "MOZ")],
        is_whole=True,
    )
    support(people, session, FJI={"women": 1}, LAO={"men": 1})
    assert counts() == few
