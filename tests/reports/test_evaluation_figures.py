"""What people learnt and said as figures: what counts, as of when, and of how many."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from assistance.engagements.models import Engagement
from assistance.evaluation import surveys
from assistance.evaluation.choices import Wave
from assistance.evaluation.scores import Maxima, Score, record_scores
from assistance.evaluation.survey_models import Survey
from reports.figures.compute import compute_figures
from reports.figures.counting import Figure
from reports.figures.facts.windows import FigureWindow
from reports.figures.scope import WHOLE, ReportScope
from reports.reports.verification import differing_figures
from reports.results.narrowing import check_computed
from reports.schedules.periods import Period, period_of
from reports.snapshots.rows import open_figure
from tests import make
from tests.assistance.evaluation import answered, delivered, opened
from tests.make import People
from tests.reports.producing import produced

pytestmark = pytest.mark.django_db
CODES = (
    "evaluation_satisfied",
    "evaluation_improved",
    "evaluation_gain",
    "follow_up_applied",
    "follow_up_results",
    "survey_responses",
)
HUNDRED = Decimal(100)


def this_quarter() -> Period:
    return period_of("quarterly", make.programme().today())


def figures(cutoff: datetime | None = None, scope: ReportScope = WHOLE) -> dict[str, Figure]:
    """By code."""
    window = FigureWindow(make.programme(), this_quarter(), cutoff or timezone.now(), scope)
    with transaction.atomic():
        return compute_figures(window, only=CODES)


def parts(figure: Figure) -> tuple[Any, Any]:
    """Numerator and denominator."""
    return figure.numerator, figure.denominator


def scores(*pairs: tuple[int, int]) -> list[Score]:
    return [Score(Decimal(before), Decimal(after)) for before, after in pairs]


def closed(deed: Engagement, wave: Wave, *answers: dict[str, Any], asked: int = 12) -> Survey:
    survey = opened(deed, wave, asked)
    answered(survey, *answers)
    surveys.close_by_id(survey.pk)
    return Survey.objects.get(pk=survey.pk)


def test_gains_and_people_add_up_over_engagements_never_means(people: People) -> None:
    one, other, few = delivered(people), delivered(people), delivered(people)
    maxima = Maxima(HUNDRED, HUNDRED)
    record_scores(people.officer, one, maxima, scores(*[(40, 50)] * 10), "sheet")
    record_scores(people.officer, other, maxima, scores((50, 90), *[(50, 50)] * 4), "sheet")
    record_scores(people.officer, few, maxima, scores(*[(0, 100)] * 4), "sheet")
    found = figures()
    assert parts(found["evaluation_improved"]) == (11, 15)
    # 140 points over 15 people; the mean of means would be 9
    assert found["evaluation_gain"].value == 9.3 and found["evaluation_gain"].counted == 15
    assert sorted(found["evaluation_improved"].ids) == sorted([one.pk, other.pk])
    assert parts(found["evaluation_improved.pillar.capacity_building"]) == (11, 15)


def test_the_sheet_that_was_there_at_the_cut_off_counts(people: People) -> None:
    deed, maxima = delivered(people), Maxima(HUNDRED, HUNDRED)
    record_scores(people.officer, deed, maxima, scores(*[(40, 50)] * 5), "sheet")
    between = timezone.now()
    record_scores(people.officer, deed, maxima, scores(*[(40, 30)] * 6), "sheet")
    assert parts(figures()["evaluation_improved"]) == (0, 6)
    assert parts(figures(between)["evaluation_improved"]) == (5, 5)


def test_follow_up_counts_closed_waves_by_their_months(people: People) -> None:
    deed, other = delivered(people), delivered(people)
    closed(deed, Wave.SIX_MONTHS, *[{"use": "often", "results": True}] * 4, *[{"use": "no"}] * 2)
    closed(deed, Wave.TWELVE_MONTHS, *[{"use": "sometimes", "results": False}] * 5)
    closed(other, Wave.SIX_MONTHS, *[{"use": "often"}] * 4)  # too few
    answered(opened(other, Wave.TWELVE_MONTHS), *[{"use": "often"}] * 9)  # open
    closed(deed, Wave.END, *[{"relevance": n} for n in (5, 4, 3, 2, 1)], asked=10)
    found = figures()
    assert parts(found["follow_up_applied"]) == (9, 11)
    assert parts(found["follow_up_applied.months.6"]) == (4, 6)
    assert parts(found["follow_up_applied.months.12"]) == (5, 5)
    # of the first wave four answered whether there are results
    assert parts(found["follow_up_results"]) == (0, 5)
    assert parts(found["evaluation_satisfied"]) == (2, 5)
    assert parts(found["survey_responses"]) == (20, 46)
    before = figures(timezone.now() - timedelta(hours=1))
    assert before["follow_up_applied"].denominator == 0


def test_what_is_of_everybody_is_not_told_of_a_country(people: People) -> None:
    kenya = make.Country.objects.get(iso3="KEN").pk
    assert figures(scope=ReportScope(countries=(kenya,))) == {}
    pillar = make.Pillar.objects.get(code="prevention").pk
    closed(delivered(people), Wave.SIX_MONTHS, *[{"use": "often"}] * 6)
    assert figures(scope=ReportScope(pillar=pillar))["follow_up_applied"].denominator == 0


def test_a_report_opens_into_surveys_and_is_worked_out_again(people: People) -> None:
    deed = delivered(people)
    closed(deed, Wave.SIX_MONTHS, *[{"use": "often"}] * 6, asked=9)
    revision = produced(people).current
    assert revision is not None
    (row,) = open_figure(revision.contents, "follow_up_applied", "en").rows
    assert row["reference"] == deed.reference and row["months_name"] == "After 6 months"
    assert (row["asked"], row["answered"]) == (9, 6)
    assert row["path"] == f"/engagements/{deed.pk}/evaluation/"
    assert not list(differing_figures(revision, "report"))


def test_figures_of_the_reference_framework_are_there() -> None:
    for figure, narrowed_by in (("follow_up_applied", {"months": 6}), ("evaluation_improved", {})):
        assert check_computed(figure, narrowed_by, "share", "sum") == ""
