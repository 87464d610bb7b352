"""The history of a record, as managers and administrators read it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Role, User
from accounts.tokens.models import ApiToken
from assistance.engagements.models import NextStep
from assistance.engagements.part_models import EngagementPart
from assistance.programmes.models import Holiday, Programme, ProgrammeMembership
from assistance.requests.clock_models import CaseClock
from assistance.requests.models import AssistanceRequest
from assistance.tasks import close_unconfirmed
from audit.changes import SECRET, Change
from audit.context import RecordedTask, command_context
from audit.history import Wanted, actors_of, page_of
from audit.registry import histories, history_sources, open_record, subjects_for
from audit.verification import altered_rows, findings, tracked_models
from config.celery import app
from core.db import append_only
from countries.models import FocalPoint
from files.models import attach_file
from reports.schedules import services
from reports.schedules.models import CountryInScopeEvent, RecipientEvent
from reports.schedules.versions import ScheduleValues
from tests import make
from tests.make import People
from tests.reports.producing import schedule

pytestmark = pytest.mark.django_db


def changes(reader: User, subject: str, pk: int, **wanted: Any) -> list[Change]:
    """The newest changes that a reader is shown."""
    record = open_record(subject, pk, reader)
    assert record is not None
    return page_of(record, reader, Wanted(**wanted), size=100).changes


def browser(user: User) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(user)
    return client


def fields(change: Change) -> dict[str, tuple[str, str]]:
    """What a change shows, by column."""
    return {
        f.name: (f.before.whole if f.before else "", f.after.whole if f.after else "")
        for f in change.fields
    }


def forget_context() -> None:
    """Every test is one transaction, which keeps the context of the last change; what comes from
    elsewhere has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', true),"
            " set_config('pghistory.context_metadata', '', true)"
        )


def test_a_change_says_who_made_it_when_in_which_request_and_what_was_there(people: People) -> None:
    case = make.submitted(people.kenya)
    browser(people.officer).post(
        f"/requests/{case.pk}/do/start_review/",
        {"lead_officer": people.officer.pk, "letter": "authenticated", "version": case.version},
    )
    case.refresh_from_db()
    assert case.state == "under_review"
    change = next(
        c
        for c in changes(people.manager, "request", case.pk, label="update")
        if "state" in fields(c) and c.actor == str(people.officer.pk)
    )
    assert (change.who, change.method, change.path) == (
        "Anna Rossi",
        "POST",
        f"/requests/{case.pk}/do/start_review/",
    )
    assert change.request_id is not None and change.done == "changed" and change.row == ""
    assert fields(change)["state"] == ("Submitted", "Under review")
    assert fields(change)["lead_officer"] == ("–", "Anna Rossi")


def test_changes_of_many_rows_at_once_and_by_sql_are_there_with_their_actor(people: People) -> None:
    case = make.submitted(people.kenya)
    with command_context("tidy_up"):
        AssistanceRequest.objects.filter(pk=case.pk).update(priority="high")
    forget_context()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assistance_assistancerequest SET priority = 'low' WHERE id = %s", [case.pk]
        )
    outside, bulk = changes(people.manager, "request", case.pk, label="update")[:2]
    assert (outside.who, outside.path, fields(outside)["priority"][0]) == (
        "SQL outside Meridian",
        "",
        fields(bulk)["priority"][1],
    )
    assert (bulk.who, bulk.path) == ("a command", "tidy_up")
    assert [
        c.pk for c in changes(people.manager, "request", case.pk, actor="outside", label="update")
    ][:1] == [case.pk]
    assert {c.path for c in changes(people.manager, "request", case.pk, actor="command")} == {
        "tidy_up"
    }


def test_what_a_task_changes_is_the_clocks_and_bears_its_name(people: People) -> None:
    case = make.submitted(people.kenya)

    @app.task(name="tests.change")
    def change() -> None:
        AssistanceRequest.objects.filter(pk=case.pk).update(priority="high")

    change()
    assert all(
        isinstance(task, RecordedTask) for task in (change, app.tasks[close_unconfirmed.name])
    )
    newest = next(c for c in changes(people.manager, "request", case.pk) if c.row == "")
    assert (newest.who, newest.path) == ("the clock", "tests.change")
    assert ("clock", "the clock") in actors_of(
        open_record("request", case.pk, people.manager) or pytest.fail()
    )


def test_the_user_of_a_token_is_the_actor(people: People) -> None:
    case = make.draft(people.kenya)
    _token, key = ApiToken.issue(people.kenya, may_write=True)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    answer: Any = program.patch(
        f"/api/v1/requests/{case.pk}/", {"title": "Another title"}, format="json"
    )
    assert answer.status_code == 200
    newest = changes(people.administrator, "request", case.pk)[0]
    assert (newest.actor, newest.who, newest.method) == (
        str(people.kenya.pk),
        "Jane Wanjiru",
        "PATCH",
    )


def test_parts_count_and_stay_when_they_are_removed(people: People) -> None:
    deed = make.engagement(
        people.officer,
        make.part(date(2031, 1, 6), KEN={"women": 1, "men": 2}),
        make.part(FJI={"women": 5}),
    )
    part = EngagementPart.objects.filter(engagement=deed).first()
    assert part is not None
    gone = part.pk
    part.participations.all().delete()
    part.delete()
    removed = changes(people.manager, "engagement", deed.pk, label="delete")
    assert {c.model.__name__ for c in removed} == {"EngagementPart", "CountryParticipation"}
    assert (
        next(c for c in removed if c.pk == gone and c.model is EngagementPart).row == f"No. {gone}"
    )
    participation = next(c for c in removed if c.model.__name__ == "CountryParticipation")
    assert (
        fields(participation)["women"] == ("1", "–")
        and fields(participation)["country"][0] == "Kenya"
    )


def test_files_of_a_request_belong_to_its_history(people: People) -> None:
    case = make.submitted(people.kenya)
    attach_file("request", case.pk, make.pdf("evidence.pdf"), people.kenya)
    newest = next(c for c in changes(people.manager, "request", case.pk) if c.what == "file")
    assert newest.row == "evidence.pdf" and "/" not in fields(newest)["content"][1]


def test_schedules_and_what_a_programme_is_set_up_with_are_read_by_its_managers(
    people: People,
) -> None:
    about: ScheduleValues = {
        "programme": make.programme(),
        "title": "Progress report",
        "frequency": "quarterly",
        "valid_from": timezone.now().date().replace(month=1, day=1),
    }
    schedule = services.create_schedule(
        people.manager, about | {"cutoff_days": 1, "languages": ["en"], "formats": ["csv"]}
    )
    assert {c.model.__name__ for c in changes(people.manager, "schedule", schedule.pk)} == {
        "Schedule",
        "ScheduleVersion",
    }
    day = Holiday.objects.create(
        programme=make.programme(), day=timezone.now().date(), title="A holiday"
    )
    assert changes(people.manager, "programme", make.programme().pk)[0].pk == day.pk
    assert changes(people.manager, "holiday", day.pk)[0].label == "insert"
    assert open_record("user", people.officer.pk, people.manager) is None


def test_a_manager_of_another_programme_and_an_officer_here_who_manages_elsewhere_get_404(
    people: People,
) -> None:
    case, deed = make.submitted(people.kenya), make.engagement(people.officer)
    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    stranger = make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=stranger, programme=other, role=Role.MANAGER, valid_from=make.LONG_AGO
    )
    both = make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=both, programme=other, role=Role.MANAGER, valid_from=make.LONG_AGO
    )
    ProgrammeMembership.objects.create(
        user=both, programme=make.programme(), role=Role.OFFICER, valid_from=make.LONG_AGO
    )
    for user in (stranger, both):
        for path in (
            f"/audit/request/{case.pk}/",
            f"/audit/engagement/{deed.pk}/",
            f"/api/v1/audit/request/{case.pk}/",
            f"/audit/user/{user.pk}/",
        ):
            assert browser(user).get(path).status_code == 404, path
        assert (
            browser(user)
            .get("/audit/", {"subject": "request", "q": str(case.reference)})
            .status_code
            == 200
        )
    assert (
        "Every change of this record"
        not in browser(both).get(f"/requests/{case.pk}/").content.decode()
    )
    assert (
        f"/audit/request/{case.pk}/"
        in browser(people.manager).get(f"/requests/{case.pk}/").content.decode()
    )


def test_officers_and_focal_points_read_no_history(people: People) -> None:
    case = make.submitted(people.kenya)
    for user in (people.officer, people.kenya):
        assert browser(user).get("/audit/").status_code == 403
        for path in (
            f"/audit/request/{case.pk}/",
            f"/api/v1/audit/request/{case.pk}/",
            "/audit/user/1/",
        ):
            assert browser(user).get(path).status_code == 404
        assert open_record("request", case.pk, user) is None


def test_unknown_subjects_and_records_are_404(people: People) -> None:
    for path in (
        "/audit/nothing/1/",
        "/audit/user/999999/",
        "/audit/user/99999999999999999999/",
        "/api/v1/audit/nothing/1/",
        "/api/v1/audit/user/9999999999999999999/",
    ):
        assert browser(people.administrator).get(path).status_code == 404, path


def test_an_administrator_sees_of_a_case_which_fields_changed_and_no_value(people: People) -> None:
    case = make.submitted(
        people.kenya, title="A very telling title", problem="Our evidence rooms are open"
    )
    AssistanceRequest.objects.filter(pk=case.pk).update(title="Another telling title")
    admin = browser(people.administrator)
    assert (
        admin.get("/audit/", {"subject": "request", "q": str(case.reference)}).headers["Location"]
        == f"/audit/request/{case.pk}/"
    )
    page = admin.get(f"/audit/request/{case.pk}/").content.decode()
    answer: Any = admin.get(f"/api/v1/audit/request/{case.pk}/")
    for text in (page, answer.content.decode()):
        for value in (
            "telling",
            "evidence rooms",
            "Kenya",
            str(case.reference),
            "digital-forensics",
        ):
            assert value not in text
        assert "Jane Wanjiru" in text or "SQL outside Meridian" in text
    assert "no value and no title" in page and "problem to be solved" in page
    assert all(
        c["sealed"]
        and all(f["before"] is f["after"] is f["after_text"] is None for f in c["fields_changed"])
        for c in answer.json()["results"]
    )
    newest = next(c for c in answer.json()["results"] if c["row"] == "")
    assert {f["name"] for f in newest["fields_changed"]} == {"title"}


def test_a_draft_has_no_history_for_a_manager(people: People) -> None:
    assert open_record("request", make.draft(people.kenya).pk, people.manager) is None


def test_values_of_a_draft_stay_sealed_after_its_submission(people: People) -> None:
    case = make.submitted(people.kenya, title="As submitted")
    history = histories()[AssistanceRequest]
    columns = [
        f.column
        for f in history._meta.concrete_fields
        if f.column not in ("pgh_id", "pgh_created_at", "title", "reference")
    ]
    names = ", ".join(f'"{c}"' for c in columns)
    with (
        connection.cursor() as cursor
    ):  # a test is one instant to the database: the draft is put before it
        cursor.execute(
            f"INSERT INTO {history._meta.db_table} (pgh_created_at, title, {names}) SELECT"
            f" pgh_created_at - interval '1 hour', 'First thoughts', {names} FROM"
            f" {history._meta.db_table} WHERE pgh_obj_id = %s AND pgh_label = 'insert'",
            [case.pk],
        )
    oldest = changes(people.manager, "request", case.pk)[-1]
    assert (
        oldest.sealed
        and "title" in fields(oldest)
        and not any("".join(values) for values in fields(oldest).values())
    )
    page = browser(people.manager).get(f"/audit/request/{case.pk}/").content.decode()
    assert (
        "First thoughts" not in page
        and "As submitted" in page
        and "before the request was submitted" in page
    )


def test_administrators_read_users_designations_and_reference_data_with_values(
    people: People,
) -> None:
    User.objects.filter(pk=people.officer.pk).update(role=Role.MANAGER)
    assert fields(changes(people.administrator, "user", people.officer.pk)[0])["role"] == (
        "Programme officer",
        "Manager",
    )
    point = FocalPoint.objects.get(user=people.kenya)
    programme, made = changes(people.administrator, "focal_point", point.pk)[:2]
    assert fields(programme)["programme"][1] == str(make.programme())
    assert (
        fields(made)["user"][1] == "Jane Wanjiru"
        and fields(made)["country"][1] == "Kenya"
        and fields(made)["may_clear"][1] in ("Yes", "No")
    )
    membership = ProgrammeMembership.objects.get(user=people.manager)
    assert fields(changes(people.administrator, "membership", membership.pk)[0])["programme"][
        1
    ] == str(make.programme())


def test_no_password_token_or_secret_is_ever_in_a_history_or_shown(people: People) -> None:
    for model, history in histories().items():
        kept = {f.attname for f in history._meta.concrete_fields}
        assert not {c for c in kept if any(word in c for word in SECRET)}, model
    token, key = ApiToken.issue(people.officer, name="Program")
    people.officer.set_password("another-password-of-mine")
    people.officer.save()
    page = browser(people.administrator).get(f"/audit/user/{people.officer.pk}/").content.decode()
    assert "Program" in page
    for secret in (key, token.digest, people.officer.password, people.officer.password[:20]):
        assert secret not in page
    assert "Only what history does not keep" in page


def test_pages_by_cursor_show_every_change_once_in_both_directions(people: People) -> None:
    deed = make.engagement(people.officer, *(make.part(KEN={"women": n}) for n in range(1, 6)))
    kenya = make.Country.objects.get(iso3="KEN")
    for n in range(12):
        NextStep.objects.create(
            engagement=deed,
            side="theirs",
            what=f"Step {n}",
            owner="Police",
            country=kenya,
            due_on=timezone.now().date(),
        )
    record = open_record("engagement", deed.pk, people.manager)
    assert record is not None
    whole = [
        (c.model, c.pk, c.at, c.label)
        for c in page_of(record, people.manager, Wanted(), size=100).changes
    ]
    walked, cursor, back = [], "", ""
    while True:
        page = page_of(record, people.manager, Wanted(), cursor, 5)
        walked += [(c.model, c.pk, c.at, c.label) for c in page.changes]
        if not page.older:
            break
        cursor, back = page.older, page.newer
    assert walked == whole and len(whole) > 20
    before = page_of(record, people.manager, Wanted(), page.newer, 5)
    assert (
        [(c.model, c.pk, c.at, c.label) for c in before.changes]
        == whole[-len(page.changes) - 5 : -len(page.changes)]
        and before.older
        and back
    )


def test_the_api_answers_in_the_shape_of_every_list(people: People) -> None:
    case = make.advanced(people, "planned")
    client = browser(people.manager)
    address = f"/api/v1/audit/request/{case.pk}/"
    first: Any = client.get(address, {"page_size": 3}).json()
    assert (
        set(first) == {"next", "previous", "results"}
        and len(first["results"]) == 3
        and first["previous"] is None
    )
    second: Any = client.get(first["next"]).json()
    assert second["previous"] and second["results"][0] != first["results"][0]
    again: Any = client.get(second["previous"]).json()
    assert again["results"] == first["results"]
    for wrong in (
        {"cursor": "x"},
        {"page_size": "0"},
        {"change": "x"},
        {"actor": "x"},
        {"start": "x"},
        {"unknown": "1"},
    ):
        answer: Any = client.get(address, wrong)
        assert answer.status_code == 400 and set(answer.json()["errors"]) == set(wrong)
    assert (
        client.get(address, {"end": str((timezone.now() - timedelta(days=3)).date())}).json()[
            "results"
        ]
        == []
    )
    assert client.get(
        address, {"start": str(timezone.now().date() - timedelta(days=1)), "change": "insert"}
    ).json()["results"]


def test_the_page_keeps_a_wrong_filter_and_says_what_is_wrong(people: People) -> None:
    case = make.submitted(people.kenya)
    page = browser(people.manager).get(
        f"/audit/request/{case.pk}/", {"start": "yesterday", "cursor": "x"}
    )
    assert (
        page.status_code == 200
        and "Write a date that exists" in page.content.decode()
        and "yesterday" in page.content.decode()
    )
    assert (
        browser(people.manager).get(f"/audit/request/{case.pk}/", {"cursor": "x"}).status_code
        == 200
    )


def test_long_texts_are_shortened_with_the_whole_behind(people: People) -> None:
    case = make.submitted(people.kenya)
    AssistanceRequest.objects.filter(pk=case.pk).update(tried_before="word " * 100 + "the end")
    page = browser(people.manager).get(f"/audit/request/{case.pk}/").content.decode()
    assert (
        re.search(r"<summary dir=\"auto\">(word )+w?…", page.replace("word…", "word …"))
        and "the end" in page
    )


def test_the_number_of_queries_does_not_grow_with_rows(
    people: People, django_assert_max_num_queries: Any
) -> None:
    small = make.engagement(
        people.officer, make.part(KEN={"women": 1}), requests=[make.advanced(people, "planned")]
    )
    large = make.engagement(
        people.officer,
        *(make.part(KEN={"women": n}, FJI={"men": n}) for n in range(1, 10)),
        requests=[make.advanced(people, "planned")],
    )
    for deed in (small, large):
        NextStep.objects.create(
            engagement=deed,
            side="theirs",
            what="Step",
            owner="Police",
            country=make.Country.objects.get(iso3="KEN"),
            due_on=timezone.now().date(),
        )
    counts = []
    for deed in (small, large):
        record = open_record("engagement", deed.pk, people.manager)
        assert record is not None
        with django_assert_max_num_queries(100) as asked:
            page_of(record, people.manager, Wanted(), size=100)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_table_that_has_a_history_writes_it(people: People) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        found = {
            (table, name.split("_")[1])
            for table, name in cursor.fetchall()
            if name.startswith("pgtrigger_")
        }
    tables = [model._meta.db_table for model, _history in tracked_models()]
    assert len(tables) > 30
    assert [
        (table, what)
        for table in tables
        for what in ("insert", "update", "delete")
        if (table, what) not in found
    ] == []


def test_scope_and_recipients_of_a_schedule_are_part_of_its_history(people: People) -> None:
    kenya = make.Country.objects.get(iso3="KEN")
    planned = schedule(
        people, kind="country", title="Brief", countries=[kenya], recipients=[people.officer]
    )
    version = planned.versions.get()
    version.recipients.clear()
    told = [
        (type(row).__name__, row.pgh_label)
        for model in (CountryInScopeEvent, RecipientEvent)
        for row in model.objects.order_by("pgh_id")
    ]
    assert told == [
        ("CountryInScopeEvent", "insert"),
        ("RecipientEvent", "insert"),
        ("RecipientEvent", "delete"),
    ]
    assert list(findings()) == []


def test_every_history_has_a_subject_or_a_record_that_it_is_part_of(people: People) -> None:
    reached = {
        source.model
        for subject in subjects_for(people.administrator)
        for source in history_sources(subject.code)
    }
    assert {m.__name__ for m in histories()} - {m.__name__ for m in reached} <= {
        "Person",
        "Attendance",
        "ReportDocument",
        "ReportEdition",
        "ScheduleVersion_countries",
        "ScheduleVersion_recipients",
    }


@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(people: People, statement: str) -> None:
    make.engagement(
        people.officer, make.part(KEN={"women": 1}), requests=[make.advanced(people, "planned")]
    )
    for history in histories().values():
        if history.objects.exists():
            with (
                pytest.raises(Error, match="Cannot update or delete"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement.format(history._meta.db_table))
    assert CaseClock.objects.exists()


def test_a_command_of_manage_py_gives_its_changes_its_name(people: People) -> None:
    with command_context("create_token"):
        call_command("create_token", people.officer.email, "--write", verbosity=0)
    newest = changes(people.administrator, "user", people.officer.pk)[0]
    assert (newest.who, newest.path, newest.model) == ("a command", "create_token", ApiToken)


def test_what_no_row_can_be_removed_from_unseen_is_guarded() -> None:
    """Timelines with texts and seals, looks, reports, whatever has a history, and the histories:
    all that the models declare."""
    declared = {
        m._meta.db_table
        for m in apps.get_models()
        if any("DELETE" in str(t.operation) for t in getattr(m._meta, "triggers", []))
    }
    expected = {
        "assistance_caseevent",
        "assistance_eventtext",
        "assistance_eventseal",
        "assistance_engagementevent",
        "accounts_look",
        "reports_reportrevision",
        "reports_reportedition",
        "reports_reportdocument",
        "assistance_requesthistory",
        "pghistory_context",
    }
    assert expected <= set(append_only.kept_tables()) and {
        h._meta.db_table for h in histories().values()
    } <= set(append_only.kept_tables())
    assert {m._meta.db_table for m in histories()} <= set(append_only.kept_tables())
    assert len(declared) > 30 and declared <= set(append_only.kept_tables())
    assert append_only.unguarded_tables() == []


def test_no_history_is_emptied_and_what_a_change_was_made_in_only_grows(people: People) -> None:
    with command_context("made"):
        case = make.submitted(people.kenya)
    forget_context()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert append_only.unguarded_tables() == []
    for statement in (
        *(f"TRUNCATE {table} CASCADE" for table in append_only.kept_tables()),
        "TRUNCATE assistance_requesthistory",
        "TRUNCATE pghistory_context",
        "DELETE FROM pghistory_context",
        "UPDATE pghistory_context SET metadata = '{}'",
        "UPDATE pghistory_context SET created_at = now() - interval '1 day'",
    ):
        with (
            pytest.raises(Error, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pghistory.context(url="/somewhere/", method="POST", user=None):
        for user, priority in (
            (None, "high"),
            (people.officer.pk, "low"),
            (None, "normal"),
        ):  # as a token's user is known late, and then signed out
            pghistory.context(user=user)
            AssistanceRequest.objects.filter(pk=case.pk).update(priority=priority)
    newest = next(c for c in changes(people.manager, "request", case.pk) if c.row == "")
    assert (newest.who, newest.path) == ("Anna Rossi", "/somewhere/")


def test_a_transaction_that_began_earlier_and_changed_a_row_later_is_no_finding(
    people: People,
) -> None:
    day = Holiday.objects.create(
        programme=make.programme(), day=timezone.now().date(), title="First"
    )
    history = histories()[Holiday]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assistance_holiday DISABLE TRIGGER USER")
        Holiday.objects.filter(pk=day.pk).update(title="Second")
        assert altered_rows(Holiday, histories()[Holiday]) == [day.pk]
        cursor.execute(
            f"INSERT INTO {history} (pgh_created_at, pgh_label, pgh_obj_id, id, programme_id, day,"
            " title) SELECT now() - interval '1 minute', 'update', id, id, programme_id, day,"
            " title FROM assistance_holiday WHERE id = %s",
            [day.pk],
        )
    assert altered_rows(Holiday, histories()[Holiday]) == []
