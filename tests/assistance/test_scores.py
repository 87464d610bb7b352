"""Tests before and after: what is counted of scores, what is refused, and who may record them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from assistance.evaluation.choices import Stage
from assistance.evaluation.follow_ups import run_follow_ups
from assistance.evaluation.knowledge_tests import (
    Question,
    answers_in_order,
    close_test,
    mark_of,
    open_knowledge_test,
    open_test,
    read_questions,
    take_test,
)
from assistance.evaluation.score_models import KnowledgeTest, ScoreSheet
from assistance.evaluation.scores import Maxima, Score, read_scores, record_scores
from assistance.evaluation.surveys import SurveyOver
from assistance.programmes.models import Programme
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.assistance.evaluation import delivered, ended_on
from tests.make import People

pytestmark = pytest.mark.django_db
MAXIMA = Maxima(Decimal(20), Decimal(50))
SHEET = "Before\tAfter\tSex\n10\t40\tw\n20\t50\tm\n5\t\tw\n\t45\t\n0\t25\tx\n8\t20\tw\n10\t10\tm\n"


def points(*pairs: tuple[int | None, int | None]) -> list[Score]:
    """Scores out of whole numbers."""

    def number(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    return [Score(number(before), number(after)) for before, after in pairs]


def test_gain_is_in_per_cent_of_each_tests_maximum_over_people_with_both(people: People) -> None:
    rows = read_scores(SHEET, MAXIMA)
    assert rows.errors == [] and len(rows.rows) == 7
    sheet = record_scores(
        people.officer, delivered(people), MAXIMA, [row.made for row in rows.rows], "sheet"
    )
    # 50 → 80, 100 → 100, 0 → 50, 40 → 40, 50 → 20 per cent
    assert (sheet.tested, sheet.improved, sheet.gain) == (5, 2, Decimal(50))
    assert sheet.mean_gain == 10 and sheet.improved_share == 40
    assert sheet.scores.count() == 7


def test_of_fewer_than_five_people_nothing_is_said(people: People) -> None:
    few = points((1, 2), (1, 2), (1, 2), (1, 2), (1, None))
    sheet = record_scores(people.officer, delivered(people), MAXIMA, few, "sheet")
    assert sheet.tested == 4 and not sheet.is_shown
    assert sheet.mean_gain is None and sheet.improved_share is None


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 50)),
        min_size=1,
        max_size=12,
    )
)
def test_gains_add_up_whatever_the_scores(pairs: list[tuple[int, int]]) -> None:
    gains = [MAXIMA.gain(score) for score in points(*pairs)]
    whole = sum(Decimal(after) for _before, after in pairs) * 2
    assert sum(gain for gain in gains if gain is not None) == whole - 5 * sum(b for b, _a in pairs)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Before\tAfter\n21\t3\n", "Row 2: “21” is no number of points from 0 to 20."),
        ("Before\tAfter\n1\tmany\n", "Row 2: “many” is no number of points from 0 to 50."),
        ("Before\tAfter\nNaN\t3\n", "Row 2: “NaN” is no number"),
        ("Before\tAfter\tSex\n1\t2\tunicorn\n", "Row 2: “unicorn” is no sex"),
        ("Before\tAfter\tSex\n\t\tw\n", "Row 2: there are no points in this row."),
        ("Before\n1\n", "these are missing: After"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_said_with_its_row(table: str, said: str) -> None:
    assert said in " ".join(read_scores(table, MAXIMA).errors)


def test_a_sheet_is_never_changed_and_the_last_one_counts(people: People) -> None:
    deed = delivered(people)
    first = record_scores(people.officer, deed, MAXIMA, points((1, 2)), "sheet")
    record_scores(people.officer, deed, MAXIMA, points((2, 3)), "sheet")
    assert deed.score_sheets.count() == 2
    for statement in (
        lambda: ScoreSheet.objects.filter(pk=first.pk).update(tested=9),
        lambda: first.scores.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            statement()


def test_only_staff_of_the_engagements_programme_record_scores(people: People) -> None:
    deed = delivered(people)
    stranger = make.user(make.Role.OFFICER)
    for who in (people.kenya, people.administrator, stranger):
        with pytest.raises(ActionNotAllowed):
            record_scores(who, deed, MAXIMA, points((1, 2)), "sheet")
    study = make.engagement(people.officer, make.part(KEN={}), type="study")
    with pytest.raises(DomainError, match="it has no tests"):
        record_scores(people.officer, study, MAXIMA, points((1, 2)), "sheet")


QUESTIONS = [
    Question("Which bag?", "A Faraday bag", ("A paper bag", "None")),
    Question("Which order?", "Volatile first", ("Disks first",)),
]


def answers(test: KnowledgeTest, stage: Stage, *people: tuple[str, int]) -> None:
    """Points of people by their word."""
    for word, number in people:
        take_test(test, stage, word, "woman", number)


def test_a_test_by_a_link_gives_a_sheet_and_forgets_words(people: People) -> None:
    deed = delivered(people)
    test = open_test(people.officer, deed, QUESTIONS)
    before = [("baobab", 0), ("acacia", 1), ("cedar", 0), ("mango", 1), ("neem", 2)]
    answers(test, Stage.BEFORE, *before)
    answers(
        test,
        Stage.AFTER,
        (" BAOBAB", 2),
        ("acácia", 2),
        ("cedar", 0),
        ("mango", 1),
        ("neem", 1),
        ("teak", 2),
    )
    sheet = close_test(people.officer, test)
    assert (sheet.tested, sheet.improved, sheet.gain) == (5, 2, Decimal(100))
    assert sheet.source == "link" and sheet.scores.count() == 6
    assert not test.attempts.exists()
    with pytest.raises(DomainError, match="closed already"):
        close_test(people.officer, test)
    with pytest.raises(SurveyOver):
        open_knowledge_test(test.pk)


def test_a_word_is_one_persons(people: People) -> None:
    test = open_test(people.officer, delivered(people), QUESTIONS)
    answers(test, Stage.BEFORE, ("baobab", 1))
    with pytest.raises(DomainError, match="used already"):
        answers(test, Stage.BEFORE, ("Baobab ", 2))
    answers(test, Stage.AFTER, ("baobab", 2))
    with pytest.raises(DomainError, match="used already"):
        answers(test, Stage.AFTER, ("baobab", 2))
    assert "baobab" not in str(test.attempts.values())


def test_questions_stay_once_somebody_has_answered(people: People) -> None:
    deed = delivered(people)
    open_test(people.officer, deed, QUESTIONS)
    test = open_test(people.officer, deed, QUESTIONS[:1])
    assert test.questions.count() == 1
    question = test.questions.get()
    assert sorted(answers_in_order(question)) == ["A Faraday bag", "A paper bag", "None"]
    assert answers_in_order(question) == answers_in_order(question)
    answers(test, Stage.BEFORE, ("baobab", 1))
    with pytest.raises(DomainError, match="questions stay"):
        open_test(people.officer, deed, QUESTIONS)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Which?\tA\tB|a", "two answers are the same"),
        ("Which?\tA\t", "one wrong answer at least"),
        ("Which?\tA\tB|C|D|E|F|G", "at most 5 wrong answers"),
        (f"{'x' * 501}\tA\tB", "longer than 500"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(row: str, said: str) -> None:
    table = read_questions(f"Question\tRight answer\tWrong answers\n{row}\n")
    assert said in " ".join(table.errors)


def test_a_test_lives_sixty_days_after_the_course_and_then_forgets_words(people: People) -> None:
    deed = delivered(people)
    test = open_test(people.officer, deed, QUESTIONS)
    answers(test, Stage.BEFORE, ("baobab", 1))
    moved = deed.programme.today() + timedelta(days=90)
    ended_on(deed, moved)
    last = moved + timedelta(days=60)
    with mock.patch.object(Programme, "today", return_value=last):
        assert open_knowledge_test(test.pk) == test
        run_follow_ups(deed.programme)
    assert test.attempts.get().mark == mark_of(test, "baobab")
    with mock.patch.object(Programme, "today", return_value=last + timedelta(days=1)):
        with pytest.raises(SurveyOver):
            open_knowledge_test(test.pk)
        run_follow_ups(deed.programme)
    assert test.attempts.get().mark != mark_of(test, "baobab")
    sheet = close_test(people.officer, test)  # points are there still
    assert sheet.scores.get().before == 1
