"""A test that people take by a link: its questions, taking it, and closing it.

People choose a word of their own before and give it again after, so that both tests of one person are
known to be of one, and of whom is not. Only points are kept.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.evaluation.choices import Stage
from assistance.evaluation.score_models import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    KnowledgeAttempt,
    KnowledgeQuestion,
    KnowledgeTest,
    ScoreSheet,
)
from assistance.evaluation.scores import Maxima, Score, record_scores
from assistance.evaluation.signed_links import LIVES_DAYS
from assistance.evaluation.surveys import SurveyOver, check_may_record
from assistance.programmes.models import Programme
from core.pasted_tables import PastedColumn, PastedRow, PastedTable, read_pasted
from core.text import normalise
from core.workflow.exceptions import DomainError

MOST_QUESTIONS, MOST_WRONG, MOST_ATTEMPTS = 50, 5, 2000
SHORTEST_WORD, LONGEST_WORD = 4, 40
FORGOTTEN = "-"  # begins a mark that stands for no word
COLUMNS = (
    PastedColumn("text", ("Question", "Pregunta", "Вопрос", "السؤال", "问题"), needed=True),
    PastedColumn(
        "right",
        (
            "Right answer",
            "Bonne réponse",
            "Respuesta correcta",
            "Правильный ответ",
            "الإجابة الصحيحة",
            "正确答案",
        ),
        needed=True,
    ),
    PastedColumn(
        "wrong",
        (
            "Wrong answers",
            "Mauvaises réponses",
            "Respuestas incorrectas",
            "Неправильные ответы",
            "الإجابات الخاطئة",
            "错误答案",
        ),
        needed=True,
    ),
)


@dataclass(frozen=True)
class Question:
    """A question as it is written."""

    text: str
    right: str
    wrong: tuple[str, ...]


def read_questions(text: str) -> PastedTable[Question]:
    """A table with a row a question; wrong answers stand in one cell, with “|” between them. What is
    wrong stands in its `errors`."""
    table = read_pasted(text, COLUMNS, read_question)
    if len(table.rows) > MOST_QUESTIONS:
        table.errors.append(_("At most %(n)s questions.") % {"n": MOST_QUESTIONS})
    return table


def read_question(number: int, said: Mapping[str, str]) -> PastedRow[Question]:
    """One row. Raises ValidationError."""
    wrong = tuple(part.strip() for part in said["wrong"].split("|") if part.strip())
    question = Question(said["text"], said["right"], wrong)
    errors = []
    if not question.text or not question.right or not wrong:
        errors.append(_("a question, its right answer and one wrong answer at least are needed."))
    if len(wrong) > MOST_WRONG:
        errors.append(_("at most %(n)s wrong answers.") % {"n": MOST_WRONG})
    if len({answer.casefold() for answer in (question.right, *wrong)}) <= len(wrong):
        errors.append(_("two answers are the same."))
    if len(question.text) > LONGEST_QUESTION:
        errors.append(_("the question is longer than %(n)s characters.") % {"n": LONGEST_QUESTION})
    if any(len(answer) > LONGEST_ANSWER for answer in (question.right, *wrong)):
        errors.append(_("an answer is longer than %(n)s characters.") % {"n": LONGEST_ANSWER})
    if errors:
        raise ValidationError(errors)
    return PastedRow(number, question, (question.text, question.right, *wrong), "new")


@transaction.atomic
def open_test(user: User, engagement: Engagement, questions: Sequence[Question]) -> KnowledgeTest:
    """Makes the test and its links; questions that nobody has answered yet are replaced.

    Raises DomainError where somebody has taken it or it is closed, and as `check_may_record` does.
    """
    check_may_record(user, engagement)
    Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    test = KnowledgeTest.objects.filter(engagement=engagement).first() or KnowledgeTest(
        engagement=engagement
    )
    if test.closed_at is not None or (test.pk and test.attempts.exists()):
        raise DomainError(_("Somebody has taken this test: its questions stay."))
    last = max(filter(None, (engagement.programme.today(), engagement.ends_on)))
    test.closes_on = last + timedelta(days=LIVES_DAYS)
    test.save()
    test.questions.all().delete()
    KnowledgeQuestion.objects.bulk_create(
        KnowledgeQuestion(test=test, number=number, text=q.text, right=q.right, wrong=list(q.wrong))
        for number, q in enumerate(questions, 1)
    )
    return test


def open_knowledge_test(pk: int) -> KnowledgeTest:
    """The test that a link opens today. Raises SurveyOver."""
    found = (
        KnowledgeTest.objects.select_related("engagement__programme")
        .filter(pk=pk, closed_at__isnull=True)
        .first()
    )
    if found is None or last_day_of(found) < found.engagement.programme.today():
        raise SurveyOver
    return found


def last_day_of(test: KnowledgeTest) -> date:
    """The last day on which its links work: also sixty days after a course that was moved."""
    ends_on = test.engagement.ends_on
    moved = ends_on + timedelta(days=LIVES_DAYS) if ends_on else test.closes_on
    return max(test.closes_on, moved)


def forget_words(programme: Programme, today: date) -> None:
    """Of tests whose links work no more, marks of words lead to nobody any more; points stay until
    somebody closes the test."""
    over = KnowledgeTest.objects.filter(
        engagement__programme=programme, closed_at__isnull=True, closes_on__lt=today
    ).select_related("engagement")
    for test in over.exclude(attempts__isnull=True):
        if last_day_of(test) < today:
            kept = list(test.attempts.exclude(mark__startswith=FORGOTTEN))
            for attempt in kept:
                attempt.mark = FORGOTTEN + secrets.token_hex(16)
            KnowledgeAttempt.objects.bulk_update(kept, ["mark"])


def answers_in_order(question: KnowledgeQuestion) -> list[str]:
    """All answers, in an order that tells nothing and stays the same."""
    seed = f"{question.test_id}-{question.number}"
    return sorted(
        (question.right, *question.wrong),
        key=lambda answer: salted_hmac("evaluation.order", seed + answer).hexdigest(),
    )


def mark_of(test: KnowledgeTest, word: str) -> str:
    """By what a word is found again, whatever its case, accents and blanks."""
    plain = re.sub(r"\s+", "", normalise(word))
    return salted_hmac("evaluation.word", f"{test.pk}-{plain}").hexdigest()[:64]


@transaction.atomic
def take_test(test: KnowledgeTest, stage: Stage, word: str, sex: str, points: int) -> None:
    """Keeps somebody's points. Who took no test before may take the one after.

    Raises DomainError where the word is somebody else's, SurveyOver where the test was closed meanwhile
    or too many have taken it.
    """
    locked = KnowledgeTest.objects.select_for_update().get(pk=test.pk)
    if locked.closed_at is not None or locked.attempts.count() >= MOST_ATTEMPTS:
        raise SurveyOver
    mark = mark_of(test, word)
    known = locked.attempts.filter(mark=mark).first()
    if known is not None and (stage == Stage.BEFORE or known.after is not None):
        raise DomainError(_("This word was used already: choose another."), "word")
    if known is None:
        known = KnowledgeAttempt(test=locked, mark=mark)
    known.sex = sex
    setattr(known, stage.value, points)
    known.save()


@transaction.atomic
def close_test(user: User, test: KnowledgeTest) -> ScoreSheet:
    """Takes the points over as a sheet of scores, in random order, and forgets words and answers.

    Raises DomainError where it is closed or nobody took it, and as `record_scores` does.
    """
    locked = KnowledgeTest.objects.select_for_update().get(pk=test.pk)
    if locked.closed_at is not None:
        raise DomainError(_("It is closed already."))
    attempts = list(locked.attempts.all())
    secrets.SystemRandom().shuffle(attempts)
    most = Decimal(max(locked.questions.count(), 1))
    sheet = record_scores(
        user,
        test.engagement,
        Maxima(most, most),
        [
            Score(
                None if attempt.before is None else Decimal(attempt.before),
                None if attempt.after is None else Decimal(attempt.after),
                attempt.sex,
            )
            for attempt in attempts
        ],
        ScoreSheet.Source.LINK,
    )
    locked.attempts.all().delete()
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    return sheet
