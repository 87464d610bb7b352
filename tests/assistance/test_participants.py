"""Attendance lists and contacts: kept apart, read only with the right to names, every look
recorded, erased when their time has come."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import Look, Role
from accounts.privacy import holdings
from assistance.engagements import services as engagement_services
from assistance.engagements.models import Engagement
from assistance.models import Attendance, Person, ProgrammeMembership
from assistance.participants import attendance_import, services
from assistance.tasks import erase_expired_names
from audit.verification import findings as audit_findings
from core.days import months_later
from countries.models import Country
from tests import make
from tests.assistance.participants import ROSTER, listed, mark_in, signed_in
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


def test_a_pasted_list_is_on_the_page_with_who_looked(readers: People, deed: Engagement) -> None:
    client = signed_in(readers.officer)
    answer = client.post(
        f"/engagements/{deed.pk}/attendance/paste/", {"part": deed.parts.get().pk, "table": ROSTER}
    )
    assert answer.status_code == 302
    page = client.get(f"/engagements/{deed.pk}/attendance/").content.decode()
    assert "Amina Otieno" in page
    assert "they differ" in page  # the record says two men of Fiji, the list names one
    acts = list(
        Look.objects.filter(subject="engagement", subject_id=deed.pk)
        .order_by("pk")
        .values_list("act", "persons", "actor")
    )
    assert acts == [("added", 2, readers.officer.pk), ("read", 2, readers.officer.pk)]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("Name\tSex\nAmina\tw", "first line has to name the columns"),
        ("Name;Sex;Country\nAmina;woman;Atlantis", "Row 2"),
        ("Name,Sex,Country\n,woman,KEN", "Row 2: the name is missing"),
        ("Name,Sex,Country\nAmina,yes,KEN", "no sex that is known"),
        ("Name,Country,E-mail\nAmina,KEN,nobody", "no e-mail address"),
        ("Name,Country\nAmina,FRA", "does not take part"),
        ("", "Paste the list"),
    ],
)
def test_a_list_with_one_wrong_cell_is_refused_as_a_whole_and_kept_on_the_page(
    readers: People, deed: Engagement, table: str, sentence: str
) -> None:
    good = "\nJane,woman,KEN" if table.startswith("Name,Sex") else ""
    answer = signed_in(readers.officer).post(
        f"/engagements/{deed.pk}/attendance/paste/",
        {"part": deed.parts.get().pk, "table": table + good},
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.exists()
    for cell in table.replace("\t", ",").replace(";", ",").split(",")[-1:]:
        assert cell.strip() in answer.content.decode()


@pytest.mark.parametrize("who", ["kenya", "fiji", "officer", "manager", "administrator"])
def test_without_the_right_to_names_nobody_sees_one(
    people: People, deed: Engagement, who: str
) -> None:
    ProgrammeMembership.objects.filter(user=people.officer).update(reads_names=False)
    person = listed(people.officer, deed)[0]
    Person.objects.filter(pk=person.pk).update(is_contact=True)
    client, row = signed_in(getattr(people, who)), Attendance.objects.first()
    assert row is not None
    for path in (
        f"/engagements/{deed.pk}/attendance/",
        f"/engagements/{deed.pk}/attendance/export.csv",
        "/countries/KEN/contacts/",
        f"/persons/{person.pk}/",
        f"/persons/{person.pk}/erase/",
    ):
        assert client.get(path).status_code == 404, path
    for path in (
        f"/engagements/{deed.pk}/attendance/paste/",
        f"/engagements/{deed.pk}/attendance/{row.pk}/strike/",
        f"/persons/{person.pk}/confirm/",
        f"/persons/{person.pk}/erase/",
    ):
        assert client.post(path).status_code == 404, path
    for path in (
        f"/engagements/{deed.pk}/",
        "/countries/KEN/",
        "/requests/",
        "/engagements/export.csv",
        f"/api/v1/engagements/{deed.pk}/",
    ):
        answer = client.get(path)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"Otieno" not in text
        assert b"/attendance/" not in text
    assert not Look.objects.filter(act__in=["read", "taken_out"]).exists()


def test_an_officer_with_the_right_does_not_take_lists_out_and_does_not_erase(
    readers: People, deed: Engagement
) -> None:
    person = listed(readers.officer, deed)[0]
    client = signed_in(readers.officer)
    assert client.get(f"/engagements/{deed.pk}/attendance/export.csv").status_code == 404
    assert client.post(f"/persons/{person.pk}/erase/").status_code == 404


def test_the_countries_role_of_the_database_reaches_no_name(
    readers: People, deed: Engagement
) -> None:
    from core.db.country_role import as_country

    listed(readers.officer, deed)
    for model in (Person, Attendance, Look):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            as_country(readers.kenya),
        ):
            list(model._default_manager.all())


def test_a_right_in_another_programme_opens_nothing_here(readers: People, deed: Engagement) -> None:
    from assistance.programmes.models import Programme

    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    stranger = make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=stranger,
        programme=other,
        role=Role.MANAGER,
        valid_from=make.LONG_AGO,
        reads_names=True,
    )
    person = listed(readers.officer, deed)[0]
    client = signed_in(stranger)
    assert client.get(f"/engagements/{deed.pk}/attendance/").status_code == 404
    assert client.get(f"/persons/{person.pk}/").status_code == 404
    assert "Otieno" not in client.get("/countries/KEN/contacts/").content.decode()


def test_a_manager_takes_the_list_out_as_harmless_csv_and_that_is_recorded(
    readers: People, deed: Engagement
) -> None:
    services.add_attendance(
        readers.officer,
        deed.parts.get(),
        [
            {
                "name": "=cmd|' /C calc'!A0;=1+1",
                "country": Country.objects.get(iso3="KEN"),
                "email": "a@b.example",
            }
        ],
    )
    text = (
        signed_in(readers.manager)
        .get(f"/engagements/{deed.pk}/attendance/export.csv")
        .content.decode()
    )
    assert "a@b.example" in text
    assert "\"'=cmd|' /C calc'!A0;'=1+1\"" in text
    assert Look.objects.filter(
        act="taken_out", actor=readers.manager, subject_id=deed.pk, persons=1
    ).exists()


def test_addresses_are_unreadable_in_the_database_and_names_in_no_history(
    readers: People, deed: Engagement
) -> None:
    person = listed(readers.officer, deed)[0]
    assert Person.objects.get(pk=person.pk).email == "amina@police.example"
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM assistance_person WHERE id = %s", [person.pk])
        assert "amina" not in cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(h::text, '') FROM assistance_personevent h")
        assert "Otieno" not in cursor.fetchone()[0]
    before = Person.history.rel.related_model.objects.count()  # type: ignore[attr-defined]
    person.name = "Amina A. Otieno"
    person.save()
    assert Person.history.rel.related_model.objects.count() == before + 1  # type: ignore[attr-defined]


def test_the_same_address_is_the_same_person_and_is_kept_from_the_last_part(
    readers: People, deed: Engagement
) -> None:
    first = listed(readers.officer, deed)[0]
    later = make.engagement(
        readers.officer, make.part(start=make.programme().today() + timedelta(days=90), KEN={})
    )
    services.add_attendance(
        readers.officer,
        later.parts.get(),
        [
            {
                "name": "Amina Otieno",
                "country": Country.objects.get(iso3="KEN"),
                "email": "Amina@Police.example",
            }
        ],
    )
    again = Person.objects.get(pk=first.pk)
    assert again.attendances.count() == 2
    assert again.keep_until == months_later(later.ends_on or date.max, 24)


def test_names_go_on_their_date_and_lists_keep_their_numbers(
    readers: People, deed: Engagement
) -> None:
    amina, sefa = listed(readers.officer, deed)
    Person.objects.filter(pk=amina.pk).update(
        keep_until=make.programme().today() - timedelta(days=1)
    )
    Person.objects.filter(pk=sefa.pk).update(keep_until=make.programme().today())
    assert erase_expired_names() == 1
    assert erase_expired_names() == 0
    amina.refresh_from_db()
    assert (amina.name, amina.email, amina.phone, amina.identity, amina.sex) == (
        "",
        "",
        "",
        "",
        "woman",
    )
    page = signed_in(readers.officer).get(f"/engagements/{deed.pk}/attendance/").content.decode()
    assert "Otieno" not in page
    assert "erased" in page
    assert Attendance.objects.filter(part__engagement=deed).count() == 2
    assert (
        Look.objects.filter(act="erased", subject="person", subject_id=amina.pk, actor=None).count()
        == 1
    )
    assert not list(audit_findings())


def test_looks_cannot_be_changed_or_removed(people: People) -> None:
    look = Look.objects.create(act="read", subject="person", subject_id=1)
    for statement in (
        "UPDATE accounts_look SET actor_id = NULL, persons = 0",
        "DELETE FROM accounts_look",
    ):
        with (
            pytest.raises(DatabaseError, match=r"(?i)cannot (update|delete)"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Look.objects.filter(pk=look.pk, persons=1).exists()


def test_who_is_taken_off_the_last_list_is_not_kept(readers: People, deed: Engagement) -> None:
    _amina, sefa = listed(readers.officer, deed)
    Person.objects.filter(pk=sefa.pk).update(is_contact=True)
    client = signed_in(readers.officer)
    for row in Attendance.objects.all():
        assert client.post(f"/engagements/{deed.pk}/attendance/{row.pk}/strike/").status_code == 302
    assert list(Person.objects.values_list("pk", flat=True)) == [sefa.pk]


def test_a_part_with_a_list_is_not_removed_behind_its_back(
    readers: People, deed: Engagement
) -> None:
    from core.workflow.exceptions import DomainError

    two = make.engagement(readers.officer, make.part(KEN={}), make.part(KEN={}))
    services.add_attendance(
        readers.officer,
        two.parts.get(number=2),
        [{"name": "Amina", "country": Country.objects.get(iso3="KEN")}],
    )
    with pytest.raises(DomainError, match="attendance list"):
        engagement_services.update_engagement(readers.officer, two.pk, {}, [make.part(KEN={})])
    assert two.parts.count() == 2


def test_an_engagement_without_participants_has_no_list(readers: People) -> None:
    from core.workflow.exceptions import DomainError

    study = make.engagement(readers.officer, make.part(KEN={}), type="study")
    with pytest.raises(DomainError, match="no list"):
        services.add_attendance(
            readers.officer,
            study.parts.get(),
            [{"name": "Amina", "country": Country.objects.get(iso3="KEN")}],
        )


def test_contacts_are_added_confirmed_corrected_and_erased(readers: People) -> None:
    client = signed_in(readers.manager)
    about = {
        "programme": make.programme().pk,
        "name": "Grace Wambui",
        "sex": "woman",
        "email": "grace@cert.example",
        "phone": "+254 20 000000",
    }
    assert client.post("/countries/KEN/contacts/", about).status_code == 302
    person = Person.objects.get()
    assert "Grace Wambui" in client.get("/countries/KEN/contacts/").content.decode()
    wrong = client.post(f"/persons/{person.pk}/", about | {"name": "", "email": "grace"})
    assert wrong.status_code == 422
    assert "Write the person" in wrong.content.decode()
    assert 'value="grace"' in wrong.content.decode()
    assert (
        client.post(f"/persons/{person.pk}/", about | {"name": "Grace W. Wambui"}).status_code
        == 302
    )
    Person.objects.filter(pk=person.pk).update(keep_until=make.programme().today())
    assert client.post(f"/persons/{person.pk}/confirm/").status_code == 302
    person.refresh_from_db()
    assert person.keep_until == months_later(make.programme().today(), 24)
    assert "for good" in client.get(f"/persons/{person.pk}/erase/").content.decode()
    assert client.post(f"/persons/{person.pk}/erase/").status_code == 302
    assert client.get(f"/persons/{person.pk}/").status_code == 404
    assert {"added", "read", "changed", "erased"} <= set(Look.objects.values_list("act", flat=True))


def test_queries_of_a_list_do_not_grow_with_people(
    readers: People, deed: Engagement, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(readers.officer)
    counts = []
    for _round in range(2):
        services.add_attendance(
            readers.officer,
            deed.parts.get(),
            [
                {"name": f"Person {i}", "country": Country.objects.get(iso3="KEN")}
                for i in range(15)
            ],
        )
        client.get(f"/engagements/{deed.pk}/attendance/")
        with django_assert_max_num_queries(60) as captured:
            client.get(f"/engagements/{deed.pk}/attendance/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_everybody_gets_what_is_held_about_them_and_nothing_of_others(people: People) -> None:
    case = make.submitted(people.kenya)
    for user in (people.kenya, people.officer, people.administrator):
        answer = signed_in(user).get("/account/data/")
        assert answer.status_code == 200
        held = json.loads(answer.content)["held"]
        assert held["account"][0]["email"] == user.email
        assert Look.objects.filter(
            act="taken_out", subject="user", subject_id=user.pk, actor=user
        ).exists()
    acts = json.loads(signed_in(people.kenya).get("/account/data/").content)["held"]["acts"]
    assert [(a["act"], a["reference"]) for a in acts if a["act"] == "submit"] == [
        ("submit", case.reference)
    ]
    assert str(case.reference) not in signed_in(people.fiji).get("/account/data/").content.decode()
    assert "password" not in signed_in(people.kenya).get("/account/data/").content.decode().lower()


def test_staff_who_have_not_set_up_their_second_step_get_no_copy_of_what_is_held(
    people: People, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert signed_in(people.officer).get("/account/data/").status_code == 302
    assert signed_in(people.kenya).get("/account/data/").status_code == 200


def test_a_list_of_any_length_takes_as_many_queries(
    readers: People, deed: Engagement, django_assert_max_num_queries: Any
) -> None:
    kenya, part = Country.objects.get(iso3="KEN"), deed.parts.get()
    counts = []
    for start, number in ((0, 3), (3, 40)):
        rows: list[services.Attendee] = [
            {"name": f"Person {i}", "country": kenya, "email": f"p{i}@example.net"}
            for i in range(start, start + number)
        ]
        with django_assert_max_num_queries(15) as captured:
            assert services.add_attendance(readers.officer, part, rows) == number
        counts.append(len(captured))
        assert services.add_attendance(readers.officer, part, rows) == 0
    assert counts[0] == counts[1]
    assert Person.objects.with_email("p7@example.net").get().attendances.count() == 1


def test_a_former_focal_point_learns_no_reference_beyond_what_they_were_told(
    people: People,
) -> None:
    case = make.submitted(people.kenya)
    people.kenya.designations.update(valid_until=date(2021, 1, 1))
    held = json.loads(signed_in(people.kenya).get("/account/data/").content)["held"]
    assert [a["reference"] for a in held["acts"]] == [None] * len(held["acts"])
    assert str(case.reference) not in json.dumps(
        {what: rows for what, rows in held.items() if what != "messages"}
    )


def test_of_two_who_correct_one_person_the_second_is_told_what_changed_and_keeps_the_text(
    readers: People,
) -> None:
    client = signed_in(readers.manager)
    about = {
        "name": "Grace Wambui",
        "sex": "woman",
        "institution": "",
        "function": "",
        "email": "grace@cert.example",
        "phone": "",
    }
    assert (
        client.post(
            "/countries/KEN/contacts/", about | {"programme": make.programme().pk}
        ).status_code
        == 302
    )
    path = f"/persons/{Person.objects.get().pk}/"
    seen = mark_in(client.get(path))
    assert (
        signed_in(readers.officer)
        .post(path, about | {"institution": "Police", "seen": seen})
        .status_code
        == 302
    )
    refused = client.post(path, about | {"function": "Head <of> unit", "seen": seen})
    shown = refused.content.decode()
    assert (
        refused.status_code == 409
        and "Institution: Police" in shown
        and "Head &lt;of&gt; unit" in shown
        and "Name: Grace" not in shown
    )
    person = Person.objects.get()
    assert (person.institution, person.function) == ("Police", "")
    wrong = client.post(
        path, about | {"institution": "Police", "email": "grace", "seen": mark_in(refused)}
    )
    assert wrong.status_code == 422
    assert (
        client.post(
            path, about | {"institution": "Police", "function": "Head", "seen": mark_in(wrong)}
        ).status_code
        == 302
    )
    person.refresh_from_db()
    assert (person.institution, person.function) == ("Police", "Head")


def test_a_held_about_row_of_every_kind_is_plain(people: People) -> None:
    told = holdings.held_about(people.officer)
    assert {
        "account",
        "signing in",
        "messages",
        "designations",
        "programmes",
        "acts",
        "attendance and contacts",
        "looks at personal data",
    } <= set(told)


def test_a_list_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValidationError, match="too long"):
        attendance_import.read_attendance("Name,Country\n" + "A,KEN\n" * 1002, [])
