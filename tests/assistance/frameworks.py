"""A small results framework for tests, as its file says it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import yaml

from assistance.results.framework_file import read_framework
from assistance.results.loading import load_framework
from assistance.results.models import Indicator, ResultsFramework
from tests import make

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def indicator(code: str, **changed: object) -> dict[str, object]:
    """An indicator of the file: a number that people report."""
    return {
        "code": code,
        "text": f"What {code} measures",
        "unit": "country",
        "measure": "number",
        "direction": "increase",
        "baseline": {"year": 2024, "value": 10},
        "target": {"year": 2029, "value": 20},
        "means_of_verification": "Official gazettes",
        "frequency": "quarterly",
        "over_periods": "sum",
        "over_places": "sum",
    } | changed


def content(*indicators: dict[str, object], **changed: object) -> dict[str, object]:
    """A file with these indicators in its one output."""
    output = {
        "code": "OP1",
        "text": "People trained",
        "pillar": "prevention",
        "indicators": [*indicators],
    }
    return {
        "code": "RF",
        "title": "Framework",
        "version": 1,
        "period": {"from": date(2025, 1, 1), "until": date(2030, 1, 1)},
        "outcomes": [{"code": "OC1", "text": "Crime is solved", "outputs": [output]}],
    } | changed


def written(*indicators: dict[str, object], **changed: object) -> bytes:
    """The same as the file itself."""
    return yaml.safe_dump(content(*indicators, **changed)).encode()


def loaded(
    *indicators: dict[str, object], recorded_at: datetime | None = LONG_AGO, **changed: object
) -> ResultsFramework:
    """The framework of the seeded programme, known for long."""
    file = read_framework(written(*(indicators or (indicator("X1"),)), **changed))
    return load_framework(make.programme(), file, recorded_at=recorded_at)[0]


def the_indicator(code: str = "X1") -> Indicator:
    """The indicator of a code."""
    return Indicator.objects.select_related("outcome__framework__programme").get(code=code)
