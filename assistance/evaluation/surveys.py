"""Opening a survey, taking answers, closing it.

Source: the rules of the programme, section 9.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.evaluation.choices import IN_USE, Wave
from assistance.evaluation.signed_links import LIVES_DAYS, SurveyKey
from assistance.evaluation.survey_models import Survey, SurveyAnswer, SurveyInvitation
from core.workflow.exceptions import ActionNotAllowed, DomainError

LIVES = timedelta(days=LIVES_DAYS)
SATISFIED = 4  # of 5, and above
MOST_ASKED = 100_000
MOST_BY_LINK = 500  # since each answer has all others written anew


class SurveyOver(Exception):
    """That a link was used, or its time is over."""


def check_is_ours(user: User, engagement: Engagement) -> None:
    """Raises ActionNotAllowed for who does not work for the engagement's programme."""
    if not Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists():
        raise ActionNotAllowed(_("Only staff of the programme whose engagement it is do this."))


def check_may_record(user: User, engagement: Engagement) -> None:
    """Raises ActionNotAllowed for who does not work for the engagement's programme, DomainError for an
    engagement that nobody attends."""
    check_is_ours(user, engagement)
    if not engagement.has_participants:
        raise DomainError(_("Nobody attends an engagement of this type: nobody can be asked."))


@transaction.atomic
def open_survey(user: User, engagement: Engagement, asked: int) -> Survey:
    """Asks everybody in the room at the end, by one link; at most so many answers are taken.

    Raises DomainError where they were asked already or it has not begun, and as `check_may_record` does.
    """
    check_may_record(user, engagement)
    Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    if Survey.objects.filter(engagement=engagement, wave=Wave.END).exists():
        raise DomainError(_("They were asked already."))
    today = engagement.programme.today()
    if engagement.starts_on is None or engagement.starts_on > today:
        raise DomainError(_("It has not begun yet: people are asked at the end."))
    return Survey.objects.create(
        engagement=engagement,
        wave=Wave.END,
        asked=asked,
        opened_on=today,
        closes_on=today + LIVES,
    )


@transaction.atomic
def ask_more(user: User, survey: Survey, asked: int) -> None:
    """More people are asked than was thought. Raises DomainError for fewer, and where it is closed."""
    check_may_record(user, survey.engagement)
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_open:
        raise DomainError(_("It is closed already."))
    if asked <= locked.asked:
        raise DomainError(_("More people than before, or leave it as it is."), "asked")
    locked.asked = asked
    locked.save(update_fields=["asked"])


@transaction.atomic
def record_answers(
    user: User, engagement: Engagement, asked: int, answers: Iterable[SurveyAnswer]
) -> Survey:
    """What people wrote on paper at the end: a survey that is closed at once.

    Raises DomainError where there are more answers than people who were asked, and as `open_survey`.
    """
    survey = open_survey(user, engagement, asked)
    given = list(answers)
    if not given:
        raise DomainError(_("Nobody has answered yet."))
    if len(given) > asked:
        raise DomainError(_("There are more answers than people who were asked."), "asked")
    put_anew(survey, given)
    close(survey)
    return survey


def survey_behind(key: SurveyKey) -> Survey:
    """The survey that a link opens today. Raises SurveyOver."""
    about = {"pk": key.survey} if key.invitation is None else {"invitations": key.invitation}
    found = Survey.objects.select_related("engagement__programme").filter(**about).first()
    if found is None or not is_taking_answers(found):
        raise SurveyOver
    if key.invitation is None and found.answers.count() >= found.asked:
        raise SurveyOver  # before somebody writes what cannot be taken
    return found


def is_taking_answers(survey: Survey) -> bool:
    """Whether it is open today at the duty station."""
    return survey.is_open and survey.closes_on >= survey.engagement.programme.today()


@transaction.atomic
def take_answer(key: SurveyKey, answer: SurveyAnswer) -> None:
    """Keeps an answer, and forgets who was asked. Raises SurveyOver where the link was used meanwhile,
    or everybody who was asked has answered."""
    survey = survey_behind(key)
    survey = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("engagement__programme")
        .get(pk=survey.pk)
    )
    before = list(survey.answers.all())
    if not is_taking_answers(survey) or len(before) >= survey.asked:
        raise SurveyOver
    if key.invitation is not None:
        removed, _by_table = SurveyInvitation.objects.filter(pk=key.invitation).delete()
        if not removed:
            raise SurveyOver
    put_anew(survey, [*before, answer])


def put_anew(survey: Survey, answers: Iterable[SurveyAnswer]) -> None:
    """Writes all answers of a survey anew, in random order: where and in which transaction a row was
    written would else tell who wrote it."""
    survey.answers.all().delete()
    rows = list(answers)
    for row in rows:
        row.pk, row.survey = uuid.uuid4(), survey
    # in the order of what is random: Python's own generator can be foretold, this one cannot
    SurveyAnswer.objects.bulk_create(sorted(rows, key=lambda row: row.pk))


@transaction.atomic
def close_survey(user: User, survey: Survey) -> None:
    """Closes a survey before its last day; one that nobody has answered at the end is taken back, so that
    it can be opened again. Raises ActionNotAllowed as `check_may_record` does, DomainError where it is
    closed."""
    check_may_record(user, survey.engagement)
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.wave == Wave.END and locked.is_open and not locked.answers.exists():
        locked.delete()
        return
    if not close_by_id(survey.pk):
        raise DomainError(_("It is closed already."))


@transaction.atomic
def close_by_id(pk: int) -> bool:
    """Closes a survey unless it is closed. Returns whether it was open."""
    found = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("engagement__programme")
        .filter(pk=pk, closed_at__isnull=True)
        .first()
    )
    if found is None:
        return False
    close(found)
    return True


def close(survey: Survey) -> None:
    """Writes its numbers down for good; nobody is asked any more, and who was is forgotten."""
    answers = list(survey.answers.all())
    put_anew(survey, answers)
    survey.invitations.all().delete()
    note_closing(survey, answers, timezone.now())
    survey.save(update_fields=CLOSING)


def note_closing(survey: Survey, answers: Iterable[SurveyAnswer], at: datetime) -> None:
    """Its numbers, and that it was closed at an instant; saves nothing."""
    for name, number in numbers_of(answers).items():
        setattr(survey, name, number)
    survey.closed_at, survey.closed_on = at, survey.engagement.programme.day_of(at)


def numbers_of(answers: Iterable[SurveyAnswer]) -> Mapping[str, int]:
    """What figures count of a survey: of each question how many answered it, and how many said yes."""
    given = list(answers)
    return {
        "answered": len(given),
        "rated": sum(a.relevance is not None for a in given),
        "satisfied": sum(a.relevance is not None and a.relevance >= SATISFIED for a in given),
        "told_use": sum(bool(a.use) for a in given),
        "in_use": sum(a.use in IN_USE for a in given),
        "told_results": sum(a.results is not None for a in given),
        "with_results": sum(a.results is True for a in given),
    }


CLOSING = (*numbers_of([]), "closed_on", "closed_at")  # what closing writes
