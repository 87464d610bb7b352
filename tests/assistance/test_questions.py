"""Questions are answered one by one, some now and others later; each side sees which has which
answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.requests.models import AssistanceRequest
from assistance.requests.questions import lines_of
from assistance.tasks import close_unconfirmed
from assistance.timeline.erasure import erase_texts
from core.workflow.exceptions import DomainError
from tests import make
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db
THREE = "1. How many people?\n\n2) Which law is in force?\n- Who is the counterpart?"


def asked(people: People) -> AssistanceRequest:
    """A request that went back with three questions."""
    return make.do(people.officer, make.advanced(people, "under_review"), "ask", questions=THREE)


def page(user: User, address: str) -> str:
    """A page as somebody reads it."""
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def test_questions_are_lines_without_the_numbers_that_somebody_wrote() -> None:
    assert lines_of(THREE) == [
        "How many people?",
        "Which law is in force?",
        "Who is the counterpart?",
    ]
    assert lines_of("2.5 million dollars?\n  \n") == ["2.5 million dollars?"]


def test_a_request_stays_returned_until_every_question_is_answered(people: People) -> None:
    case = asked(people)
    assert [q.number for q in case.open_questions()] == [1, 2, 3]
    case = make.do(people.kenya, case, "answer", answer_2="The act of 2019.")
    assert (case.state, [q.number for q in case.open_questions()]) == ("returned", [1, 3])
    assert case.clocks.get(standard="answer").ended_on is None
    case = make.do(people.kenya, case, "answer", answer_1="Forty.")
    assert case.state == "returned"
    case = make.do(people.kenya, case, "answer", answer_3="The head of the unit.")
    assert (case.state, case.open_questions()) == ("under_review", [])
    assert case.clocks.get(standard="answer").end == "act"
    assert list(
        case.events.filter(action="answer").order_by("id").values_list("to_state", flat=True)
    ) == ["returned", "returned", "under_review"]


def test_the_country_may_say_that_it_is_done(people: People) -> None:
    case = make.do(people.kenya, asked(people), "answer", answer_1="Forty.", done=True)
    assert (case.state, case.clocks.get(standard="answer").end) == ("under_review", "act")


def test_an_answer_says_something(people: People) -> None:
    case = asked(people)
    with pytest.raises(DomainError, match="Answer one question or more"):
        make.do(people.kenya, case, "answer", done=False)
    with pytest.raises(DomainError, match="at most 30"):
        make.do(
            people.officer,
            make.advanced(people, "under_review", "FJI"),
            "ask",
            questions="Why?\n" * 31,
        )
    with pytest.raises(DomainError, match="one question or more"):
        make.do(
            people.officer,
            make.advanced(people, "under_review", "FJI"),
            "ask",
            questions="1. \n -  \n",
        )


def test_pages_show_which_question_has_which_answer(people: People) -> None:
    case = make.do(people.kenya, asked(people), "answer", answer_2="The act of 2019.")
    for reader in (people.officer, people.kenya):
        shown = page(reader, case.get_absolute_url())
        section = shown[shown.index('id="questions"') :]
        section = section[: section.index("</section>")]
        parts = section.split("<li>")[1:]
        assert ["No answer yet." in part for part in parts] == [True, False, True]
        assert "Which law is in force?" in parts[1] and "The act of 2019." in parts[1]
        assert "Some of the questions answered" in shown
    form = page(people.kenya, reverse("request_act", args=[case.pk, "answer"]))
    assert (
        "1. How many people?" in form
        and "3. Who is the counterpart?" in form
        and 'name="answer_2"' not in form
    )


def test_staff_record_a_partial_answer_with_its_evidence_through_the_api(people: People) -> None:
    case = asked(people)
    officer = Api(people.officer)
    offered = next(
        a for a in officer.get(f"requests/{case.pk}/actions/").json() if a["action"] == "answer"
    )
    assert [n["name"] for n in offered["needs"]][:5] == [
        "answer_1",
        "answer_2",
        "answer_3",
        "done",
        "file",
    ]
    evidence = {"evidence_kind": "call", "evidence_note": "Call of 4 May"}
    sent = officer.post(f"requests/{case.pk}/actions/answer/", {"answer_3": "Ms Otieno"} | evidence)
    assert sent.status_code == 200 and sent.json()["state"] == "returned"
    assert [q["number"] for q in sent.json()["open_questions"]] == [1, 2]
    assert (
        officer.post(
            f"requests/{case.pk}/actions/answer/", {"answer_3": "Again"} | evidence
        ).status_code
        == 400
    )


def test_a_reminder_names_the_questions_that_are_open(people: People) -> None:
    case = make.do(people.kenya, asked(people), "answer", answer_2="The act of 2019.")
    case.clocks.filter(standard="answer").update(due_on=case.programme.today() - timedelta(days=1))
    assert close_unconfirmed() == 1
    body = people.kenya.notifications.get(kind="request.reminder").body
    assert (
        "1. How many people?" in body
        and "3. Who is the counterpart?" in body
        and "Which law" not in body
    )


def test_an_erased_question_keeps_its_number_and_can_still_be_answered(people: People) -> None:
    case = asked(people)
    erase_texts(case.events.get(action="ask").pk, path="/")
    assert [(q.number, q.text) for q in case.open_questions()] == [(1, ""), (2, ""), (3, "")]
    case = make.do(
        people.kenya, case, "answer", answer_1="Forty.", answer_2="2019.", answer_3="The head."
    )
    assert case.state == "under_review"
