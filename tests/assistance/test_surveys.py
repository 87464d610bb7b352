"""Answers that nobody can join to a person, and results that need five."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import ProtectedError

from assistance.engagements.models import Engagement
from assistance.evaluation import surveys
from assistance.evaluation.choices import Wave
from assistance.evaluation.results import (
    comments_of,
    exported_answers,
    obstacles_of,
    results_of,
)
from assistance.evaluation.signed_links import SurveyKey
from assistance.evaluation.survey_models import Survey, SurveyAnswer
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.assistance.evaluation import answered, asked, delivered, opened
from tests.make import People

pytestmark = pytest.mark.django_db


def test_a_link_answers_once(people: People) -> None:
    survey = opened(delivered(people), Wave.SIX_MONTHS)
    (key,) = asked(survey, 1)
    surveys.take_answer(key, SurveyAnswer(use="no"))
    for used in (key, SurveyKey(invitation=uuid4())):
        with pytest.raises(surveys.SurveyOver):
            surveys.take_answer(used, SurveyAnswer(use="often"))
    assert [a.use for a in survey.answers.all()] == ["no"]


def test_no_more_answers_than_people_who_were_asked(people: People) -> None:
    survey = surveys.open_survey(people.officer, delivered(people), 2)
    key = SurveyKey(survey=survey.pk)
    for _number in range(2):
        surveys.take_answer(key, SurveyAnswer(relevance=5))
    with pytest.raises(surveys.SurveyOver):
        surveys.take_answer(key, SurveyAnswer(relevance=5))
    with pytest.raises(DomainError, match="asked already"):
        surveys.open_survey(people.officer, survey.engagement, 2)


def test_results_stand_once_it_is_closed(people: People) -> None:
    survey = opened(delivered(people), Wave.SIX_MONTHS, 8)
    keys = asked(survey, 8)
    for number, key in enumerate(keys[:6]):
        given = SurveyAnswer(use="often" if number < 4 else "no", results=number == 0)
        surveys.take_answer(key, given)
    surveys.close_survey(people.officer, survey)
    closed = Survey.objects.get(pk=survey.pk)
    assert (closed.asked, closed.answered) == (8, 6)
    assert (closed.in_use, closed.told_use) == (4, 6)
    assert (closed.with_results, closed.told_results) == (1, 6)
    assert not closed.invitations.exists()
    with pytest.raises(surveys.SurveyOver):
        surveys.take_answer(keys[6], SurveyAnswer(use="often"))
    changes: list[Any] = [
        lambda: Survey.objects.filter(pk=survey.pk).update(answered=8),
        lambda: Survey.objects.filter(pk=survey.pk).delete(),
        lambda: SurveyAnswer.objects.create(survey=survey, use="often"),
        lambda: SurveyAnswer.objects.update(use="often"),
        lambda: SurveyAnswer.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises((ProgrammingError, ProtectedError)), transaction.atomic():
            change()
    with pytest.raises(DomainError, match="closed already"):
        surveys.close_survey(people.officer, closed)


def closed_with(people: People, *answers: dict[str, Any]) -> tuple[Survey, list[SurveyAnswer]]:
    """A survey of these answers, closed."""
    survey = opened(delivered(people), Wave.SIX_MONTHS, 40)
    answered(survey, *answers)
    surveys.close_by_id(survey.pk)
    found = Survey.objects.get(pk=survey.pk)
    return found, list(found.answers.all())


def test_of_four_answers_nothing_is_said(people: People) -> None:
    survey, answers = closed_with(people, *[{"use": "often", "comment": "Good"}] * 4)
    assert results_of(survey, answers) == []
    assert comments_of(survey, answers) == []
    assert len(exported_answers(survey, answers)) == 1  # the heads


def test_a_question_that_four_answered_is_not_shown(people: People) -> None:
    survey, answers = closed_with(
        people, *[{"use": "often", "results": True}] * 4, {"use": "no"}, {"use": "no"}
    )
    use, passed_on, results = results_of(survey, answers)
    assert use.whole is not None and (use.whole.yes, use.whole.of) == (4, 6)
    assert passed_on.whole is None and results.whole is None


def test_no_difference_between_a_total_and_its_parts_tells_of_fewer_than_five(
    people: People,
) -> None:
    women = [{"use": "often", "sex": "woman"}] * 6
    survey, answers = closed_with(people, *women, *[{"use": "no", "sex": "man"}] * 4)
    assert results_of(survey, answers)[0].by_sex == []
    survey, answers = closed_with(people, *women, *[{"use": "no", "sex": "man"}] * 5)
    parts = results_of(survey, answers)[0].by_sex
    assert [(sex, part.yes, part.of) for sex, part in parts] == [("woman", 6, 6), ("man", 0, 5)]


def test_obstacles_that_few_name_are_not_shown(people: People) -> None:
    survey, answers = closed_with(
        people,
        *[{"obstacle": "time"}] * 7,
        *[{"obstacle": "law"}] * 5,
        *[{"obstacle": "post"}] * 2,
    )
    # with both, the rest would be two
    assert [number for _label, number in obstacles_of(survey, answers)] == [7]


def test_no_row_of_an_export_is_somebodys(people: People) -> None:
    given = [{"use": "often", "obstacle": "time", "sex": "other"}] * 6
    one = {"use": "no", "obstacle": "support", "results": True, "comment": "My chief"}
    survey, answers = closed_with(people, *given, one)
    heads, *rows = exported_answers(survey, answers)
    columns = {head: [row[n] for row in rows if row[n]] for n, head in enumerate(heads)}
    use, obstacle, passed_on, results, comment = columns.values()
    assert sorted(use) == ["No", *["Yes, often"] * 6]
    assert obstacle == []  # of the rest, one, something would be said
    assert passed_on == [] and results == [] and comment == ["My chief"]
    assert "other" not in str(rows)


def test_a_survey_that_nobody_answered_is_taken_back_and_more_people_may_be_asked(
    people: People,
) -> None:
    deed = delivered(people)
    surveys.close_survey(people.officer, surveys.open_survey(people.officer, deed, 2))
    survey = surveys.open_survey(people.officer, deed, 2)
    with pytest.raises(DomainError, match="More people than before"):
        surveys.ask_more(people.officer, survey, 2)
    surveys.ask_more(people.officer, survey, 3)
    key = SurveyKey(survey=survey.pk)
    for _number in range(3):
        surveys.take_answer(key, SurveyAnswer(relevance=5))
    with pytest.raises(surveys.SurveyOver):  # said before somebody writes
        surveys.survey_behind(key)
    with pytest.raises(ActionNotAllowed):
        surveys.ask_more(people.kenya, survey, 9)


def test_nobody_is_asked_before_it_has_begun(people: People) -> None:
    ahead = deed_ahead(people)
    with pytest.raises(DomainError, match="has not begun yet"):
        surveys.open_survey(people.officer, ahead, 5)


def deed_ahead(people: People) -> Engagement:
    """A course of the year after next."""
    start = make.programme().today() + timedelta(days=700)
    return make.engagement(people.officer, make.part(start, KEN={"women": 1}))


def test_only_staff_of_the_engagements_programme_see_and_ask(people: People) -> None:
    deed = delivered(people)
    for who in (people.kenya, people.administrator, make.user(make.Role.OFFICER)):
        assert not Survey.objects.visible_to(who).exists()
        with pytest.raises(ActionNotAllowed):
            surveys.open_survey(who, deed, 5)
    surveys.open_survey(people.officer, deed, 5)
    assert Survey.objects.visible_to(people.manager).count() == 1
    assert not Survey.objects.visible_to(people.kenya).exists()


def test_answers_from_paper_are_closed_at_once(people: People) -> None:
    deed = delivered(people)
    with pytest.raises(DomainError, match="more answers than people"):
        surveys.record_answers(people.officer, deed, 1, [SurveyAnswer(relevance=5)] * 2)
    survey = surveys.record_answers(
        people.officer, deed, 9, [SurveyAnswer(relevance=n) for n in (5, 5, 4, 3, 1)]
    )
    assert (survey.answered, survey.rated, survey.satisfied) == (5, 5, 3)
    assert not survey.is_open
