"""What an officer writes for the manager who decides: needed to find a request complete, read
beside the decision, never by the country."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.requests.assessments import PARTS, Assessment
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import WORKFLOW
from assistance.timeline.models import EventText
from core.db.country_role import as_country
from core.workflow.exceptions import DomainError
from tests import make
from tests.api import Api
from tests.kept import kept_people
from tests.make import People
from tests.markup import compact

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
SECRET = "The unit has been accused of taking bribes."
WITH_SECRET = make.ASSESSED | {"risk": SECRET, "note_overlap": f"Note: {SECRET}"}


def read(user: User, address: str) -> str:
    """A page as somebody reads it."""
    client = Client()
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def open_to(user: User, case: AssistanceRequest) -> set[str]:
    """Codes of what somebody may do."""
    return {a.code for a in WORKFLOW.available(user, case)}


@pytest.mark.parametrize("left_out", [*PARTS, "recommendation", "note_overlap"])
def test_a_request_is_found_complete_only_with_the_whole_assessment(
    people: People, left_out: str
) -> None:
    case = make.advanced(people, "under_review")
    with pytest.raises(DomainError) as refused:
        make.do(people.officer, case, "mark_complete", **(make.ASSESSED | {left_out: ""}))
    assert list(refused.value.errors) == [left_out]
    case.refresh_from_db()
    assert case.complete_since is None and not Assessment.objects.exists()


def test_the_page_asks_for_it_and_the_manager_reads_it_beside_each_decision(people: People) -> None:
    case = make.advanced(people, "under_review")
    client = Client()
    client.force_login(people.officer)
    address = reverse("request_act", args=[case.pk, "mark_complete"])
    refused = client.post(address, make.ASSESSED | {"risk": "", "version": case.version})
    assert (
        refused.status_code == 422 and "What there is to say on cost." in refused.content.decode()
    )
    assert client.post(address, WITH_SECRET | {"version": case.version}).status_code == 302
    for code in ("accept", "waitlist", "refer", "decline", "return_assessment"):
        page = compact(read(people.manager, reverse("request_act", args=[case.pk, code])))
        assert SECRET in page and "Recommendation: Accept" in page, code
    assert SECRET in read(people.officer, case.get_absolute_url())
    assert SECRET not in read(people.kenya, case.get_absolute_url())


def test_the_api_tells_staff_and_not_the_country(people: People) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "mark_complete", **WITH_SECRET
    )
    shown = Api(people.manager).get(f"requests/{case.pk}/").json()["assessment"]
    assert (shown["risk"], shown["recommendation"], shown["open"]) == (SECRET, "accept", False)
    answer = Api(people.kenya).get(f"requests/{case.pk}/")
    assert answer.status_code == 200 and "assessment" not in answer.json()


def test_an_assessment_that_is_returned_leaves_the_request_complete_and_undecided(
    people: People,
) -> None:
    case = make.advanced(people, "complete")
    before = (
        case.complete_since,
        case.version,
        case.updated_at,
        case.due_on,
        list(case.clocks.values()),
    )
    case = make.do(
        people.manager, case, "return_assessment", still_needed="What did the last course change?"
    )
    assert (
        case.complete_since,
        case.version,
        case.updated_at,
        case.due_on,
        list(case.clocks.values()),
    ) == before
    assert not {"accept", "waitlist", "return_assessment"} & open_to(people.manager, case)
    assert {"refer", "decline"} <= open_to(people.manager, case)
    assert "mark_complete" in open_to(people.officer, case)
    assert people.officer.notifications.filter(kind="request.return_assessment").count() == 1
    assert not people.kenya.notifications.filter(kind="request.return_assessment").exists()
    for code in ("mark_complete",):
        assert "What did the last course change?" in read(
            people.officer, reverse("request_act", args=[case.pk, code])
        )
    assert "last course change" not in read(people.kenya, case.get_absolute_url())


def test_a_second_time_starts_no_clock_and_the_country_reads_nothing_of_it(people: People) -> None:
    case = make.do(
        people.manager,
        make.advanced(people, "complete"),
        "return_assessment",
        still_needed="More on cost.",
    )
    clocks, since, version = list(case.clocks.values()), case.complete_since, case.version
    case = make.do(
        people.officer, case, "mark_complete", **(make.ASSESSED | {"cost": "Twice of last year's."})
    )
    assert (list(case.clocks.values()), case.complete_since, case.version) == (
        clocks,
        since,
        version,
    )
    assert list(
        case.events.filter(action="mark_complete").order_by("id").values_list("shared", flat=True)
    ) == [True, False]
    assert "accept" in open_to(people.manager, case)
    assessment = Assessment.objects.get(request=case)
    assert assessment.cost == "Twice of last year's."
    history: Any = Assessment.history.rel.related_model  # type: ignore[attr-defined]
    said = (
        history.objects.filter(pgh_obj_id=assessment.pk)
        .order_by("pgh_id")
        .values_list("cost", flat=True)
    )
    assert list(said) == [
        "What there is to say on cost.",
        "What there is to say on cost.",
        "Twice of last year's.",
    ]


def test_the_countrys_role_has_no_right_on_an_assessment_or_its_history(people: People) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "mark_complete", **WITH_SECRET
    )
    make.do(people.manager, case, "return_assessment", still_needed=SECRET)
    for table in ("assistance_assessment", "assistance_assessmenthistory"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
            )
            columns = [name for (name,) in cursor.fetchall()]
        assert len(columns) > 10
        for column in columns:
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                as_country(people.kenya),
                connection.cursor() as cursor,
            ):
                cursor.execute(f'SELECT "{column}" FROM {table}')


def test_none_of_its_words_stand_where_the_countrys_role_reads(people: People) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "mark_complete", **WITH_SECRET
    )
    make.do(people.manager, case, "return_assessment", still_needed=SECRET)
    # what it still needs, in an event that is not shared
    assert EventText.objects.filter(text=SECRET).count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges WHERE grantee"
            " = 'meridian_country' AND privilege_type = 'SELECT' AND table_schema = 'public' ORDER"
            " BY 1, 2"
        )
        granted = cursor.fetchall()
    assert ("assistance_assistancerequest", "title") in granted
    with as_country(people.kenya), connection.cursor() as cursor:
        for table, column in granted:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s',
                ["%taking bribes%"],
            )
            assert cursor.fetchone() == (0,), (table, column)
