"""A figure, declared once: label, unit, definition, rows, dimensions, direction, readers, and how it
is measured."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.text import Label

if TYPE_CHECKING:
    from reports.figures.measures import Measure
    from reports.figures.scope import ReportScope

# Where the figures of a kind of rows come from. All of it is read from history, as at the cut-off.
SOURCES = {
    "request": _("requests and their history"),
    "act": _("the timelines of requests"),
    "clock": _("the clocks of service standards"),
    "engagement": _("engagements and their parts as the programme recorded them"),
    "participation": _("who took part, by part and country, as the programme recorded it"),
    "treaty_action": _("treaty actions as they were entered, each with its source"),
    "attendance": _("attendance at sessions, and engagements that support it"),
    "survey": _("surveys of people who attended, closed and not changed since"),
    "indicator_value": _("values that people reported and others approved"),
    "country": _("requests, participation and the groups of countries"),
}


@dataclass(frozen=True)
class Split:
    """A dimension by which a figure is told apart: cells `code.dimension.value`.

    `column` of the source holds the value, where it is not called as the dimension is; with `many`
    it is an array, and a row counts under each of its values. Rows without a value stand under
    `blank`, or are left out where that is None. `values` have a cell even where nothing is counted.
    `measure` is that of the cells, where it is another than the whole's. A split `on_request` is
    told only by kinds of report that ask for it.
    """

    dimension: str
    column: str = ""
    many: bool = False
    blank: str | None = None
    values: tuple[str, ...] = ()
    measure: Measure | None = None
    on_request: bool = False

    @property
    def told_by(self) -> str:
        """The column that holds the value."""
        return self.column or self.dimension


@dataclass(frozen=True)
class Part:
    """A cell with a measure of its own: `code.suffix`. Without `always` it is there only where
    something is counted; `rows` is the kind of its rows, where that is another. `dimension` is what
    the figure is told apart by, where no split of it names that."""

    suffix: str
    measure: Measure
    dimension: str = ""
    rows: str = ""
    always: bool = True


@dataclass(frozen=True)
class Definition:
    """One figure.

    `rows` says what its rows are: request, engagement, participation, country, clock (an act that
    was due), act (one that was taken), treaty_action, attendance, survey. `better` is up, down or nothing. `audiences` are its readers
    beside the programme: none unless it names them, so that a new figure is in no edition by
    omission. `split_unit` and `split_label` are those of its splits, where they are other than the
    whole's. `applies` says in which scopes it is told; a figure `on_request` is told only by kinds
    of report that ask for it. `whole` is the figure of whose rows it counts a part.
    """

    code: str
    label: Label
    unit: str
    definition: Label
    rows: str
    measure: Measure
    splits: tuple[Split, ...] = ()
    parts: tuple[Part, ...] = ()
    better: str = ""
    audiences: tuple[str, ...] = ()
    split_unit: str = ""
    split_label: Label | None = None
    applies: Callable[[ReportScope], bool] | None = None
    on_request: bool = False
    whole: str = ""

    @property
    def source(self) -> Label:
        """Where the figure comes from."""
        return SOURCES[self.rows]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """By what it is told apart."""
        of_parts = dict.fromkeys(part.dimension for part in self.parts if part.dimension)
        return (*of_parts, *(split.dimension for split in self.splits))

    def is_told(self, scope: ReportScope, asked: Collection[str]) -> bool:
        """Whether it is told in a scope, where these codes were asked for."""
        if self.on_request and self.code not in asked:
            return False
        return self.applies is None or self.applies(scope)

    def told_splits(self, asked: Collection[str]) -> list[Split]:
        """The dimensions that are told where these codes were asked for."""
        return [s for s in self.splits if not s.on_request or f"{self.code}.{s.dimension}" in asked]
