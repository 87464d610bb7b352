"""The list of all figures, in the order in which notes on method tell of them; a new one is a line of
its module here, or of a new module."""

from __future__ import annotations

from reports.figures.definition import Definition
from reports.figures.definitions.beginnings import BEGINNING_FIGURES
from reports.figures.definitions.cost import COST_FIGURES
from reports.figures.definitions.coverage import COVERAGE_FIGURES
from reports.figures.definitions.delivery import DELIVERY_FIGURES
from reports.figures.definitions.effort import EFFORT_FIGURES
from reports.figures.definitions.endings import ENDING_FIGURES
from reports.figures.definitions.evaluation import EVALUATION_FIGURES
from reports.figures.definitions.participants import PARTICIPANT_FIGURES
from reports.figures.definitions.processes import PROCESS_FIGURES
from reports.figures.definitions.records import RECORD_FIGURES
from reports.figures.definitions.repeats import REPEAT_FIGURES
from reports.figures.definitions.requests import REQUEST_FIGURES
from reports.figures.definitions.response import RESPONSE_FIGURES
from reports.figures.measures import Measure

FIGURES: dict[str, Definition] = {
    figure.code: figure
    for figure in (
        *REQUEST_FIGURES,
        *RESPONSE_FIGURES,
        *DELIVERY_FIGURES,
        *PARTICIPANT_FIGURES,
        *COST_FIGURES,
        *COVERAGE_FIGURES,
        *RECORD_FIGURES,
        *REPEAT_FIGURES,
        *BEGINNING_FIGURES,
        *ENDING_FIGURES,
        *EFFORT_FIGURES,
        *PROCESS_FIGURES,
        *EVALUATION_FIGURES,
    )
}


def readers_of(code: str) -> tuple[str, ...]:
    """The readers of a figure, or of one of its splits, beside the programme; none for a code that
    is no longer known."""
    definition = known_definition(code)
    return definition.audiences if definition else ()


def known_definition(code: str) -> Definition | None:
    """The definition of a figure or of one of its splits; None for a code that is no longer known,
    as a snapshot of former times may have."""
    try:
        return definition_of(code)
    except KeyError:
        return None


def measure_of(code: str) -> Measure:
    """How a figure, or one of its parts, is measured. Raises KeyError for a code that is neither."""
    definition = definition_of(code)
    suffix = code.removeprefix(definition.code).removeprefix(".")
    parts = {part.suffix: part.measure for part in definition.parts}
    return parts[suffix] if suffix else definition.measure


def unit_of(code: str) -> str:
    """The unit of a figure, or of one of its splits. Raises KeyError for an unknown code."""
    definition = definition_of(code)
    return definition.unit if code == definition.code else definition.split_unit or definition.unit


def definition_of(code: str) -> Definition:
    """The definition of a figure or of one of its splits: of `cost.alone.donor.3` that of
    `cost.alone`. Raises KeyError for an unknown code."""
    head = code
    while head not in FIGURES:
        head, dot, _rest = head.rpartition(".")
        if not dot:
            raise KeyError(code)
    definition, rest = FIGURES[head], code.removeprefix(head).removeprefix(".")
    if not rest:
        return definition
    if any(part.suffix == rest for part in definition.parts):
        return definition  # participants.women: a word that a reader understands
    if rest.partition(".")[0] not in definition.dimensions:
        raise KeyError(code)
    return definition
