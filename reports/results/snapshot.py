"""What a snapshot says of the results framework: indicators with baseline and target, how far they
have come and how that is rated. Their values are figures of the snapshot.

Source: the rules of the programme, section 9.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from assistance.results.adding_up import Amount
from assistance.results.choices import Measurement, Rating
from assistance.results.models import Indicator, IndicatorTarget, Output, ResultsFramework
from assistance.results.narratives import OutputNarrative
from assistance.results.progress import Target, Way, target_at, time_elapsed
from assistance.results.value_models import IndicatorRating, IndicatorValue
from reports.figures.compute import Cells
from reports.figures.counting import Figure, Figures, Parameters
from reports.figures.facts.windows import FigureWindow
from reports.results.computation import (
    ReportedValues,
    cells_of,
    cumulative_code_of,
    cumulative_figures,
    indicators_of,
    reported_figures,
    reported_values,
)
from reports.schedules.periods import period_of
from reports.snapshots.types import (
    BaselineData,
    IndicatorData,
    IndicatorValueRow,
    LateValueData,
    OutcomeData,
    OutputData,
    RatingData,
    ResultsData,
    TargetData,
)

PLACES = Decimal("0.0001")


@dataclass
class Results:
    """A framework in a window: its indicators, what they gave until the window's end, and what
    people reported."""

    window: FigureWindow
    framework: ResultsFramework
    indicators: list[Indicator]
    until_now: Figures
    reported: dict[str, ReportedValues]
    known_before: datetime | None = None

    @classmethod
    def of(cls, window: FigureWindow, known_before: datetime | None = None) -> Results | None:
        """The framework that holds on the window's last day, as known at its cut-off; None where
        there is none. `known_before` is the cut-off of the period before. Makes tables of facts of
        other days: what is counted of the window itself comes after it."""
        framework = ResultsFramework.objects.in_force(
            window.programme, window.period.last_day, window.cutoff
        )
        if framework is None:
            return None
        indicators = indicators_of(framework)
        return cls(
            window,
            framework,
            indicators,
            cumulative_figures(window, indicators),
            reported_values(window, indicators),
            known_before,
        )

    def own_cells(self) -> tuple[Sequence[Cells], Parameters]:
        """What is measured of the window itself, and what its SQL is given."""
        found = cells_of(self.indicators)
        return found.cells, found.parameters

    def more_figures(self) -> Figures:
        """What is not measured of the window itself: what came together, and what people reported."""
        return self.until_now | reported_figures(self.window, self.indicators, self.reported)

    def rows(self) -> dict[str, IndicatorValueRow]:
        """The values that people reported, as rows of an annex."""
        return {
            str(row.pk): value_row(code, row)
            for code, reported in self.reported.items()
            for row in reported.rows
        }

    def as_json(self, figures: Figures) -> ResultsData:
        """Outcomes, outputs and indicators, out of the figures of the window."""
        ratings, said = given_ratings(self.window, self.framework), narratives(self.window)
        framework = self.framework
        outcomes = []
        for outcome in framework.outcomes.prefetch_related("outputs__pillar"):
            own = [i for i in self.indicators if i.outcome_id == outcome.pk]
            outcomes.append(
                OutcomeData(
                    code=outcome.code,
                    text=outcome.text,
                    indicators=[
                        self.indicator(i, figures, ratings) for i in own if i.output_id is None
                    ],
                    outputs=[
                        self.output(output, own, figures, ratings, said)
                        for output in outcome.outputs.all()
                    ],
                )
            )
        return ResultsData(
            code=framework.code,
            title=framework.title,
            version=framework.version,
            first_day=str(framework.first_day),
            until=str(framework.until),
            outcomes=outcomes,
            late=late_values(self.window, self.reported, self.known_before),
        )

    def output(
        self,
        output: Output,
        of_outcome: Sequence[Indicator],
        figures: Figures,
        ratings: dict[str, IndicatorRating],
        said: dict[str, str],
    ) -> OutputData:
        """An output with its indicators and what people say that it changed."""
        found = OutputData(
            code=output.code,
            text=output.text,
            pillar=output.pillar.code if output.pillar else None,
            indicators=[
                self.indicator(i, figures, ratings) for i in of_outcome if i.output_id == output.pk
            ],
        )
        if output.code in said:
            found["changed"] = said[output.code]
        return found

    def indicator(
        self, indicator: Indicator, figures: Figures, ratings: dict[str, IndicatorRating]
    ) -> IndicatorData:
        """An indicator with its progress and its rating."""
        last_day = self.window.period.last_day
        target = chosen_target(indicator, last_day)
        until_now = figures.get(cumulative_code_of(indicator))
        progress, rating = self.rated(indicator, target, until_now)
        given = ratings.get(indicator.code)
        return IndicatorData(
            code=indicator.code,
            text=indicator.text,
            unit=indicator.unit,
            measurement=indicator.measurement,
            direction=indicator.direction,
            baseline=baseline_json(indicator),
            target=target_json(target),
            words=self.words(indicator),
            computed_from=indicator.figure,
            means_of_verification=indicator.means_of_verification,
            progress=None if progress is None else str(progress),
            rating=rating,
            given=RatingData(rating=given.rating, reason=given.reason) if given else None,
        )

    def words(self, indicator: Indicator) -> str:
        """The step that was reached last, of words on a scale."""
        reported = self.reported.get(indicator.code)
        is_words = indicator.measurement == Measurement.QUALITATIVE
        return reported.words() if reported and is_words else ""

    def rated(
        self, indicator: Indicator, target: IndicatorTarget | None, until_now: Figure | None
    ) -> tuple[Decimal | None, str | None]:
        """Progress and rating by the rule; neither where a person is to rate."""
        if not indicator.is_computed and self.is_missing(indicator):
            return None, Rating.NO_DATA
        if target is None or target.value is None:
            return None, None
        value = number_of(until_now)
        if value is None:
            return None, Rating.NO_DATA if indicator.is_computed else None
        way = Way(
            indicator.direction,
            baseline_amount(indicator).number,
            target.value,
            indicator.is_summed,
        )
        elapsed = time_elapsed(self.framework.first_day, target.by, self.window.period.last_day)
        progress = way.progress(value)
        if progress is not None:
            progress = progress.quantize(PLACES, ROUND_HALF_UP)
        return progress, way.rating(value, elapsed)

    def is_missing(self, indicator: Indicator) -> bool:
        """Whether the value that people had to report last is not there, or not approved."""
        due = period_of(indicator.frequency, self.window.period.end).start
        if due <= self.framework.first_day:
            return False
        rows = self.reported[indicator.code].rows
        return not any(row.period_end >= due for row in rows)


def value_row(code: str, row: IndicatorValue) -> IndicatorValueRow:
    """A value that people reported, as a row of an annex."""
    found = IndicatorValueRow(
        reference=code,
        period_start=str(row.period_start),
        period_end=str(row.period_end),
        value=None if row.value is None else str(row.value),
        numerator=row.numerator,
        denominator=row.denominator,
        source=row.source,
        restates=row.restates_id,
        reason=row.restatement_reason,
    )
    if row.parts:
        found["parts"] = row.parts
    return found


def narratives(window: FigureWindow) -> dict[str, str]:
    """What people wrote before the window's cut-off, by output: of exactly its period or, where there is no
    such text, of parts of it that do not overlap. One query."""
    rows = (
        OutputNarrative.objects.filter(
            output__outcome__framework__programme=window.programme,
            period_start__gte=window.period.start,
            period_end__lte=window.period.end,
        )
        .select_related("output")
        .known(window.cutoff)
    )
    by_output: dict[str, list[OutputNarrative]] = {}
    for row in sorted(rows, key=lambda row: (row.period_start, -row.period_end.toordinal())):
        if row.text:  # an empty one takes back what stood
            by_output.setdefault(row.output.code, []).append(row)
    return {code: " ".join(texts_of(window, texts)) for code, texts in by_output.items()}


def texts_of(window: FigureWindow, rows: Sequence[OutputNarrative]) -> list[str]:
    """The texts that stand side by side, in the order of their days; a longer one in the place of those
    within it."""
    found: list[str] = []
    reached = window.period.start
    for row in rows:
        if row.period_start >= reached:
            found.append(row.text)
            reached = row.period_end
    return found


def late_values(
    window: FigureWindow, reported: dict[str, ReportedValues], known_before: datetime | None
) -> list[LateValueData]:
    """Values of earlier periods that were approved since the cut-off of the period before: new ones and
    restatements. They are in what is cumulative, and in no period's own value."""
    if known_before is None:
        return []
    return [
        LateValueData(
            code=code,
            period_start=str(row.period_start),
            period_end=str(row.period_end),
            value=value_words(row),
            before=value_words(row.restates) if row.restates else "",
            reason=row.restatement_reason,
        )
        for code, values in reported.items()
        for row in values.rows
        if row.decided_at is not None
        and row.decided_at >= known_before
        and row.period_start < window.period.start
    ]


def value_words(row: IndicatorValue) -> str:
    """A value as text: a number, a share as its two numbers, or words."""
    if row.denominator is not None:
        return f"{row.numerator}/{row.denominator}"
    return row.words if row.value is None else str(row.value)


def chosen_target(indicator: Indicator, last_day: date) -> IndicatorTarget | None:
    """The nearest target that is not past, or the last."""
    by_day = {target.by: target for target in indicator.targets.all()}
    found = target_at([Target(by, Decimal(0)) for by in by_day], last_day)
    return by_day[found.by] if found else None


def number_of(figure: Figure | None) -> Decimal | None:
    """The value of a figure, of a share in per cent as baselines and targets are."""
    if figure is None or figure.value is None:
        return None
    if figure.unit == "share":
        numerator, denominator = figure.numerator or 0, figure.denominator or 0
        return Amount(numerator=int(numerator), denominator=denominator).number
    return Decimal(str(figure.value))


def baseline_amount(indicator: Indicator) -> Amount:
    """The baseline; nothing where it was not measured."""
    return Amount(
        indicator.baseline,
        indicator.baseline_numerator,
        indicator.baseline_denominator,
        indicator.baseline_words,
    )


def baseline_json(indicator: Indicator) -> BaselineData:
    """The baseline as JSON keeps it."""
    return BaselineData(
        year=indicator.baseline_year,
        value=None if indicator.baseline is None else str(indicator.baseline),
        numerator=indicator.baseline_numerator,
        denominator=indicator.baseline_denominator,
        words=indicator.baseline_words,
    )


def target_json(target: IndicatorTarget | None) -> TargetData | None:
    """The target as JSON keeps it."""
    if target is None:
        return None
    value = None if target.value is None else str(target.value)
    return TargetData(by=str(target.by), value=value, words=target.words)


def given_ratings(window: FigureWindow, framework: ResultsFramework) -> dict[str, IndicatorRating]:
    """The last rating that a person gave for the end of the window's period, by indicator. One query."""
    rows = (
        IndicatorRating.objects.known(window.cutoff)
        .filter(
            indicator__outcome__framework__programme=framework.programme_id,
            period_end=window.period.end,
        )
        .select_related("indicator")
    )
    found: dict[str, IndicatorRating] = {}
    for row in rows:
        found.setdefault(row.indicator.code, row)
    return found
