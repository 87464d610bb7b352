"""Which figures an indicator may be computed from: known above, where figures are counted, and told
here when that is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.registry import Registry

# By dimension: the value by which rows are chosen, or several of them.
Narrowing = Mapping[str, object]
# `check(figure, narrowed_by, measurement, over_periods)`: what is wrong, as a sentence; empty where
# nothing is
FigureCheck = Callable[[str, Narrowing, str, str], str]
FIGURE_CHECKS: Registry[FigureCheck] = Registry("checks of computed indicators")
CATALOGUE = "catalogue"


def wrong_with(figure: str, narrowed_by: Narrowing, measurement: str, over_periods: str) -> str:
    """What is wrong with a figure and what narrows it, as a sentence; empty where nothing is."""
    return FIGURE_CHECKS.get(CATALOGUE)(figure, narrowed_by, measurement, over_periods)
