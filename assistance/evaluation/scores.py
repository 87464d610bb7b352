"""Scores of tests: reading a sheet, and recording it.

Gain is in per cent of each test's maximum, over people with both tests; sums of gains and of people
are kept, never a mean of means. Source: the rules of the programme, section 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.evaluation.score_models import HUNDRED, PersonScore, ScoreSheet
from assistance.evaluation.surveys import check_is_ours
from assistance.participants.attendance_import import COLUMNS as ATTENDANCE_COLUMNS
from assistance.participants.attendance_import import sex_of
from assistance.participants.models import Sex
from core.forms import written_number
from core.pasted_tables import PastedColumn, PastedRow, PastedTable, read_pasted
from core.workflow.exceptions import DomainError

COLUMNS = (
    PastedColumn(
        "before", ("Before", "Pre-test", "Avant", "Antes", "До", "قبل", "之前"), needed=True
    ),
    PastedColumn(
        "after", ("After", "Post-test", "Après", "Después", "После", "بعد", "之后"), needed=True
    ),
    PastedColumn("sex", ATTENDANCE_COLUMNS["sex"]),
)
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Score:
    """Points of one person; None for a test that they did not take."""

    before: Decimal | None
    after: Decimal | None
    sex: str = Sex.UNKNOWN


@dataclass(frozen=True)
class Maxima:
    """The most points that either test gives."""

    before: Decimal
    after: Decimal

    def gain(self, score: Score) -> Decimal | None:
        """In percentage points; None without both tests."""
        if score.before is None or score.after is None:
            return None
        return HUNDRED * score.after / self.after - HUNDRED * score.before / self.before


def read_scores(text: str, maxima: Maxima) -> PastedTable[Score]:
    """A table with a row a person. What is wrong stands in its `errors`."""

    def read_row(number: int, said: Mapping[str, str]) -> PastedRow[Score]:
        score = Score(
            points(said["before"], maxima.before),
            points(said["after"], maxima.after),
            sex_of(said.get("sex", "")),
        )
        if score.before is None and score.after is None:
            raise ValidationError(_("there are no points in this row."))
        return PastedRow(number, score, (score.before, score.after, score.sex), "new")

    return read_pasted(text, COLUMNS, read_row)


def points(cell: str, most: Decimal) -> Decimal | None:
    """A number of points; None for an empty cell. Raises ValidationError."""
    if not cell:
        return None
    try:
        found: Decimal | None = written_number(cell)
    except ValidationError:
        found = None
    if found is None or found > most:
        raise ValidationError(
            _("“%(value)s” is no number of points from 0 to %(most)s.")
            % {"value": cell[:40], "most": f"{most.normalize():f}"}
        )
    return found


def sheet_of(
    user: User, engagement: Engagement, maxima: Maxima, scores: Sequence[Score], source: str
) -> tuple[ScoreSheet, list[PersonScore]]:
    """A sheet with its scores, not saved."""
    gains = [gain for score in scores if (gain := maxima.gain(score)) is not None]
    sheet = ScoreSheet(
        engagement=engagement,
        before_maximum=maxima.before,
        after_maximum=maxima.after,
        tested=len(gains),
        improved=sum(gain > 0 for gain in gains),
        gain=sum(gains, Decimal(0)).quantize(PLACES),
        source=source,
        recorded_by=user,
    )
    return sheet, [
        PersonScore(sheet=sheet, before=score.before, after=score.after, sex=score.sex)
        for score in scores
    ]


@transaction.atomic
def record_scores(
    user: User, engagement: Engagement, maxima: Maxima, scores: Sequence[Score], source: str
) -> ScoreSheet:
    """A sheet of scores in the place of an earlier one. Three queries, however many scores.

    Raises ActionNotAllowed for who does not work for the engagement's programme, DomainError for an
    engagement without participants, and where nobody has a score.
    """
    check_is_ours(user, engagement)
    if not engagement.has_participants:
        raise DomainError(_("Nobody attends an engagement of this type: it has no tests."))
    if not scores:
        raise DomainError(_("Nobody has a score yet."))
    sheet, rows = sheet_of(user, engagement, maxima, scores, source)
    sheet.save()
    PersonScore.objects.bulk_create(rows)
    return sheet
