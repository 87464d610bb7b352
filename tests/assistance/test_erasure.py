"""People who want to be forgotten: accounts, participants, signatories and the words of events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connection

from accounts.models import Look, User
from assistance.engagements import follow_up
from assistance.engagements.models import Engagement, NextStep
from assistance.models import AssistanceRequest, CaseEvent, EventText, Person
from assistance.plans.models import PlannedStep
from assistance.timeline.verification import findings as timeline_findings
from audit.verification import findings as audit_findings
from files.models import Attachment, attach_file
from files.verification import findings as file_findings
from reports.reports.verification import findings as report_findings
from tests import make
from tests.api import Api
from tests.assistance.participants import command, listed, signed_in
from tests.make import People

pytestmark = pytest.mark.django_db


def test_a_user_is_erased_and_everything_still_holds(readers: People, deed: Engagement) -> None:
    case = make.advanced(readers, "under_review")
    listed(readers.officer, deed)
    kenya = readers.kenya
    with pytest.raises(CommandError, match="Deactivate"):
        command("erase", kenya.email)
    assert json.loads(command("export", kenya.email))["held"]["designations"][0]["country"] == "KEN"
    User.objects.filter(pk=kenya.pk).update(is_active=False)
    name, email = kenya.name, kenya.email
    command("erase", email)
    kenya.refresh_from_db()
    assert (kenya.name, kenya.title, kenya.phone) == ("", "", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(u::text, '') FROM accounts_userevent u")
        history = cursor.fetchone()[0]
    assert name not in history
    assert email not in history
    page = signed_in(readers.officer).get(f"/requests/{case.pk}/").content.decode()
    assert "erased person" in page
    assert name not in page
    assert not [*audit_findings(), *timeline_findings(), *report_findings()]
    with pytest.raises(CommandError, match="Nothing is held"):
        command("export", email)


def test_an_erasure_that_cannot_be_recorded_to_the_end_erases_nothing(
    readers: People, deed: Engagement
) -> None:
    Person.objects.filter(pk=listed(readers.officer, deed)[0].pk).update(identity="")
    person = Person.objects.get(name="Amina Otieno")
    person.email = readers.kenya.email
    person.save()
    User.objects.filter(pk=readers.kenya.pk).update(is_active=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
            " 'no room left'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON accounts_look FOR EACH ROW WHEN (NEW.subject ="
            " 'person') EXECUTE FUNCTION refuse()"
        )
    with pytest.raises(DatabaseError, match="no room left"):
        command("erase", readers.kenya.email)
    assert User.objects.get(pk=readers.kenya.pk).name == readers.kenya.name
    assert Person.objects.filter(name="Amina Otieno").exists()


def test_a_name_in_steps_and_plans_goes_with_its_person_and_was_never_in_a_history(
    readers: People, deed: Engagement
) -> None:
    officer, today = readers.officer, make.programme().today()
    step = {
        "what": "Course",
        "starts_on": today,
        "ends_on": today,
        "who": f" {officer.name.upper()}",
        "cost": None,
    }
    case = make.do(
        officer,
        make.advanced(readers, "accepted"),
        "propose_plan",
        **(make.PLAN | {"steps": [step, step | {"who": "Police of Kenya"}]}),
    )
    ours = follow_up.add_step(
        officer,
        deed.pk,
        {"side": "ours", "what": "Send the slides", "owner": officer.name, "due_on": today},
    )
    other = follow_up.add_step(
        officer,
        deed.pk,
        {"side": "ours", "what": "Write", "owner": "The secretariat", "due_on": today},
    )
    before = [
        m.objects.count()
        for m in (NextStep.history.rel.related_model, PlannedStep.history.rel.related_model)  # type: ignore[attr-defined]
    ]
    User.objects.filter(pk=officer.pk).update(is_active=False)
    command("erase", officer.email)
    assert [
        s.owner for s in NextStep.objects.filter(pk__in=[ours.pk, other.pk]).order_by("pk")
    ] == ["", "The secretariat"]
    assert list(
        PlannedStep.objects.filter(plan__request=case)
        .order_by("order")
        .values_list("who", flat=True)
    ) == ["", "Police of Kenya"]
    after = [
        m.objects.count()
        for m in (NextStep.history.rel.related_model, PlannedStep.history.rel.related_model)  # type: ignore[attr-defined]
    ]
    assert after == [n + 1 for n in before]  # that a row was changed stands there
    tables = (
        "assistance_nextstepevent",
        "assistance_plannedstepevent",
        "assistance_caseevent",
        "assistance_engagementevent",
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT lower(string_agg(h::text, '')) FROM {table} h")
            assert "rossi" not in cursor.fetchone()[0], table
    assert (
        "rossi"
        not in signed_in(readers.manager).get(f"/requests/{case.pk}/").content.decode().lower()
    )
    assert not [*audit_findings(), *timeline_findings()]


def test_a_participant_is_found_and_erased_by_address_alone(
    readers: People, deed: Engagement
) -> None:
    listed(readers.officer, deed)
    assert (
        json.loads(command("export", "amina@police.example"))["held"]["attendance and contacts"][0][
            "name"
        ]
        == "Amina Otieno"
    )
    assert "1 entries" in command("erase", "AMINA@police.example")
    assert not Person.objects.filter(name="Amina Otieno").exists()


def test_words_of_an_event_and_a_signatory_are_erased_and_the_timeline_still_holds(
    people: People,
) -> None:
    case = make.advanced(people, "planned")
    event = CaseEvent.objects.filter(request=case, texts__isnull=False).first()
    assert event is not None
    command("erase-text", str(event.pk))
    assert set(EventText.objects.filter(event=event).values_list("text", flat=True)) == {""}
    command("erase-signatory", case.reference or "")
    case = AssistanceRequest.objects.get(pk=case.pk)
    assert (case.signatory_name, case.signatory_title) == ("", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(h::text, '') FROM assistance_requesthistory h) || (SELECT"
            " string_agg(h::text, '') FROM assistance_responseplanevent h)"
        )
        assert "Otieno" not in cursor.fetchone()[0]
    assert "Otieno" not in signed_in(people.manager).get(f"/requests/{case.pk}/").content.decode()
    assert not [*audit_findings(), *timeline_findings()]
    for wrong in (
        ("erase-text", "x"),
        ("erase-text", "99999999"),
        ("erase-signatory", "KEN-1999-0001"),
    ):
        with pytest.raises(CommandError, match="There is no"):
            command(*wrong)


def test_the_letter_of_an_erased_signatory_is_named_and_can_be_removed_with_its_bytes(
    people: People, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Path
) -> None:
    options = {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    }
    case = make.draft(people.kenya)
    letter = attach_file("request", case.pk, make.pdf("letter.pdf"), people.kenya, purpose="letter")
    case = make.do(people.kenya, case, "submit")
    make.do(people.kenya, case, "supplement", text="Annex", file=make.pdf("annex.pdf"))
    said = command("erase-signatory", str(case.reference))
    annex = Attachment.objects.get(name="annex.pdf")
    assert f"{letter.key}  " in said and "letter: letter.pdf" in said and str(annex.key) in said
    with django_capture_on_commit_callbacks(execute=True):
        command("remove-file", str(letter.key))
        command("remove-file", str(annex.key))
    assert not Attachment.objects.exists() and not [p for p in tmp_path.rglob("*") if p.is_file()]
    assert list(
        Look.objects.filter(subject="file", act="erased").values_list("subject_id", flat=True)
    ) == [annex.pk, letter.pk]
    page = signed_in(people.officer).get(case.get_absolute_url()).content.decode()
    assert "Annex" in page and "annex.pdf" not in page and "letter.pdf" not in page
    assert "annex.pdf" not in str(Api(people.kenya).rows(f"requests/{case.pk}/timeline/"))
    assert not [*audit_findings(), *timeline_findings(), *file_findings()]
    for wrong in (str(letter.key), "letter.pdf"):
        with pytest.raises(CommandError, match="There is no file"):
            command("remove-file", wrong)
