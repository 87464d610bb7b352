"""A results framework as a file: read and checked, with a sentence for each mistake. YAML or JSON, which
YAML includes; docs/results.md shows its form.

Nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from assistance.results.adding_up import Amount
from assistance.results.catalogue import wrong_with
from assistance.results.choices import (
    Direction,
    Frequency,
    Measurement,
    OverPeriods,
    OverPlaces,
)
from assistance.results.models import MOST_DISAGGREGATIONS
from assistance.results.progress import is_wrong_side
from core.file_nodes import FileMistakes, Node, read_yaml


@dataclass
class WrittenTarget:
    """A target of the file: its last day, and a value or words."""

    by: date
    value: Decimal | None
    words: str = ""


@dataclass
class WrittenIndicator:
    """An indicator of the file."""

    code: str
    text: str
    definition: str
    unit: str
    measurement: str
    direction: str
    over_periods: str
    over_places: str
    baseline_year: int | None
    baseline: Amount
    targets: list[WrittenTarget]
    disaggregations: list[str]
    means_of_verification: str
    source: str
    frequency: str
    responsible: str
    figure: str
    narrowed_by: dict[str, object]


@dataclass
class WrittenOutput:
    """An output of the file; `pillar` is a code, or empty."""

    code: str
    text: str
    pillar: str
    indicators: list[WrittenIndicator]


@dataclass
class WrittenOutcome:
    """An outcome of the file, with its own indicators and its outputs."""

    code: str
    text: str
    sdg_targets: list[str]
    indicators: list[WrittenIndicator]
    outputs: list[WrittenOutput]


@dataclass
class WrittenFramework:
    """A whole file."""

    code: str
    title: str
    version: int
    first_day: date
    until: date
    valid_from: date
    sdg_targets: list[str]
    outcomes: list[WrittenOutcome]
    pillars: set[str] = field(default_factory=set)


def read_framework(content: bytes) -> WrittenFramework:
    """The framework that a file says. Raises FileMistakes with everything that is wrong."""
    found = read_yaml(content)
    reader = Reader()
    framework = reader.framework(Node(reader.mistakes, found, _("the file")))
    if reader.mistakes or framework is None:
        raise FileMistakes(reader.mistakes)
    return framework


class Reader:
    """Reads one file; notes all mistakes before it gives up."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []
        self.codes: set[str] = set()

    def framework(self, node: Node) -> WrittenFramework | None:
        """The whole; None where it has no days."""
        node.knows(
            "about",
            "code",
            "title",
            "version",
            "period",
            "valid_from",
            "sdg_targets",
            "outcomes",
        )
        span = Node(self.mistakes, node.content.get("period"), f"{node.place}, period")
        span.knows("from", "until")
        first, until = span.day("from"), span.day("until")
        if first and until and until <= first:
            span.wrong(_("“until” is to be later than “from”."))
        from_file = node.day("valid_from") if "valid_from" in node.content else first
        version = node.whole("version", needed=True)
        if version == 0 or (version or 0) > 30_000:
            node.wrong(_("“version” is to be 1 or more."))
        outcomes = [self.outcome(one, first) for one in node.nodes("outcomes")]
        if not outcomes:
            node.wrong(_("A framework has one outcome or more."))
        code, title = node.text("code"), node.text("title")
        if not (first and until and from_file and version):
            return None
        found = WrittenFramework(
            code, title, version, first, until, from_file, node.texts("sdg_targets", 8), outcomes
        )
        found.pillars = {o.pillar for each in outcomes for o in each.outputs if o.pillar}
        return found

    def outcome(self, node: Node, first_day: date | None) -> WrittenOutcome:
        """An outcome."""
        node.knows("code", "text", "sdg", "indicators", "outputs")
        return WrittenOutcome(
            self.code(node),
            node.text("text"),
            node.texts("sdg", 8),
            [self.indicator(one, first_day) for one in node.nodes("indicators")],
            [self.output(one, first_day) for one in node.nodes("outputs")],
        )

    def output(self, node: Node, first_day: date | None) -> WrittenOutput:
        """An output."""
        node.knows("code", "text", "pillar", "indicators")
        return WrittenOutput(
            self.code(node),
            node.text("text"),
            node.text("pillar", needed=False),
            [self.indicator(one, first_day) for one in node.nodes("indicators")],
        )

    def code(self, node: Node) -> str:
        """A code that nothing else of the file has."""
        found = node.text("code")
        if found and found in self.codes:
            node.wrong(_("the code “%(code)s” is used twice.") % {"code": found})
        self.codes.add(found)
        return found

    def indicator(self, node: Node, first_day: date | None) -> WrittenIndicator:
        """An indicator."""
        node.knows(
            "code",
            "level",
            "text",
            "definition",
            "unit",
            "measure",
            "direction",
            "baseline",
            "target",
            "targets",
            "disaggregation",
            "means_of_verification",
            "source",
            "source_of_the_idea",
            "frequency",
            "responsible",
            "computed_from",
            "over_periods",
            "over_places",
        )
        measurement = node.one_of("measure", Measurement.values)
        direction = node.one_of("direction", Direction.values)
        year, baseline = self.baseline(node, measurement)
        targets = self.targets(node, measurement, first_day)
        for target in targets:
            if (
                baseline.number is not None
                and target.value is not None
                and is_wrong_side(direction, baseline.number, target.value)
            ):
                node.wrong(
                    _(
                        "the target %(target)s lies on the wrong side of the baseline"
                        " %(baseline)s: the direction is “%(direction)s”."
                    )
                    % {
                        "target": target.value,
                        "baseline": baseline.number.quantize(Decimal("0.1")),
                        "direction": direction,
                    }
                )
        told_by = node.texts("disaggregation")
        if len(told_by) > MOST_DISAGGREGATIONS:
            node.wrong(_("at most %(n)s disaggregations fit.") % {"n": MOST_DISAGGREGATIONS})
        figure, narrowed_by = self.computed_from(node, measurement)
        return WrittenIndicator(
            code=self.code(node),
            text=node.text("text"),
            definition=node.text("definition", needed=False),
            unit=node.text("unit"),
            measurement=measurement,
            direction=direction,
            over_periods=node.one_of("over_periods", OverPeriods.values),
            over_places=node.one_of("over_places", OverPlaces.values),
            baseline_year=year,
            baseline=baseline,
            targets=targets,
            disaggregations=told_by[:MOST_DISAGGREGATIONS],
            means_of_verification=node.text("means_of_verification"),
            source=node.text("source", needed=False),
            frequency=self.frequency(node, figure),
            responsible=node.text("responsible", needed=False),
            figure=figure,
            narrowed_by=narrowed_by,
        )

    def frequency(self, node: Node, figure: str) -> str:
        """How often people report a value: yearly, where the file does not say. What is computed has
        one for each report."""
        if figure:
            return ""
        if "frequency" not in node.content:
            return Frequency.YEARLY
        return node.one_of("frequency", Frequency.values)

    def baseline(self, node: Node, measurement: str) -> tuple[int | None, Amount]:
        """Year and value; one that was not measured has no value."""
        if node.content.get("baseline") is None:
            return None, Amount()
        base = Node(self.mistakes, node.content["baseline"], f"{node.place}, baseline")
        base.knows("year", "value", "numerator", "denominator")
        year = base.whole("year")
        if year is not None and not 1990 <= year <= 2100:
            base.wrong(_("“year” is to be a year, such as 2025."))
        if measurement == Measurement.QUALITATIVE:
            return year, Amount(words=base.text("value", needed=False))
        numerator, denominator = base.whole("numerator"), base.whole("denominator")
        if (numerator is None) != (denominator is None) or (
            numerator is not None and denominator is not None and numerator > denominator
        ):
            base.wrong(_("a share has a numerator and a denominator, which is at least as large."))
            return year, Amount()
        if measurement == Measurement.SHARE and numerator is not None:
            return year, Amount(numerator=numerator, denominator=denominator)
        if isinstance(base.content.get("value"), str):
            base.wrong(_("“value” is to be a number."))
        return year, Amount(value=base.number("value"))

    def targets(self, node: Node, measurement: str, first_day: date | None) -> list[WrittenTarget]:
        """One target, or one a period; of a year its last day."""
        written = node.nodes("targets")
        if node.content.get("target") is not None:
            written.append(Node(self.mistakes, node.content["target"], f"{node.place}, target"))
        if not written:
            node.wrong(_("“target” is missing."))
        found = [target for one in written if (target := self.target(one, measurement))]
        if len({target.by for target in found}) < len(found):
            node.wrong(_("two targets are for the same day."))
        if first_day and any(target.by < first_day for target in found):
            node.wrong(_("a target is for a day before the framework's first."))
        return found

    def target(self, node: Node, measurement: str) -> WrittenTarget | None:
        """What is to be reached by when."""
        node.knows("year", "by", "value", "numerator", "denominator")
        year = node.whole("year")
        if "by" in node.content:
            by = node.day("by")
        elif year is not None and 1990 <= year <= 2100:
            by = date(year, 12, 31)
        else:
            node.wrong(_("say by when: “year: 2029”, or “by: 2029-06-30”."))
            by = None
        if measurement == Measurement.QUALITATIVE:
            words = node.text("value")
            return WrittenTarget(by, None, words) if by else None
        value = node.number("value")
        if value is None:
            node.wrong(_("“value” is to be a number."))
        return WrittenTarget(by, value) if by and value is not None else None

    def computed_from(self, node: Node, measurement: str) -> tuple[str, dict[str, object]]:
        """A figure of the catalogue with what narrows it; neither where people report."""
        if node.content.get("computed_from") is None:
            return "", {}
        computed = Node(
            self.mistakes, node.content["computed_from"], f"{node.place}, computed_from"
        )
        computed.knows("figure", "narrowed_by")
        figure = computed.text("figure")
        narrowing = computed.content.get("narrowed_by") or {}
        if not isinstance(narrowing, Mapping):
            computed.wrong(_("“narrowed_by” is to be names and values."))
            return figure, {}
        narrowed_by = {str(name): value for name, value in narrowing.items()}
        for name, value in narrowed_by.items():
            values = value if isinstance(value, list) else [value]
            if not all(isinstance(one, str | int) for one in values):
                computed.wrong(_("“%(name)s” is to be a text.") % {"name": name})
                return figure, {}
        over_periods = str(node.content.get("over_periods", ""))
        sentence = wrong_with(figure, narrowed_by, measurement, over_periods) if figure else ""
        if sentence:
            computed.wrong(sentence)
        return figure, narrowed_by
