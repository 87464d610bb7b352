"""The pages of evaluation, of staff and of people with a link: who sees what, and bad input."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.evaluation import surveys
from assistance.evaluation.choices import Wave
from assistance.evaluation.signed_links import personal_link, room_link
from assistance.evaluation.survey_models import Survey, SurveyAnswer, SurveyInvitation
from assistance.programmes.models import Programme
from tests import make
from tests.assistance.evaluation import answered, attendees, delivered, opened
from tests.make import People

pytestmark = pytest.mark.django_db
QUESTIONS = "Question\tRight answer\tWrong answers\nWhich bag?\tFaraday\tPaper|None\n"


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def path_of(address: str) -> str:
    """An address without its host."""
    return re.sub(r"^https?://[^/]+", "", address)


def page_of(deed: Engagement, name: str = "evaluation", *more: object) -> str:
    """A page of an engagement's evaluation."""
    return reverse(name, args=[deed.pk, *more])


def test_staff_of_the_programme_alone_reach_evaluation(people: People) -> None:
    deed = delivered(people)
    survey = opened(deed)
    answered(survey, *[{"relevance": 5, "comment": "Secret praise"}] * 5)
    surveys.close_by_id(survey.pk)
    stranger = make.user(make.Role.OFFICER)
    for address in (page_of(deed), page_of(deed, "evaluation_export", 0)):
        for who in (people.kenya, people.administrator, stranger):
            assert browser(who).get(address).status_code in (403, 404)
        answer = browser(people.officer).get(address)
        assert answer.status_code == 200 and "Secret praise" in answer.content.decode()
    assert (
        "Secret praise" not in browser(people.officer).get(deed.get_absolute_url()).content.decode()
    )


def test_answers_of_an_open_survey_are_shown_to_nobody(people: People) -> None:
    survey = opened(delivered(people))
    answered(survey, *[{"relevance": 5, "comment": "Secret praise"}] * 5)
    client = browser(people.manager)
    page = client.get(page_of(survey.engagement)).content.decode()
    assert "5 of 12 answered" in page and "Secret praise" not in page
    assert client.get(page_of(survey.engagement, "evaluation_export", 0)).status_code == 404


def test_a_study_has_no_evaluation(people: People) -> None:
    study = make.engagement(people.officer, make.part(KEN={}), type="study")
    assert browser(people.officer).get(page_of(study)).status_code == 404


def test_a_room_answers_by_one_link_each_device_once(people: People) -> None:
    deed = delivered(people)
    officer = browser(people.officer)
    officer.post(page_of(deed, "evaluation_open"), {"asked": "12"})
    survey = Survey.objects.get()
    assert "<svg" in officer.get(page_of(deed)).content.decode()
    address, phone = path_of(room_link(survey)), Client()
    page = phone.get(address)
    assert page.status_code == 200 and page["Referrer-Policy"] == "strict-origin"
    assert page["Cache-Control"] == "private, no-store"
    assert phone.post(address, {"relevance": "9"}).status_code == 422
    assert phone.post(address, {"comment": ""}).status_code == 422
    assert not SurveyAnswer.objects.exists()
    done = phone.post(
        address, {"relevance": "4", "comment": "Good", "sex": "woman", "use": "often"}
    )
    assert done.status_code == 200
    kept = SurveyAnswer.objects.get()
    assert (kept.relevance, kept.comment, kept.sex) == (4, "Good", "woman")
    assert kept.use == "" and kept.results is None  # not asked at the end
    assert "Thank you" in phone.get(address).content.decode()
    assert Client().post(address, {"relevance": "2"}).status_code == 200
    assert SurveyAnswer.objects.count() == 2


def test_a_personal_link_answers_once_whoever_is_signed_in(people: People) -> None:
    survey = opened(delivered(people), Wave.SIX_MONTHS)
    (person,) = attendees(survey.engagement, 1)
    invitation = SurveyInvitation.objects.create(survey=survey, person=person)
    address, client = path_of(personal_link(invitation)), browser(people.kenya)
    assert client.get(address).status_code == 200
    assert client.post(address, {"use": "sometimes", "results": "false"}).status_code == 200
    kept = SurveyAnswer.objects.get()
    assert (kept.use, kept.results, kept.passed_on) == ("sometimes", False, None)
    assert client.post(address, {"use": "no"}).status_code == 410
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("key", ["", "x", "room-1", "room-1:nonsense", "%00", "%ff", "a" * 5000])
def test_a_link_that_nobody_made_opens_nothing(key: str) -> None:
    for address in ("/survey/", "/survey/test/"):
        assert Client().get(f"{address}?key={key}").status_code in (400, 410)


def test_a_link_ends_with_its_last_day(people: People) -> None:
    survey = opened(delivered(people))
    address = path_of(room_link(survey))
    after = survey.closes_on + timedelta(days=1)
    with mock.patch.object(Programme, "today", return_value=survey.closes_on):
        assert Client().get(address).status_code == 200
    with mock.patch.object(Programme, "today", return_value=after):
        assert Client().get(address).status_code == 410
        assert Client().post(address, {"relevance": "5"}).status_code == 410
    assert not SurveyAnswer.objects.exists()


def test_a_link_of_a_survey_opens_no_test_and_the_other_way_round(people: People) -> None:
    survey = opened(delivered(people))
    key = room_link(survey).partition("key=")[2]
    assert Client().get(f"/survey/test/?key={key}").status_code == 410


def test_a_test_by_a_link_from_questions_to_scores(people: People) -> None:
    deed, officer = delivered(people), browser(people.officer)
    wrong = officer.post(page_of(deed, "evaluation_questions"), {"text": "Question\nWhich?\n"})
    assert wrong.status_code == 422 and "Which?" in wrong.content.decode()
    officer.post(page_of(deed, "evaluation_questions"), {"text": QUESTIONS})
    page = officer.get(page_of(deed)).content.decode()
    before, after = dict.fromkeys(re.findall(r"/survey/test/\?key=[\w:-]+", page))
    for number in range(5):
        given = {"word": f"tree {number}", "sex": "man", "question_1": "Paper"}
        assert Client().post(before, given).status_code == 200
        assert Client().post(after, given | {"question_1": "Faraday"}).status_code == 200
    again = Client().post(before, {"word": "tree 1", "question_1": "Paper"})
    assert again.status_code == 422 and "used already" in again.content.decode()
    assert Client().post(before, {"word": "new word"}).status_code == 422
    assert Client().post(before, {"word": "abc", "question_1": "Paper"}).status_code == 422
    officer.post(page_of(deed, "evaluation_close_test"))
    shown = officer.get(page_of(deed)).content.decode()
    assert "5 of them scored better after than before (100 %)" in re.sub(r"\s+", " ", shown)
    assert Client().get(before).status_code == 410


def test_a_sheet_that_is_wrong_changes_nothing_and_keeps_what_was_pasted(people: People) -> None:
    deed, officer = delivered(people), browser(people.officer)
    sent = {"before_maximum": "10", "after_maximum": "10", "text": "Before\tAfter\n11\t3\n"}
    answer = officer.post(page_of(deed, "evaluation_scores"), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Row 2: “11” is no number of points from 0 to 10." in page and "11\t3" in page
    assert not deed.score_sheets.exists()
    sent["before_maximum"] = "0"
    assert officer.post(page_of(deed, "evaluation_scores"), sent).status_code == 422
    sent |= {"before_maximum": "20"}
    assert officer.post(page_of(deed, "evaluation_scores"), sent).status_code == 302
    assert deed.score_sheets.get().scores.count() == 1


def test_answers_from_paper(people: People) -> None:
    deed, officer = delivered(people), browser(people.officer)
    table = "Usefulness,Content,Comment\n5,4,Good\n6,1,\n"
    wrong = officer.post(page_of(deed, "evaluation_answers"), {"asked": "9", "text": table})
    assert wrong.status_code == 422 and "“6” is no number from 1 to 5." in wrong.content.decode()
    right = table.replace("6,1,", "3,1,")
    officer.post(page_of(deed, "evaluation_answers"), {"asked": "9", "text": right})
    survey = Survey.objects.get()
    assert (survey.answered, survey.rated, survey.satisfied) == (2, 2, 1)
    assert "Too few people answered" in officer.get(page_of(deed)).content.decode()


def test_the_page_asks_as_much_of_the_database_with_many_answers(
    people: People, django_assert_max_num_queries: object
) -> None:
    deed, officer = delivered(people), browser(people.officer)
    survey = opened(deed, asked=200)
    answered(survey, *[{"relevance": 5}] * 150)
    surveys.close_by_id(survey.pk)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert officer.get(page_of(deed)).status_code == 200
