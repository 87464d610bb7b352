"""What a closed survey says: of five answers or more, and told apart by sex only where each group has as
many, so that no difference tells of fewer. Source: the rules of the programme, section 9."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest

from django.db.models import Field

from assistance.evaluation.choices import FEWEST, IN_USE, Obstacle, Wave
from assistance.evaluation.score_models import HUNDRED
from assistance.evaluation.survey_models import RATINGS, Survey, SurveyAnswer
from assistance.participants.models import Sex
from core.text import Label, label_of

RANDOM = secrets.SystemRandom()
# What is asked, in its order, by wave
AT_THE_END = (*RATINGS, "comment", "sex")
LATER = ("use", "obstacle", "passed_on", "results", "comment", "sex")


def questions_of(wave: int) -> tuple[str, ...]:
    """The names of the fields that are asked in a wave."""
    return AT_THE_END if wave == Wave.END else LATER


@dataclass(frozen=True)
class Result:
    """A mean from 1 to 5, or how many of those who answered say yes."""

    of: int  # answers to this question
    mean: Decimal | None = None
    yes: int | None = None

    @property
    def per_cent(self) -> Decimal | None:
        """Of those who answered it."""
        return None if self.yes is None else HUNDRED * self.yes / self.of


@dataclass
class QuestionResult:
    """A question with what was answered: whole and, where every group is large enough, by sex."""

    label: Label
    whole: Result | None
    by_sex: list[tuple[Label, Result]] = field(default_factory=list)


Reading = Callable[[Sequence[SurveyAnswer]], Result | None]


def mean_of(name: str) -> Reading:
    """Reads ratings."""

    def read(answers: Sequence[SurveyAnswer]) -> Result | None:
        given = [value for a in answers if (value := getattr(a, name)) is not None]
        if len(given) < FEWEST:
            return None
        return Result(len(given), mean=Decimal(sum(given)) / len(given))

    return read


def share_of(name: str, is_yes: Callable[[object], bool]) -> Reading:
    """Reads answers that are a yes or not."""

    def read(answers: Sequence[SurveyAnswer]) -> Result | None:
        given = [value for a in answers if (value := getattr(a, name)) not in (None, "")]
        if len(given) < FEWEST:
            return None
        return Result(len(given), yes=sum(map(is_yes, given)))

    return read


READINGS: dict[str, Reading] = {
    **{name: mean_of(name) for name in RATINGS},
    "use": share_of("use", lambda value: value in IN_USE),
    "passed_on": share_of("passed_on", bool),
    "results": share_of("results", bool),
}


def results_of(survey: Survey, answers: Sequence[SurveyAnswer]) -> list[QuestionResult]:
    """Of every question with numbers; none of a survey of which nothing is said."""
    if not survey.is_shown:
        return []
    found = []
    for name in questions_of(survey.wave):
        if name in READINGS:
            label = field_of(name).verbose_name
            found.append(
                QuestionResult(label, READINGS[name](answers), by_sex(READINGS[name], answers))
            )
    return found


def by_sex(read: Reading, answers: Iterable[SurveyAnswer]) -> list[tuple[Label, Result]]:
    """A question told apart by sex; nothing where one group is too small, since the rest would tell of
    it, or where there is one group alone."""
    groups: dict[str, list[SurveyAnswer]] = {}
    for answer in answers:
        groups.setdefault(answer.sex or Sex.UNKNOWN, []).append(answer)
    read_of = {sex: read(groups[sex]) for sex in Sex.values if sex in groups}
    found: list[tuple[Label, Result]] = [
        (label_of(Sex, sex), result) for sex, result in read_of.items() if result
    ]
    return found if len(found) == len(read_of) > 1 else []


def obstacles_of(survey: Survey, answers: Iterable[SurveyAnswer]) -> list[tuple[Label, int]]:
    """What stood in the way, the most frequent first: each that five name, where the others together are
    named by nobody or by five."""
    if not survey.is_shown:
        return []
    counted = Counter(a.obstacle for a in answers if a.obstacle)
    named = [(o, n) for o, n in counted.most_common() if n >= FEWEST]
    rest = counted.total() - sum(n for _o, n in named)
    if 0 < rest < FEWEST and named:
        named.pop()
    return [(label_of(Obstacle, obstacle), number) for obstacle, number in named]


def comments_of(survey: Survey, answers: Iterable[SurveyAnswer]) -> list[str]:
    """What people wrote, in random order."""
    return [a.comment for a in answers if a.comment.strip()] if survey.is_shown else []


def field_of(name: str) -> Field[object, object]:
    """The field of an answer."""
    found = SurveyAnswer._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def exported_answers(survey: Survey, answers: Iterable[SurveyAnswer]) -> list[list[str]]:
    """Heads and rows of a table of all answers, each column in a random order of its own, so that no row is
    somebody's; without sex, and without questions that fewer than five answered. No row where nothing
    is said of the survey."""
    given = list(answers)
    names = [name for name in questions_of(survey.wave) if name != "sex"]
    shown = {str(label) for label, _number in obstacles_of(survey, given)}
    columns = []
    for name in names:
        words = [word for answer in given if (word := words_of(answer, name))]
        if name == "obstacle":
            words = [word for word in words if word in shown]
        elif name != "comment" and len(words) < FEWEST:
            words = []
        RANDOM.shuffle(words)
        columns.append(words)
    rows = [[str(field_of(name).verbose_name) for name in names]]
    if survey.is_shown:
        rows += [list(row) for row in zip_longest(*columns, fillvalue="")]
    return rows


def words_of(answer: SurveyAnswer, name: str) -> str:
    """An answer in words; empty where there is none."""
    shown: Callable[[], str] | None = getattr(answer, f"get_{name}_display", None)
    if shown is not None:
        return str(shown())
    value = getattr(answer, name)
    if isinstance(value, bool):
        return "x" if value else "–"
    return "" if value is None else str(value)
