"""Staff record what a country did by letter, e-mail or telephone; nobody clears their own request;
who leads a case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from assistance.requests import actors, services
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS, WORKFLOW
from core.workflow.exceptions import ActionNotAllowed
from core.workflow.forms import form_for
from countries.models import FocalPoint
from files.models import Attachment
from notifications.models import Notification
from tests import make
from tests.kept import kept_people
from tests.make import People
from tests.markup import compact

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
EVIDENCE = {"evidence_kind": "letter", "evidence_note": "Note verbale 12/2026 of 3 May 2026"}


def act(user: User, case: AssistanceRequest, code: str, **sent: Any) -> Any:
    """What the page of an action answers."""
    client = Client()
    client.force_login(user)
    return client.post(
        reverse("request_act", args=[case.pk, code]), sent | {"version": case.version}
    )


def page(user: User, case: AssistanceRequest) -> str:
    """The case as somebody reads it."""
    client = Client()
    client.force_login(user)
    response = client.get(case.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_letter_is_recorded_with_its_evidence_and_goes_straight_to_submitted(
    people: People,
) -> None:
    approver = make.focal_point("KEN", may_clear=True)
    case = make.draft(people.officer, received_through="letter")
    refused = act(people.officer, case, "submit")
    assert refused.status_code == 422 and case.events.count() == 0
    assert act(people.officer, case, "submit", evidence_kind="letter").status_code == 422
    assert (
        act(
            people.officer, case, "submit", **EVIDENCE, evidence_file=make.pdf("note-verbale.pdf")
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.state == "submitted" and case.reference and case.received_on
    event = case.events.get()
    assert (event.actor, event.on_behalf, event.shared) == (people.officer, True, True)
    assert {n.user for n in Notification.objects.filter(kind="request.submit")} == {
        people.kenya,
        approver,
    }
    for reader in (people.officer, people.kenya):
        shown = compact(page(reader, case))
        assert (
            "Anna Rossi · on the country&#x27;s behalf" in shown
            or "Anna Rossi · on the country's behalf" in shown
        )
        assert EVIDENCE["evidence_note"] in shown and "note-verbale.pdf" in shown
    copy = Attachment.objects.get(name="note-verbale.pdf")
    client = Client()
    client.force_login(people.kenya)
    assert client.get(copy.get_absolute_url()).status_code == 200


def test_the_page_says_that_it_is_recorded_on_the_countrys_behalf(people: People) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "ask", questions="How many?"
    )
    client = Client()
    address = reverse("request_act", args=[case.pk, "answer"])
    client.force_login(people.officer)
    assert "on the country&#x27;s behalf" in client.get(address).content.decode().replace(
        "country's", "country&#x27;s"
    )
    client.force_login(people.kenya)
    shown = client.get(address).content.decode()
    assert "behalf" not in shown and "evidence" not in shown
    assert "On the country's behalf" in page(people.officer, case) and "behalf" not in page(
        people.kenya, case
    )


@pytest.mark.parametrize("code", [c for c, a in ACTIONS.items() if a.actor is actors.FOCAL_POINT])
def test_every_action_of_a_focal_point_needs_evidence_from_staff_and_none_from_the_country(
    people: People, code: str
) -> None:
    case, action = make.submitted(people.kenya), ACTIONS[code]
    for person in (people.officer, people.manager):
        assert WORKFLOW.role_may(person, code, case)
        wrong = form_for(WORKFLOW, action, case, person, {})
        assert not wrong.is_valid() and {"evidence_kind", "evidence_note"} <= set(wrong.errors)
    assert not [
        name
        for name in form_for(WORKFLOW, action, case, people.kenya, {}).fields
        if name.startswith("evidence")
    ]
    assert not WORKFLOW.role_may(people.administrator, code, case)


def test_an_answer_recorded_by_staff_moves_the_case_as_the_countrys_own_does(
    people: People,
) -> None:
    case = make.do(
        people.officer, make.advanced(people, "under_review"), "ask", questions="How many?"
    )
    assert act(people.manager, case, "answer", answer_1="Forty").status_code == 422
    assert (
        act(
            people.manager,
            case,
            "answer",
            answer_1="Forty",
            evidence_kind="call",
            evidence_note="Call of 4 May",
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert (case.state, case.turn) == ("under_review", "programme")
    assert (
        case.events.get(action="answer").on_behalf and not case.events.get(action="ask").on_behalf
    )
    case = make.do(
        people.kenya,
        make.do(people.officer, case, "ask", questions="When?"),
        "answer",
        answer_1="Now",
    )
    assert [e.on_behalf for e in case.events.filter(action="answer").order_by("id")] == [
        True,
        False,
    ]


def test_a_plan_agreed_by_letter_bears_the_name_of_who_agreed(people: People) -> None:
    case = make.advanced(people, "plan_proposed")
    assert (
        act(
            people.officer, case, "agree", agreed_by_name="P. Otieno, Director", **EVIDENCE
        ).status_code
        == 302
    )
    plan = case.plans.get(status="agreed")
    assert (plan.agreed_by, plan.agreed_by_name) == (
        people.officer,
        "P. Otieno, Director",
    ) and plan.agreed_at is not None


def test_a_draft_that_staff_wrote_is_discarded_without_evidence(people: People) -> None:
    case = make.draft(people.officer)
    assert act(people.officer, case, "discard").status_code == 302
    case.refresh_from_db()
    assert case.state == "discarded" and not case.events.get().on_behalf


def test_a_draft_that_staff_write_for_a_country_is_theirs_alone_until_it_is_submitted(
    people: People,
) -> None:
    case = make.draft(people.officer)
    for other in (people.kenya, people.manager, make.staff(Role.OFFICER)):
        assert not AssistanceRequest.objects.visible_to(other).filter(pk=case.pk).exists()
        assert act(other, case, "submit", **EVIDENCE).status_code == 404
    client = Client()
    client.force_login(people.officer)
    assert (
        'name="received_through"'
        in client.get(reverse("request_edit", args=[case.pk, "authority"])).content.decode()
    )
    sent = {
        "signatory_name": "A",
        "signatory_title": "B",
        "publish": "nothing",
        "version": case.version,
    }
    assert (
        client.post(reverse("request_edit", args=[case.pk, "authority"]), sent).status_code == 302
    )
    case.refresh_from_db()
    assert (case.signatory_name, case.received_through) == ("A", "portal")


def test_a_country_that_got_a_focal_point_later_goes_on_with_a_case_that_staff_recorded(
    people: People,
) -> None:
    case = make.do(people.officer, make.draft(people.officer, "UGA"), "submit", **EVIDENCE)
    client = Client()
    client.force_login(people.officer)
    assert "Countries without an active focal point" in client.get(reverse("home")).content.decode()
    newcomer = make.focal_point("UGA")
    assert (
        "Countries without an active focal point"
        not in client.get(reverse("home")).content.decode()
    )
    make.do(newcomer, case, "supplement", text="Two more units")
    assert "Two more units" in page(people.officer, case)


def test_who_wrote_a_request_never_clears_it(people: People) -> None:
    FocalPoint.objects.filter(user=people.kenya).update(may_clear=True)
    approver = make.focal_point("KEN", may_clear=True)
    case = make.submitted(people.kenya)
    assert case.state == "awaiting_clearance"
    for code in ("clear", "send_back"):
        assert act(people.kenya, case, code, changes="x").status_code == 404
        with pytest.raises(ActionNotAllowed):
            services.perform_action(people.kenya, case.pk, code, {"changes": "x"})
    assert act(approver, case, "send_back", changes="Name the unit").status_code == 302
    case.refresh_from_db()
    assert case.state == "draft" and "Name the unit" in page(people.kenya, case)
    case = make.do(people.kenya, case, "submit")
    assert act(approver, case, "clear").status_code == 302
    own = make.submitted(approver)
    assert (
        own.state == "awaiting_clearance"
        and make.do(people.kenya, own, "clear").state == "submitted"
    )


def test_a_request_waits_for_nobody_where_only_its_author_or_a_former_colleague_may_clear(
    people: People,
) -> None:
    FocalPoint.objects.filter(user=people.kenya).update(may_clear=True)
    make.focal_point("KEN", may_clear=True, valid_until=timezone.now().date())
    make.focal_point("KEN", may_clear=True, valid_from=timezone.now().date() + timedelta(days=1))
    make.focal_point("KEN", may_clear=True, is_active=False)
    make.focal_point("FJI", may_clear=True)
    assert make.submitted(people.kenya).state == "submitted"


def test_neither_staff_nor_a_colleague_without_the_right_clear(people: People) -> None:
    make.focal_point("KEN", may_clear=True)
    case = make.submitted(people.kenya)
    for other in (
        make.focal_point("KEN"),
        people.officer,
        people.manager,
        people.fiji,
        people.administrator,
    ):
        assert act(other, case, "clear", **EVIDENCE).status_code == 404


def test_the_lead_officer_is_an_active_member_of_the_programmes_staff(people: People) -> None:
    case, former = make.submitted(people.kenya), make.staff(Role.OFFICER, name="Gone Away")
    former.memberships.update(valid_until=date(2021, 1, 1))
    client = Client()
    client.force_login(people.officer)
    shown = client.get(reverse("request_act", args=[case.pk, "start_review"])).content.decode()
    choice = shown[shown.index('<select name="lead_officer"') :].split("</select>")[0]
    assert "Lina Haddad" in choice and "Gone Away" not in choice and "Jane Wanjiru" not in choice
    for nobody in (former, people.kenya, people.administrator):
        response = act(
            people.officer, case, "start_review", lead_officer=nobody.pk, letter="authenticated"
        )
        assert (
            response.status_code == 422
            and "no active member of the programme" in response.content.decode()
        )
    assert (
        act(
            people.officer, case, "start_review", lead_officer=people.manager.pk, letter="not"
        ).status_code
        == 422
    )
    sent = {"lead_officer": people.manager.pk, "letter": "not", "why_not": "No stamp"}
    assert act(people.officer, case, "start_review", **sent).status_code == 302
    case.refresh_from_db()
    assert case.lead_officer == people.manager


def test_decisions_are_the_managers_and_officers_do_not_take_them_on_anybodys_behalf(
    people: People,
) -> None:
    case = make.advanced(people, "complete")
    decisions = [c for c, a in ACTIONS.items() if a.actor is actors.MANAGER]
    for code in decisions:
        for person in (people.officer, people.kenya, people.administrator):
            assert act(person, case, code, **EVIDENCE).status_code == 404, code
    officer_of_rank = make.user(Role.MANAGER)
    officer_of_rank.memberships.create(
        programme=make.programme(), role="officer", valid_from=make.LONG_AGO
    )
    assert act(officer_of_rank, case, "accept").status_code == 404
    assert act(people.manager, case, "accept").status_code == 422
