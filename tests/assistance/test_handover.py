"""Nobody leaves open work behind: what ends by an administrator asks who takes over, and does all
of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from accounts.tokens.models import ApiToken
from assistance.engagements.models import Engagement, NextStep
from assistance.handover.services import hand_over
from assistance.handover.terminations import Termination
from assistance.plans.models import PlannedStep
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.requests import services
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from assistance.timeline.models import CaseEvent
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from countries.models import Country, FocalPoint
from notifications.models import Notification
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
DEACTIVATED = {"role": "officer", "is_active": False}


@pytest.fixture
def ada(people: People) -> Any:
    """The administrator at the browser."""
    client: Any = Client()
    client.force_login(people.administrator)
    return client


@pytest.fixture
def other(people: People) -> User:
    """A second officer."""
    return make.staff(Role.OFFICER, name="Bruno Klein")


def user_form(user: User, **changes: Any) -> dict[str, Any]:
    """What the administration's page of a user sends; an unticked box sends nothing."""
    names = ("email", "name", "title", "phone", "role", "language", "time_zone")
    sent = {n: getattr(user, n) for n in names} | {
        "deputy": "",
        "absent_from": "",
        "absent_until": "",
        "is_active": "on",
    }
    return {k: v for k, v in (sent | changes).items() if v is not None}


def programmes_form(designation: FocalPoint) -> dict[str, Any]:
    """The rows of a designation's programmes, as they are."""
    rows = list(designation.designated_programmes.all())
    name = "designated_programmes"
    sent: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": len(rows),
    }
    for number, row in enumerate(rows):
        sent |= {
            f"{name}-{number}-id": row.pk,
            f"{name}-{number}-focal_point": designation.pk,
            f"{name}-{number}-programme": row.programme_id,
        }
    return sent


def deactivate(ada: Any, user: User) -> Any:
    """Unticks “active” on the page of a user."""
    return ada.post(f"/admin/accounts/user/{user.pk}/change/", user_form(user, is_active=None))


def row_form(row: Any, **changes: Any) -> dict[str, Any]:
    """What the page of a membership or designation sends."""
    names = ("role", "may_clear", "is_primary", "valid_from", "valid_until", "institution_id")
    sent = {
        n.removesuffix("_id"): getattr(row, n)
        for n in names
        if getattr(row, n, None) not in (None, False)
    }
    if isinstance(row, FocalPoint):
        sent |= programmes_form(row)
    return {k: v for k, v in (sent | changes).items() if v is not None}


def work_of(officer: User, people: People) -> tuple[AssistanceRequest, Engagement, NextStep]:
    """A planned request, an engagement and a next step of an officer."""
    case = make.advanced(people, "planned")
    deed = make.engagement(officer, make.part(KEN={"women": 1, "men": 2}), requests=[case])
    step = NextStep.objects.create(
        engagement=deed,
        side="ours",
        what="Send the slides",
        owner=officer.name.upper(),
        due_on=date(2030, 1, 1),
    )
    return case, deed, step


def page(answer: Any) -> str:
    """The text of an answer."""
    return str(answer.content.decode())


def lead() -> str:
    """The name of the question who takes over in the seeded programme."""
    return f"lead_{make.programme().pk}"


def seen(text: str) -> str:
    """The mark that the page carries."""
    return text.split('name="seen" value="')[1].split('"')[0]


def test_deactivating_somebody_with_open_work_leads_to_a_page_with_numbers_and_no_case(
    ada: Any, people: People, other: User
) -> None:
    case, deed, _step = work_of(people.officer, people)
    answer = ada.post(
        f"/admin/accounts/user/{people.officer.pk}/change/",
        user_form(people.officer, is_active=None, title="Adviser"),
    )
    assert answer.status_code == 302
    assert answer.url.startswith(f"/handover/user/{people.officer.pk}/")
    officer = User.objects.get(pk=people.officer.pk)
    assert officer.is_active
    assert officer.title == "Adviser"  # what has nothing to do with the end is saved
    text = page(ada.get(answer.url))
    assert "Open requests that they lead" in text
    assert make.programme().title in text
    assert other.name in text
    for secret in (case.reference, case.title, deed.reference, deed.title, "Send the slides"):
        assert str(secret) not in text


def test_work_moves_with_the_end_and_everybody_is_told(
    ada: Any, people: People, other: User
) -> None:
    case, deed, step = work_of(people.officer, people)
    second = make.advanced(people, "under_review")
    theirs = Client()
    theirs.force_login(people.officer)
    assert theirs.get("/requests/").status_code == 200
    token, _key = ApiToken.issue(people.officer)
    url = deactivate(ada, people.officer).url
    Notification.objects.all().delete()
    answer = ada.post(url, {"seen": seen(page(ada.get(url))), lead(): other.pk})
    assert answer.status_code == 302, page(answer)
    assert answer.url == f"/admin/accounts/user/{people.officer.pk}/change/"
    assert not User.objects.get(pk=people.officer.pk).is_active
    assert {
        c.lead_officer for c in AssistanceRequest.objects.filter(pk__in=[case.pk, second.pk])
    } == {other}
    assert Engagement.objects.get(pk=deed.pk).lead_officer == other
    assert NextStep.objects.get(pk=step.pk).owner == other.name
    for pk in (case.pk, second.pk):
        event = CaseEvent.objects.get(request=pk, action="hand_over")
        assert event.actor == people.administrator
        assert event.data == {"from": people.officer.pk, "lead_officer": other.pk}
        assert not event.shared
    told = deed.events.get(action="hand_over")
    assert told.data == {"from": people.officer.pk, "to": other.pk}
    message = Notification.objects.get()
    assert message.user == other
    assert message.subject == f"You take over 4 open matters from {people.officer.name}"
    assert message.path == "/requests/?mine=true&open=true"
    token.refresh_from_db()
    assert token.ended_at is not None
    assert theirs.get("/requests/").status_code == 302
    reader = Client()
    reader.force_login(other)
    assert reader.get(message.path).status_code == 200
    timeline = page(reader.get(f"/requests/{case.pk}/"))
    assert "Handed over" in timeline
    assert f"Until now: {people.officer.name}" in timeline
    assert f"{people.officer.name} → {other.name}" in page(reader.get(f"/engagements/{deed.pk}/"))
    history = ada.get(f"/admin/accounts/user/{people.officer.pk}/history/")
    assert "Changed active." in page(history)


def test_choosing_nobody_is_refused_while_somebody_could(
    ada: Any, people: People, other: User
) -> None:
    case, *_ = work_of(people.officer, people)
    url = deactivate(ada, people.officer).url
    answer = ada.post(url, {"seen": seen(page(ada.get(url))), lead(): ""})
    assert answer.status_code == 422
    assert "Choose who takes this over." in page(answer)
    assert User.objects.get(pk=people.officer.pk).is_active
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == people.officer


def test_where_nobody_could_take_over_the_page_says_what_happens(ada: Any, people: People) -> None:
    case, deed, step = work_of(people.officer, people)
    ProgrammeMembership.objects.filter(user=people.manager).update(valid_until=date(2021, 1, 1))
    url = deactivate(ada, people.officer).url
    text = page(ada.get(url))
    assert "Nobody else works for this programme" in text
    assert ada.post(url, {"seen": seen(text)}).status_code == 302
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer is None
    assert Engagement.objects.get(pk=deed.pk).lead_officer is None
    assert NextStep.objects.get(pk=step.pk).owner == step.owner
    assert CaseEvent.objects.get(request=case, action="hand_over").data["lead_officer"] is None


def test_a_managers_decisions_need_a_manager(ada: Any, people: People, other: User) -> None:
    case = make.advanced(people, "accepted")
    assert case.deciding_manager == people.manager
    second = make.staff(Role.MANAGER, name="Second manager")
    membership = people.manager.memberships.get()
    answer = ada.post(
        f"/admin/assistance/programmemembership/{membership.pk}/change/",
        row_form(membership, role="officer"),
    )
    text = page(ada.get(answer.url))
    name = f"decide_{make.programme().pk}"
    assert second.name in text
    assert other.name not in text
    refused = ada.post(answer.url, {"seen": seen(text), name: other.pk})
    assert refused.status_code == 422
    assert "cannot take it over" in page(refused)
    assert ada.post(answer.url, {"seen": seen(text), name: second.pk}).status_code == 302
    assert AssistanceRequest.objects.get(pk=case.pk).deciding_manager == second
    membership.refresh_from_db()
    assert membership.role == "officer"


def test_losing_the_role_asks_too(ada: Any, people: People, other: User) -> None:
    work_of(people.officer, people)
    answer = ada.post(
        f"/admin/accounts/user/{people.officer.pk}/change/",
        user_form(people.officer, role="administrator"),
    )
    assert answer.url.startswith("/handover/")
    assert User.objects.get(pk=people.officer.pk).role == "officer"
    assert (
        ada.post(
            answer.url, {"seen": seen(page(ada.get(answer.url))), lead(): other.pk}
        ).status_code
        == 302
    )
    assert User.objects.get(pk=people.officer.pk).role == "administrator"


@pytest.mark.parametrize("days", [0, 40])
def test_a_membership_ends_on_its_day_and_its_work_moves_now(
    ada: Any, people: People, other: User, days: int
) -> None:
    case, *_ = work_of(people.officer, people)
    membership = people.officer.memberships.get()
    until = timezone.now().date() + timedelta(days=days)
    answer = ada.post(
        f"/admin/assistance/programmemembership/{membership.pk}/change/",
        row_form(membership, valid_until=str(until)),
    )
    assert answer.url.startswith(f"/handover/membership/{membership.pk}/")
    text = page(ada.get(answer.url))
    assert ("but the work is handed over now" in text) is bool(days)
    assert ada.post(answer.url, {"seen": seen(text), lead(): other.pk}).status_code == 302
    membership.refresh_from_db()
    assert membership.valid_until == until
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == other


def test_only_the_work_of_the_programme_that_is_left_moves(people: People, other: User) -> None:
    case, *_ = work_of(people.officer, people)
    second = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    kept = ProgrammeMembership.objects.create(
        user=people.officer, programme=second, role="officer", valid_from=make.LONG_AGO
    )
    today = timezone.now().date()
    with pytest.raises(EditConflict):
        hand_over(
            people.administrator,
            people.officer.pk,
            Termination("membership", kept.pk, {"valid_until": None}),
            {},
        )
    hand_over(
        people.administrator,
        people.officer.pk,
        Termination("membership", kept.pk, {"valid_until": today}),
        {},
    )
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == people.officer


def test_what_is_finished_or_somebody_elses_stays(people: People, other: User) -> None:
    case, deed, step = work_of(people.officer, people)
    AssistanceRequest.objects.filter(pk=case.pk).update(state=State.CLOSED)
    Engagement.objects.filter(pk=deed.pk).update(state="verified")
    NextStep.objects.filter(pk=step.pk).update(done_on=date(2026, 1, 1))
    work = hand_over(
        people.administrator,
        people.officer.pk,
        Termination("user", people.officer.pk, DEACTIVATED),
        {},
    )
    assert not work
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == people.officer


def test_steps_of_a_plan_are_counted_and_stay_as_they_were_agreed(
    ada: Any, people: People, other: User
) -> None:
    case = make.advanced(people, "planned")
    PlannedStep.objects.filter(plan__request=case).update(who=people.officer.name)
    url = deactivate(ada, people.officer).url
    text = page(ada.get(url))
    assert "Steps of response plans that name them" in text
    assert ada.post(url, {"seen": seen(text), lead(): other.pk}).status_code == 302
    assert PlannedStep.objects.get(plan__request=case).who == people.officer.name
    assert (
        "still name the other person" in Notification.objects.get(user=other, kind="handover").body
    )


def test_drafts_of_a_focal_point_go_to_a_colleague(ada: Any, people: People) -> None:
    colleague = make.focal_point("KEN", name="Peter Mwangi")
    stranger = people.fiji
    draft = make.draft(people.kenya)
    designation = people.kenya.designations.get()
    until = timezone.now().date()
    answer = ada.post(
        f"/admin/countries/focalpoint/{designation.pk}/change/",
        row_form(designation, valid_until=str(until)),
    )
    text = page(ada.get(answer.url))
    name = f"write_{designation.country_id}_{make.programme().pk}"
    assert draft.title not in text
    assert ada.post(answer.url, {"seen": seen(text), name: stranger.pk}).status_code == 422
    assert ada.post(answer.url, {"seen": seen(text), name: colleague.pk}).status_code == 302
    moved = AssistanceRequest.objects.visible_to(colleague).get(pk=draft.pk)
    assert moved.author == colleague
    client = Client()
    client.force_login(colleague)
    assert "Handed over" in page(client.get(f"/requests/{draft.pk}/"))
    assert Notification.objects.get(user=colleague, kind="handover").path == "/"


def test_a_country_that_nobody_will_speak_for_is_acknowledged(ada: Any, people: People) -> None:
    case = make.submitted(people.kenya)
    url = deactivate(ada, people.kenya).url
    text = page(ada.get(url))
    assert "Nobody else speaks for this country" in text
    assert str(case.reference) not in text
    refused = ada.post(url, {"seen": seen(text)})
    assert refused.status_code == 422
    assert "Tick this if it is to end all the same" in page(refused)
    assert User.objects.get(pk=people.kenya.pk).is_active
    assert ada.post(url, {"seen": seen(text), f"alone_{case.country_id}": "on"}).status_code == 302
    assert list(AssistanceRequest.objects.without_focal_point()) == [case]


def waiting(people: People) -> tuple[User, AssistanceRequest]:
    """Kenya's clearer, and a request of Jane Wanjiru that waits for them alone."""
    clearer = make.focal_point("KEN", name="Clearer", may_clear=True)
    case = make.submitted(people.kenya)
    assert case.state == State.AWAITING_CLEARANCE
    return clearer, case


def test_clearances_go_to_another_focal_point_who_gets_the_right(ada: Any, people: People) -> None:
    clearer, case = waiting(people)
    third = make.focal_point("KEN", name="Third")
    url = deactivate(ada, clearer).url
    answer = ada.post(
        url,
        {
            "seen": seen(page(ada.get(url))),
            f"clear_{case.country_id}_{make.programme().pk}": third.pk,
        },
    )
    assert answer.status_code == 302
    assert third.designations.get().may_clear
    assert make.do(third, case, "clear").state == State.SUBMITTED


def test_what_only_its_author_could_clear_goes_back_to_them(ada: Any, people: People) -> None:
    clearer, case = waiting(people)
    url = deactivate(ada, clearer).url
    answer = ada.post(
        url,
        {
            "seen": seen(page(ada.get(url))),
            f"clear_{case.country_id}_{make.programme().pk}": people.kenya.pk,
        },
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == State.DRAFT
    assert make.do(people.kenya, case, "submit").state == State.SUBMITTED


def test_a_clearer_among_several_leaves_without_a_question(ada: Any, people: People) -> None:
    clearer, _case = waiting(people)
    make.focal_point("KEN", name="Second clearer", may_clear=True)
    assert not deactivate(ada, clearer).url.startswith("/handover/")
    assert not User.objects.get(pk=clearer.pk).is_active


def test_who_named_them_as_deputy_gets_the_successor_and_is_told(
    ada: Any, people: People, other: User
) -> None:
    work_of(people.officer, people)
    third = make.staff(Role.OFFICER, name="Third officer", deputy=people.officer)
    User.objects.filter(pk=other.pk).update(deputy=people.officer)
    url = deactivate(ada, people.officer).url
    text = page(ada.get(url))
    assert "2 people have named" in text
    assert ada.post(url, {"seen": seen(text), lead(): other.pk}).status_code == 302
    assert User.objects.get(pk=third.pk).deputy == other
    assert User.objects.get(pk=other.pk).deputy is None  # nobody stands in for themselves
    assert Notification.objects.filter(kind="handover.deputy", user__in=[third, other]).count() == 2


def test_the_second_of_two_administrators_is_told(ada: Any, people: People, other: User) -> None:
    case, *_ = work_of(people.officer, people)
    url = deactivate(ada, people.officer).url
    mark = seen(page(ada.get(url)))
    assert ada.post(url, {"seen": mark, lead(): other.pk}).status_code == 302
    again = ada.post(url, {"seen": mark, lead(): people.manager.pk}, follow=True)
    assert "Nothing is to be handed over here." in page(again)
    with pytest.raises(EditConflict, match="In the meantime"):
        hand_over(
            people.administrator,
            people.officer.pk,
            Termination("user", people.officer.pk, DEACTIVATED),
            {lead(): people.manager.pk},
        )
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == other


def test_a_case_that_moved_meanwhile_is_said_and_nothing_is_done(
    ada: Any, people: People, other: User
) -> None:
    case, deed, _step = work_of(people.officer, people)
    url = deactivate(ada, people.officer).url
    mark = seen(page(ada.get(url)))
    services.assign_officer(people.manager, case.pk, people.manager)
    answer = ada.post(url, {"seen": mark, lead(): other.pk})
    assert answer.status_code == 422
    text = page(answer)
    assert "In the meantime the open work changed" in text
    assert User.objects.get(pk=people.officer.pk).is_active
    assert Engagement.objects.get(pk=deed.pk).lead_officer == people.officer
    assert ada.post(url, {"seen": seen(text), lead(): other.pk}).status_code == 302
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == people.manager


def test_a_successor_deactivated_meanwhile_is_said_and_nothing_is_done(
    ada: Any, people: People, other: User
) -> None:
    case, *_ = work_of(people.officer, people)
    url = deactivate(ada, people.officer).url
    mark = seen(page(ada.get(url)))
    User.objects.filter(pk=other.pk).update(is_active=False)
    answer = ada.post(url, {"seen": mark, lead(): other.pk})
    assert answer.status_code == 422
    assert "cannot take it over any more" in page(answer)
    with pytest.raises(DomainError, match="cannot take it over any more"):
        hand_over(
            people.administrator,
            people.officer.pk,
            Termination("user", people.officer.pk, DEACTIVATED),
            {lead(): other.pk},
        )
    assert User.objects.get(pk=people.officer.pk).is_active
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == people.officer


def test_the_number_of_queries_does_not_grow_with_the_work(people: People, other: User) -> None:
    def counted(officer: User, amount: int) -> int:
        for number in range(amount):
            make.engagement(officer, title=f"Course {number}")
            case = make.submitted(people.kenya)
            AssistanceRequest.objects.filter(pk=case.pk).update(lead_officer=officer)
            make.staff(Role.OFFICER, deputy=officer)
        with CaptureQueriesContext(connection) as queries:
            hand_over(
                people.administrator,
                officer.pk,
                Termination("user", officer.pk, DEACTIVATED),
                {lead(): other.pk},
            )
        return len(queries)

    few = counted(people.officer, 1)
    assert counted(make.staff(Role.OFFICER), 6) == few
    assert few < 55


def test_only_administrators_hand_over(people: People, other: User) -> None:
    work_of(people.officer, people)
    address = f"/handover/user/{people.officer.pk}/?is_active=False"
    for person in (people.officer, people.manager, people.kenya):
        client = Client()
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address, {lead(): other.pk}).status_code == 404
        with pytest.raises(ActionNotAllowed):
            hand_over(
                person,
                people.officer.pk,
                Termination("user", people.officer.pk, DEACTIVATED),
                {lead(): other.pk},
            )
    assert User.objects.get(pk=people.officer.pk).is_active


def test_what_is_not_there_answers_404_and_nonsense_leads_back(ada: Any, people: People) -> None:
    assert ada.get("/handover/user/999999/").status_code == 404
    assert ada.get(f"/handover/nothing/{people.officer.pk}/").status_code == 404
    work_of(people.officer, people)
    for query in ("", "?role=emperor", "?is_active=True", "?valid_until=x"):
        assert ada.get(f"/handover/user/{people.officer.pk}/{query}").status_code == 302
    membership = people.officer.memberships.get()
    for query in ("?valid_until=2026-13-45", "?valid_until=1990-01-01", "?valid_until=%ff"):
        assert ada.get(f"/handover/membership/{membership.pk}/{query}").status_code == 302


def test_who_holds_nothing_is_deactivated_at_once_and_is_out(
    ada: Any, people: People, other: User
) -> None:
    token, _key = ApiToken.issue(other)
    theirs = Client()
    theirs.force_login(other)
    assert theirs.get("/requests/").status_code == 200
    assert not deactivate(ada, other).url.startswith("/handover/")
    assert not User.objects.get(pk=other.pk).is_active
    token.refresh_from_db()
    assert token.ended_at is not None
    assert theirs.get("/requests/").status_code == 302


def test_nothing_in_the_administration_ends_people_in_another_way(ada: Any, people: People) -> None:
    for model, actions in (
        (User, {"invite_again", "end_sessions"}),
        (ProgrammeMembership, set()),
        (FocalPoint, set()),
    ):
        registered: Any = admin.site._registry[model]
        assert not registered.list_editable
        assert set(registered.actions or ()) <= actions
    for registered in admin.site._registry.values():
        assert not {i.model for i in registered.inlines} & {User, ProgrammeMembership, FocalPoint}
    membership, designation = people.officer.memberships.get(), people.kenya.designations.get()
    for address in (
        f"assistance/programmemembership/{membership.pk}",
        f"countries/focalpoint/{designation.pk}",
        f"accounts/user/{people.kenya.pk}",
    ):
        assert ada.post(f"/admin/{address}/delete/", {"post": "yes"}).status_code == 403
    sent = row_form(membership, user=people.kenya.pk, programme=99)
    ada.post(f"/admin/assistance/programmemembership/{membership.pk}/change/", sent)
    membership.refresh_from_db()
    assert membership.user == people.officer
    fiji = Country.objects.get(iso3="FJI")
    ada.post(
        f"/admin/countries/focalpoint/{designation.pk}/change/",
        row_form(designation, country=fiji.pk, user=people.fiji.pk),
    )
    designation.refresh_from_db()
    assert designation.user == people.kenya
