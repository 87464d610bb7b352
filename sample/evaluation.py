"""Evaluation of the sample: tests, answers at the end and six months later, of every third engagement
that people attended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from assistance.engagements.choices import NUMBERS, WITHOUT_PARTICIPANTS
from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.evaluation.choices import Obstacle, Use, Wave
from assistance.evaluation.score_models import HUNDRED, PersonScore, ScoreSheet
from assistance.evaluation.scores import Maxima, sheet_of
from assistance.evaluation.scores import Score as Points
from assistance.evaluation.survey_models import Survey, SurveyAnswer
from assistance.evaluation.surveys import CLOSING, LIVES, note_closing
from assistance.participants.models import Sex
from assistance.programmes.models import Programme
from core.days import months_later

OFFICER = "officer@example.org"
EVERY, BATCH = 3, 1000
FEWEST_PEOPLE, MOST_PEOPLE = 6, 30  # of an engagement are tested and asked
RECORDED_AFTER, CLOSED_AFTER = timedelta(days=3), timedelta(days=10)
USES = (*[Use.OFTEN] * 4, *[Use.SOMETIMES] * 4, *[Use.NOT_YET] * 3, Use.NO)
OBSTACLES = (*[Obstacle.TIME] * 3, Obstacle.EQUIPMENT, Obstacle.EQUIPMENT, Obstacle.LAW, "")
COMMENTS = (
    "",
    "",
    "",
    "",
    "More time for exercises, please.",
    "The cases were close to our own work.",
    "We need the same tools at home.",
)


@dataclass
class Evaluated:
    """Rows that are made, each kind in its order."""

    sheets: list[ScoreSheet] = field(default_factory=list)
    scores: list[PersonScore] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    answers: list[SurveyAnswer] = field(default_factory=list)


def add_evaluation(programme: Programme) -> int:
    """Returns how many surveys there are."""
    officer, today = User.objects.get(email=OFFICER), programme.today()
    made = Evaluated()
    for engagement, people in attended(programme, today):
        chance = random.Random(engagement.pk)  # noqa: S311 not for secrets
        ended = engagement.ends_on
        assert ended is not None, "the query asks for it"
        add_scores(made, engagement, ended, people, officer, chance)
        add_survey(made, engagement, Wave.END, people, ended, ended + CLOSED_AFTER, chance)
        asked_on = months_later(ended, Wave.SIX_MONTHS)
        closes = asked_on + LIVES
        if closes < today:
            add_survey(made, engagement, Wave.SIX_MONTHS, people * 2 // 3, asked_on, closes, chance)
    ScoreSheet.objects.bulk_create(made.sheets, batch_size=BATCH)
    PersonScore.objects.bulk_create(made.scores, batch_size=BATCH)
    keep_surveys(made)
    return len(made.surveys)


def attended(programme: Programme, today: date) -> Iterator[tuple[Engagement, int]]:
    """Every third engagement that is over, with how many people came."""
    came = sum(Coalesce(Sum(f"parts__participations__{name}"), 0) for name in NUMBERS)
    rows = (
        Engagement.objects.filter(
            programme=programme, state__in=DONE, ends_on__lt=today - CLOSED_AFTER
        )
        .exclude(type__in=WITHOUT_PARTICIPANTS)
        .annotate(came=came)
        .filter(came__gte=FEWEST_PEOPLE)
        .order_by("pk")
    )
    people = dict(list(rows.values_list("pk", "came"))[::EVERY])
    chosen = Engagement.objects.filter(pk__in=people).order_by("pk")
    for engagement in chosen.defer("objectives", "outcome", "follow_up"):
        engagement.programme = programme
        yield engagement, min(people[engagement.pk], MOST_PEOPLE)


def add_scores(
    made: Evaluated,
    engagement: Engagement,
    ended: date,
    people: int,
    officer: User,
    chance: random.Random,
) -> None:
    """A sheet in which four of five gain."""
    maxima = Maxima(HUNDRED, HUNDRED)
    scores = []
    for _person in range(people):
        before = chance.randint(25, 70)
        gained = chance.randint(5, 30) if chance.random() < 0.8 else chance.randint(-8, 0)
        sex = Sex.WOMAN if chance.random() < 0.4 else Sex.MAN
        scores.append(Points(Decimal(before), Decimal(before + gained), sex))
    sheet, rows = sheet_of(officer, engagement, maxima, scores, ScoreSheet.Source.SHEET)
    sheet.recorded_at = engagement.programme.midnight(ended + RECORDED_AFTER)
    made.sheets.append(sheet)
    made.scores += rows


def add_survey(
    made: Evaluated,
    engagement: Engagement,
    wave: Wave,
    asked: int,
    opened: date,
    closed: date,
    chance: random.Random,
) -> None:
    """A wave that is closed, which most answered."""
    survey = Survey(
        engagement=engagement, wave=wave, asked=asked, opened_on=opened, closes_on=closed
    )
    made.surveys.append(survey)
    share = 0.9 if wave == Wave.END else 0.6
    made.answers += [
        answer_of(survey, chance) for _person in range(asked) if chance.random() < share
    ]


def answer_of(survey: Survey, chance: random.Random) -> SurveyAnswer:
    """What one person says."""
    answer = SurveyAnswer(
        survey=survey,
        sex=chance.choice((Sex.WOMAN, Sex.MAN, Sex.MAN)),
        comment=chance.choice(COMMENTS),
    )
    if survey.wave == Wave.END:
        answer.relevance, answer.content = chance.choice((3, 4, 4, 5, 5)), chance.randint(3, 5)
        answer.trainers, answer.organisation = chance.randint(3, 5), chance.randint(2, 5)
    else:
        answer.use, answer.obstacle = chance.choice(USES), chance.choice(OBSTACLES)
        answer.passed_on, answer.results = chance.random() < 0.5, chance.random() < 0.25
    return answer


def keep_surveys(made: Evaluated) -> None:
    """Open ones first, then their answers, then what closes them: a closed one takes none."""
    Survey.objects.bulk_create(made.surveys, batch_size=BATCH)
    SurveyAnswer.objects.bulk_create(
        sorted(made.answers, key=lambda answer: answer.pk), batch_size=BATCH
    )
    by_survey: dict[int, list[SurveyAnswer]] = {survey.pk: [] for survey in made.surveys}
    for answer in made.answers:
        by_survey[answer.survey_id].append(answer)
    for survey in made.surveys:
        noon = survey.engagement.programme.midnight(survey.closes_on) + timedelta(hours=12)
        note_closing(survey, by_survey[survey.pk], noon)
    Survey.objects.bulk_update(made.surveys, CLOSING, batch_size=BATCH)
