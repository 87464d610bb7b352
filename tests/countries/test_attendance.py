"""Who attended a session and with whose support: how it is entered, and who may know it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assistance.engagements import services as engagement_services
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme
from core.db.country_role import as_country
from core.workflow.exceptions import DomainError, EditConflict
from countries.processes.models import (
    SessionAttendance,
    SessionNumbers,
)
from countries.processes.services import AttendanceLine, record_attendance
from tests import make
from tests.api import Api
from tests.countries.pasting import taken_over
from tests.countries.sessions import country, grid, line, past_session, support
from tests.make import People

pytestmark = pytest.mark.django_db


def test_never_attended_is_said_only_where_every_session_is_entered_in_full(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    first = past_session()
    second = past_session(
        names={"en": "Second session"},
        starts_on=first.starts_on - timedelta(days=30),
        ends_on=first.ends_on - timedelta(days=30),
    )
    record_attendance(people.officer, first, [line("KEN", 1, 1)], is_whole=True)
    page = client.get(first.process.get_absolute_url())
    assert not page.context["attendance"].is_whole and not page.context["attendance"].never
    record_attendance(people.officer, second, [line("FJI", 1, 1)], is_whole=True)
    page = client.get(first.process.get_absolute_url())
    never = {c.iso3 for c in page.context["attendance"].never}
    assert "COM" in never and not never & {"KEN", "FJI"} and len(never) == 193


def test_attendance_is_entered_in_a_grid(people: People, client: Client) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance", args=[session.pk])
    rows = [
        {"country": "Kenya", "women": "2", "men": "1"},
        {"country": "Фиджи", "level": "expert"},
        {},
    ]
    assert client.post(place, grid(session, *rows)).status_code == 302
    entered = {a.country.iso3: a for a in session.attendances.all()}
    assert entered["KEN"].delegates == 3 and entered["FJI"].delegates is None
    session.refresh_from_db()
    assert client.post(place, grid(session, rows[0], is_whole="on")).status_code == 302
    assert [a.country.iso3 for a in session.attendances.all()] == ["KEN"]
    session.refresh_from_db()
    assert session.attendance_is_whole


@pytest.mark.parametrize(
    "rows",
    [
        [{"country": "Atlantis", "women": "1"}],
        [{"country": "Kenya", "women": "-1"}],
        [{"country": "Kenya", "women": "many"}],
        [{"country": "", "women": "3"}],
        [{"country": "Kenya"}, {"country": "KEN"}],
        [{"country": "Kenya", "level": "king"}],
    ],
)
def test_a_wrong_line_is_answered_with_a_sentence_and_what_was_typed_is_kept(
    people: People, client: Client, rows: list[dict[str, object]]
) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance", args=[session.pk])
    answer = client.post(place, grid(session, {"country": "Fiji", "men": "7"}, *rows))
    assert answer.status_code == 422 and answer.context["grid"].errors
    assert 'value="7"' in answer.content.decode() and not session.attendances.exists()


def test_more_lines_lose_nothing(people: People, client: Client) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance", args=[session.pk])
    sent = grid(session, {"country": "Kenya", "women": "x"}, more="yes")
    answer = client.post(place, sent)
    assert answer.status_code == 200 and len(answer.context["grid"].lines) == 11
    assert 'value="Kenya"' in answer.content.decode() and not session.attendances.exists()


def test_of_two_who_enter_at_once_one_is_shown_what_the_other_entered(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    session = past_session()
    record_attendance(people.officer, session, [line("FJI", 4, 4)], is_whole=False)
    place = reverse("session_attendance", args=[session.pk])
    answer = client.post(place, grid(session, {"country": "Kenya", "women": "2"}))
    text = answer.content.decode()
    assert answer.status_code == 409 and 'value="Kenya"' in text and "Fiji" in text
    assert [a.country.iso3 for a in session.attendances.all()] == ["FJI"]
    with pytest.raises(EditConflict):
        record_attendance(
            people.officer, session, [], is_whole=False, expected_version=session.version
        )


def test_nobody_attended_what_is_not_over(people: People) -> None:
    today = make.programme().today()
    ahead = past_session(starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=5))
    with pytest.raises(DomainError, match="not over"):
        record_attendance(people.officer, ahead, [line("KEN", 1, 1)], is_whole=False)


def test_a_pasted_table_is_shown_first_and_then_entered(people: People, client: Client) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance_import", args=[session.pk])
    table = "Country\tWomen\tMen\tLevel\nKenya\t2\t1\tminister\nCôte d’Ivoire\t\t\t\n"
    shown = client.post(place, {"text": table})
    assert shown.status_code == 200 and shown.context["preview"].new == 2
    assert not session.attendances.exists()
    assert taken_over(client, place, table).status_code == 302
    assert {a.country.iso3: a.delegates for a in session.attendances.all()} == {
        "KEN": 3,
        "CIV": None,
    }


def test_numbers_that_a_colleague_entered_after_the_preview_stay(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance_import", args=[session.pk])
    sent = {"text": "Country,Women\nKenya,4\n", "import": "yes"}
    sent["stamp"] = client.post(place, {"text": sent["text"]}).context["preview"].stamp
    record_attendance(people.officer, session, [line("KEN", 2, 2)], is_whole=False)
    answer = client.post(place, sent)
    assert answer.status_code == 409 and "in the meantime" in answer.content.decode()
    assert session.attendances.get().women == 2


def test_names_in_a_pasted_list_are_counted_and_not_stored(people: People, client: Client) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance_import", args=[session.pk])
    table = "Name,Country,Sex\nAmina Otieno,Kenya,f\nPeter Kamau,Kenya,m\nAna Tuisawau,Fiji,\n"
    assert taken_over(client, place, table).status_code == 302
    kenya = session.attendances.get(country__iso3="KEN")
    assert (kenya.women, kenya.men, kenya.unknown) == (1, 1, None)
    assert session.attendances.get(country__iso3="FJI").unknown == 1
    history = SessionAttendance.history.rel.related_model  # type: ignore[attr-defined]
    stored = str(list(session.attendances.values())) + str(list(history.objects.values()))
    assert "Otieno" not in stored and "Amina" not in stored


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Country,Women\nAtlantis,1\n", "Row 2"),
        ("Country,Women\nKenya,many\n", "many"),
        ("Country,Women\nKenya,1\nKEN,2\n", "twice"),
        ("Land,Women\nKenya,1\n", "Country"),
        ("Country,Level\nKenya,king\n", "king"),
    ],
)
def test_a_wrong_table_is_answered_row_by_row(
    people: People, client: Client, table: str, said: str
) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance_import", args=[session.pk])
    answer = client.post(place, {"text": table, "import": "yes"})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not session.attendances.exists()


def test_support_is_an_engagement_and_its_people_are_counted_once(
    people: People, client: Client
) -> None:
    session = past_session()
    support(people, session, KEN={"women": 1, "men": 1}, FJI={"women": 1})
    record_attendance(
        people.officer, session, [line("KEN", 2, 2), line("BRA", 1, 1)], is_whole=False
    )
    rows = {r["country"]: r for r in Api(people.officer).rows("attendances/", session=session.pk)}
    assert rows["KEN"]["supported"] and len(rows["KEN"]["engagements"]) == 1
    assert not rows["BRA"]["supported"] and set(rows) == {"KEN", "BRA"}
    client.force_login(people.officer)
    grid_page = client.get(reverse("session_attendance", args=[session.pk])).content.decode()
    assert 'value="Fiji"' in grid_page  # supported, and not entered yet


def test_more_people_than_delegates_cannot_have_been_supported(people: People) -> None:
    session = past_session()
    support(people, session, KEN={"women": 2, "men": 1})
    with pytest.raises(DomainError, match="3 were supported"):
        record_attendance(people.officer, session, [line("KEN", 1, 1)], is_whole=False)
    record_attendance(people.officer, session, [line("KEN", 2, 1)], is_whole=False)
    with pytest.raises(DomainError, match="Kenya: more people would have been supported"):
        support(people, session, KEN={"men": 1})
    record_attendance(people.officer, session, [line("FJI")], is_whole=False)
    support(people, session, FJI={"men": 5})  # whose delegates are not known


def test_a_focal_point_reads_its_own_attendance_and_the_numbers_of_a_session(
    people: People, client: Client
) -> None:
    session = past_session()
    support(people, session, FJI={"women": 1})
    record_attendance(
        people.officer, session, [line("KEN", 1, 2), line("FJI", 4, 0)], is_whole=True
    )
    assert [r["country"] for r in Api(people.kenya).rows("attendances/")] == ["KEN"]
    seen = Api(people.kenya).get(f"sessions/{session.pk}/").json()
    assert (seen["countries"], seen["delegates"]) == (2, 7)
    client.force_login(people.kenya)
    for path in (
        session.get_absolute_url(),
        session.process.get_absolute_url(),
        reverse("session_attendances"),
        reverse("country", args=["FJI"]),
    ):
        text = client.get(path).content.decode()
        assert "with our support" not in text
        assert "Fiji" not in text or path.startswith("/countries/")
    fiji = client.get(reverse("country", args=["FJI"])).content.decode()
    assert "First session" not in fiji
    export = client.get(reverse("session_attendances_export"))
    assert b"Fiji" not in b"".join(export.streaming_content)  # type: ignore[attr-defined]
    client.force_login(people.administrator)
    assert client.get(reverse("session_attendances")).status_code == 403
    assert "Kenya" not in client.get(session.get_absolute_url()).content.decode()


def test_the_countries_role_reads_no_attendance_of_others(people: People) -> None:
    session = past_session()
    record_attendance(
        people.officer, session, [line("KEN", 1, 2), line("FJI", 4, 0)], is_whole=True
    )
    with as_country(people.kenya):
        assert [a.country.iso3 for a in SessionAttendance.objects.all()] == ["KEN"]
        assert SessionNumbers.objects.get(session=session).countries == 2


def test_more_lines_do_not_hide_that_somebody_else_entered_something(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    session = past_session()
    place = reverse("session_attendance", args=[session.pk])
    sent = grid(session, {"country": "Kenya", "women": "2"})
    record_attendance(people.officer, session, [line("FJI", 4, 4)], is_whole=False)
    page = client.post(place, sent | {"more": "yes"})
    assert page.context["version"] == session.version
    assert client.post(place, sent).status_code == 409
    assert [a.country.iso3 for a in session.attendances.all()] == ["FJI"]
    assert client.post(place, {"lines": "0"}).status_code == 409  # no form of ours


def test_what_a_table_has_no_column_for_stays(people: People, client: Client) -> None:
    client.force_login(people.officer)
    session = past_session()
    kenya = AttendanceLine(country("KEN"), {"women": 2, "men": 3}, "minister")
    record_attendance(people.officer, session, [kenya], is_whole=False)
    place = reverse("session_attendance_import", args=[session.pk])
    taken_over(client, place, "Country,Women\nKenya,4\n")
    row = session.attendances.get()
    assert (row.women, row.men, row.level) == (4, 3, "minister")


def test_only_what_was_changed_loses_the_mark_of_being_invented(people: People) -> None:
    session = past_session()
    for iso3 in ("KEN", "FJI"):
        SessionAttendance.objects.create(
            session=session, country=country(iso3), women=1, men=1, is_invented=True
        )
    record_attendance(
        people.officer, session, [line("KEN", 1, 1), line("FJI", 2, 1)], is_whole=False
    )
    marks = {a.country.iso3: a.is_invented for a in session.attendances.all()}
    assert marks == {"KEN": True, "FJI": False}
    assert Api(people.kenya).get(f"sessions/{session.pk}/").json()["is_invented"] is True


def test_nothing_is_not_called_the_whole(people: People) -> None:
    session = past_session()
    today = make.programme().today()
    ahead = past_session(starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=5))
    for one in (session, ahead):
        with pytest.raises(DomainError):
            record_attendance(people.officer, one, [], is_whole=True)


def test_who_was_brought_stays_in_the_list(people: People) -> None:
    session = past_session()
    support(people, session, KEN={"women": 1})
    record_attendance(people.officer, session, [line("KEN", 1, 1)], is_whole=False)
    with pytest.raises(DomainError, match="Kenya"):
        record_attendance(people.officer, session, [], is_whole=False, removed=[country("KEN").pk])


def test_delegates_who_took_part_in_two_parts_are_counted_once(people: People) -> None:
    session = past_session()
    record_attendance(people.officer, session, [line("KEN", 1, 1)], is_whole=False)
    days = make.part(session.starts_on, 5, KEN={"women": 1, "men": 1})
    before = make.part(session.starts_on - timedelta(days=10), 1, KEN={"women": 1, "men": 1})
    engagement = make.engagement(
        people.officer, before, days, type="process_participation", session=session
    )
    engagement_services.perform_action(
        people.officer, engagement.pk, "deliver", {"outcome": "They took part."}
    )


def test_support_of_another_programme_is_not_told(people: People, client: Client) -> None:
    session = past_session()
    made = support(people, session, KEN={"women": 2, "men": 1})
    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    Engagement.objects.filter(pk=made.pk).update(programme=other)
    client.force_login(people.officer)
    page = client.get(reverse("session_attendance", args=[session.pk]))
    assert not any(line["country"].value() for line in page.context["grid"].lines)
    with pytest.raises(DomainError) as refusal:
        record_attendance(people.officer, session, [line("KEN", 1, 1)], is_whole=False)
    assert "3" not in str(refusal.value) and "supported" not in str(refusal.value)
