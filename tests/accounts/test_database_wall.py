"""The database itself keeps countries apart, even where a view forgets to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.tokens.models import ApiToken
from assistance.engagements import services
from assistance.engagements.models import Engagement, NextStep
from assistance.requests import services as request_services
from assistance.requests.models import AssistanceRequest
from assistance.requests.querysets import RequestQuerySet
from assistance.timeline.models import CaseEvent
from core.db.country_role import ROLE, as_country
from files.models import attach_file
from notifications.models import Notification
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
CHILDREN = {
    "assistance_assistancerequest": "country_id = {fiji}",
    "assistance_statespan": "request_id = {case}",
    "assistance_caseclock": "request_id = {case}",
    "assistance_caseevent": "request_id = {case}",
    "assistance_eventtext": (
        "event_id IN (SELECT id FROM assistance_caseevent WHERE request_id = {case})"
    ),
    "assistance_responseplan": "request_id = {case}",
    "assistance_plannedstep": (
        "plan_id IN (SELECT id FROM assistance_responseplan WHERE request_id = {case})"
    ),
    "assistance_planindicator": (
        "plan_id IN (SELECT id FROM assistance_responseplan WHERE request_id = {case})"
    ),
    "assistance_engagement": "id = {deed}",
    "assistance_engagementpart": "engagement_id = {deed}",
    "assistance_engagementevent": "engagement_id = {deed}",
    "assistance_engagementrequest": "request_id = {case}",
    "assistance_countryparticipation": "country_id = {fiji}",
    "assistance_nextstep": "country_id = {fiji}",
    "assistance_namedcountry": "engagement_id = {deed}",
    "files_attachment": "owner_id = {case}",
    "notifications_notification": "user_id = {person}",
}


@pytest.fixture(scope="module")
def people(kept_for_module: None) -> People:
    """Those of all tests of this module."""
    return People()


@pytest.fixture(scope="module")
def fijis(people: People) -> dict[str, int]:
    """A case of Fiji with everything that hangs on it, and one of Kenya."""
    make.advanced(people, "in_delivery")
    case = make.advanced(people, "in_delivery", "FJI")
    request_services.post_message(people.officer, case.pk, "A word to Fiji.", internal=False)
    deed = make.engagement(people.officer, make.part(FJI={"women": 3, "men": 2}), requests=[case])
    services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
    NextStep.objects.create(
        engagement=deed,
        side="theirs",
        country=case.country,
        what="Report",
        owner="Police",
        due_on=case.programme.today(),
    )
    attach_file("request", case.pk, make.pdf(), people.fiji)
    persons = {
        "person": people.fiji.pk,
        "myself": people.kenya.pk,
        "officer": people.officer.pk,
        "colleague": make.focal_point("KEN").pk,
    }
    return {"case": case.pk, "fiji": case.country_id, "deed": deed.pk} | persons


def count(sql: str) -> int:
    """One number."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", CHILDREN)
def test_a_focal_points_role_reads_no_row_of_another_country(
    people: People, fijis: dict[str, int], table: str
) -> None:
    sql = f"SELECT count(*) FROM {table} WHERE {CHILDREN[table].format(**fijis)}"
    assert table == "assistance_namedcountry" or count(sql) > 0
    with as_country(people.fiji):
        assert count(sql) > 0
    with as_country(people.kenya):
        assert count(sql) == 0


def test_a_view_that_forgets_its_filter_still_shows_nothing_of_another_country(
    people: People, fijis: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RequestQuerySet, "visible_to", lambda self, user: self.all())
    case = AssistanceRequest.objects.get(pk=fijis["case"])
    client = Client()
    client.force_login(people.kenya)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert str(case.reference).encode() not in client.get(reverse("requests")).content
    export: Any = client.get(reverse("requests_export"))
    assert str(case.reference).encode() not in b"".join(export.streaming_content)
    _token, key = ApiToken.issue(people.kenya)
    program = Client(HTTP_AUTHORIZATION=f"Token {key}")
    listed = program.get("/api/v1/requests/").json()["results"]
    assert [r["country"] for r in listed] == ["KEN"]
    assert program.get(f"/api/v1/requests/{case.pk}/").status_code == 404
    client.force_login(people.officer)
    assert client.get(case.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("session", "token", "by_the_api", "by_a_page"),
    [
        ("officer", "kenya", ROLE, ""),
        ("kenya", "officer", "", ROLE),
        ("fiji", "kenya", ROLE, ROLE),
        ("administrator", "kenya", ROLE, None),
    ],
)
def test_the_role_is_that_of_the_person_who_is_served_where_a_session_and_a_token_are_sent(
    people: People,
    monkeypatch: pytest.MonkeyPatch,
    session: str,
    token: str,
    by_the_api: str,
    by_a_page: str | None,
) -> None:
    visible_to, seen = RequestQuerySet.visible_to, []

    def watched(self: Any, user: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            seen.append((user, cursor.fetchone()[0]))
        return visible_to(self, user)

    monkeypatch.setattr(RequestQuerySet, "visible_to", watched)
    own = connection.settings_dict["USER"]
    _token, key = ApiToken.issue(getattr(people, token))
    client = Client(HTTP_AUTHORIZATION=f"Token {key}")
    client.force_login(getattr(people, session))
    assert client.get("/api/v1/requests/").status_code == 200
    assert seen and set(seen) == {(getattr(people, token), by_the_api or own)}
    seen.clear()
    client.get(reverse("requests"))
    assert set(seen) == (
        set() if by_a_page is None else {(getattr(people, session), by_a_page or own)}
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assistance_assistancerequest SET title = 'x' WHERE id = {case}",
        "UPDATE assistance_caseclock SET days = 99 WHERE request_id = {case}",
        "UPDATE accounts_user SET name = 'x' WHERE id = {person}",
        "UPDATE notifications_notification SET subject = 'x' WHERE user_id = {person}",
    ],
)
def test_a_foreign_row_is_not_changed(
    people: People, fijis: dict[str, int], statement: str
) -> None:
    with as_country(people.kenya), connection.cursor() as cursor:
        cursor.execute(statement.format(**fijis))
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO assistance_statespan (request_id, state, round, entered_at, left_at)"
            " VALUES ({case}, 'closed', 1, now(), now())"
        ),
        (
            "INSERT INTO assistance_caseevent (request_id, round, action, from_state, to_state, at,"
            " on_behalf, shared, data, text_hashes) VALUES ({case}, 1, 'x', 'draft', 'draft',"
            " now(), false, true, '{{}}', '{{}}')"
        ),
        "UPDATE accounts_user SET role = 'administrator' WHERE id = {myself}",
        "UPDATE accounts_user SET email = 'x@example.org' WHERE id = {myself}",
        "UPDATE accounts_user SET password = 'x' WHERE id = {myself}",
        "UPDATE accounts_user SET is_active = true WHERE id = {myself}",
        "UPDATE accounts_user SET name = 'x' WHERE id = {colleague}",
        "UPDATE accounts_user SET name = 'x' WHERE id = {officer}",
        "INSERT INTO accounts_user (email) VALUES ('x@example.org')",
        "INSERT INTO assistance_referencecounter (series, year, last) VALUES ('FJI', 2020, 9)",
        "DELETE FROM assistance_assistancerequest WHERE id = {case}",
        "SELECT count(*) FROM assistance_requesthistory",
        "SELECT count(*) FROM reports_reportrevision",
        "SELECT count(*) FROM pghistory_context",
        "SELECT count(*) FROM django_session",
    ],
)
def test_the_role_is_refused_what_is_not_its_countrys(
    people: People, fijis: dict[str, int], statement: str
) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        as_country(people.kenya),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(**fijis))


def test_of_people_the_role_reads_itself_its_countries_own_and_staff_and_nobody_of_another_country(
    people: People, fijis: dict[str, int]
) -> None:
    colleague = User.objects.get(pk=fijis["colleague"])
    former = make.focal_point("KEN", valid_until=make.LONG_AGO + timedelta(days=30))
    former_staff = make.staff(Role.OFFICER)
    former_staff.role = Role.ADMINISTRATOR
    former_staff.save()
    theirs = {people.kenya, colleague, former, people.officer, people.manager, former_staff}
    with as_country(people.kenya):
        assert set(User.objects.all()) == theirs
        assert (
            not User.objects.filter(email=people.fiji.email).exists()
            and not User.objects.filter(password=people.administrator.password).exists()
        )


def test_a_focal_point_changes_their_account_under_the_role(people: People) -> None:
    client = Client()
    client.force_login(people.kenya)
    sent = {
        "name": "Jane W.",
        "title": "Head",
        "phone": "+254 20",
        "language": "fr",
        "time_zone": "Africa/Nairobi",
        "deputy": make.focal_point("KEN").pk,
    }
    assert (
        client.post(
            reverse("account"), sent | {"role": "administrator", "email": "x@example.org"}
        ).status_code
        == 302
    )
    changed = User.objects.get(pk=people.kenya.pk)
    assert (changed.name, changed.phone, changed.language, changed.deputy_id) == (
        "Jane W.",
        "+254 20",
        "fr",
        sent["deputy"],
    )
    assert (changed.role, changed.email) == (Role.FOCAL_POINT, people.kenya.email)


def test_the_applications_own_role_is_back_after_the_block_and_after_an_error(
    people: People,
) -> None:
    for fails in (False, True):
        try:
            with as_country(people.kenya):
                assert (
                    count(
                        "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND rolname ="
                        f" '{ROLE}'"
                    )
                    == 1
                )
                if fails:
                    raise ValueError
        except ValueError:
            pass
        assert (
            count(
                f"SELECT count(*) FROM pg_roles WHERE rolname = current_user AND rolname = '{ROLE}'"
            )
            == 0
        )
        assert (
            count(
                "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR"
                " rolbypassrls)"
            )
            == 0
        )


def tables() -> Iterator[tuple[str, bool, bool]]:
    """Every table of the database: its name, whether the role has any right on it, whether its rows
    are guarded."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, relrowsecurity, has_table_privilege(%s, oid, 'SELECT, INSERT, UPDATE, DELETE')
               FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')""",
            [ROLE],
        )
        for name, guarded, reached in cursor.fetchall():
            yield name, reached, guarded


def test_every_table_that_the_role_reaches_guards_its_rows() -> None:
    found = list(tables())
    assert sum(reached for _name, reached, _guarded in found) > 30
    assert [name for name, reached, guarded in found if reached and not guarded] == []


def test_a_focal_point_lives_a_whole_request_under_the_role(people: People) -> None:
    """Through the API with a session: what the role may not do would answer 500."""
    client = Client()
    client.force_login(people.kenya)
    body = make.draft_values(country="KEN", pillar="capacity_building")
    made = client.post("/api/v1/requests/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    case, act = made.json()["id"], f"/api/v1/requests/{made.json()['id']}/actions/"
    assert client.post(f"{act}submit/", {}, content_type="application/json").status_code == 200
    assert (
        Notification.objects.filter(
            user=people.officer, path__contains=f"/requests/{case}/"
        ).count()
        == 1
    )
    make.do(
        people.officer,
        AssistanceRequest.objects.get(pk=case),
        "start_review",
        lead_officer=people.officer,
        letter="authenticated",
    )
    make.do(people.officer, AssistanceRequest.objects.get(pk=case), "ask", questions="How many?")
    assert (
        client.post(
            f"{act}answer/", {"answer_1": "Forty."}, content_type="application/json"
        ).status_code
        == 200
    )
    assert client.post(
        f"/api/v1/requests/{case}/messages/",
        {"text": "Thank you."},
        content_type="application/json",
    ).status_code in (200, 201)
    assert (
        client.post(
            f"{act}withdraw/", {"reason": "Solved."}, content_type="application/json"
        ).status_code
        == 200
    )
    assert CaseEvent.objects.filter(request=case, actor=people.kenya).count() == 4
    assert not Engagement.objects.filter(requests=case).exists()
