"""Stores a version of a framework, whole. Loading the same file twice changes nothing; a file that
differs needs another number."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.programmes.models import Pillar, Programme
from assistance.results.framework_file import WrittenFramework, WrittenIndicator
from assistance.results.models import (
    Indicator,
    IndicatorTarget,
    Outcome,
    Output,
    ResultsFramework,
)
from core.file_nodes import FileMistakes


@transaction.atomic
def load_framework(
    programme: Programme, written: WrittenFramework, *, recorded_at: datetime | None = None
) -> tuple[ResultsFramework, bool]:
    """The version as it is stored, and whether it is new.

    Raises FileMistakes where another file has the number already, where a later version is
    there, or where a pillar is unknown. `recorded_at` is for sample data.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    sha256 = hash_of(written)
    versions = list(programme.frameworks.order_by("-version"))
    for known in versions:
        if known.version == written.version and known.sha256 == sha256:
            return known, False
    if versions and written.version <= versions[0].version:
        raise FileMistakes(
            [
                _(
                    "version %(version)s is there already, and this file says something else."
                    " Give it the number %(next)s; what was reported under the former one stays."
                )
                % {"version": written.version, "next": versions[0].version + 1}
            ]
        )
    pillars = {pillar.code: pillar for pillar in programme.pillars.filter(code__in=written.pillars)}
    if unknown := sorted(written.pillars - pillars.keys()):
        raise FileMistakes(
            [_("the pillar “%(code)s” is not known.") % {"code": code} for code in unknown]
        )
    framework = ResultsFramework.objects.create(
        programme=programme,
        code=written.code,
        title=written.title,
        version=written.version,
        first_day=written.first_day,
        until=written.until,
        valid_from=written.valid_from,
        sdg_targets=written.sdg_targets,
        sha256=sha256,
        recorded_at=recorded_at or timezone.now(),
    )
    store_outcomes(framework, written, pillars)
    return framework, True


def hash_of(written: WrittenFramework) -> str:
    """SHA-256 of what a file says, whatever its layout."""
    content = asdict(written) | {"pillars": sorted(written.pillars)}
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def store_outcomes(
    framework: ResultsFramework, written: WrittenFramework, pillars: dict[str, Pillar]
) -> None:
    """Outcomes, outputs, indicators and targets, in the order of the file."""
    indicators: list[tuple[Indicator, WrittenIndicator]] = []
    for place, each in enumerate(written.outcomes):
        outcome = Outcome.objects.create(
            framework=framework,
            code=each.code,
            text=each.text,
            order=place,
            sdg_targets=each.sdg_targets,
        )
        indicators += [(indicator_of(outcome, None, i), i) for i in each.indicators]
        for position, one in enumerate(each.outputs):
            output = Output.objects.create(
                outcome=outcome,
                code=one.code,
                text=one.text,
                order=position,
                pillar=pillars.get(one.pillar),
            )
            indicators += [(indicator_of(outcome, output, i), i) for i in one.indicators]
    for place, (indicator, _written) in enumerate(indicators):
        indicator.order = place
    Indicator.objects.bulk_create([indicator for indicator, _written in indicators])
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=indicator, by=t.by, value=t.value, words=t.words)
        for indicator, one in indicators
        for t in one.targets
    )


def indicator_of(outcome: Outcome, output: Output | None, written: WrittenIndicator) -> Indicator:
    """A row of it, not saved."""
    same = (
        "code",
        "text",
        "definition",
        "unit",
        "measurement",
        "direction",
        "over_periods",
        "over_places",
        "baseline_year",
        "disaggregations",
        "means_of_verification",
        "source",
        "frequency",
        "responsible",
        "figure",
        "narrowed_by",
    )
    return Indicator(
        outcome=outcome,
        output=output,
        baseline=written.baseline.value,
        baseline_numerator=written.baseline.numerator,
        baseline_denominator=written.baseline.denominator,
        baseline_words=written.baseline.words,
        **{name: getattr(written, name) for name in same},
    )
