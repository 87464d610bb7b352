"""What is said of every figure: label, unit, definition, rows, source, readers.

The tables of figures are made of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

COUNT, PEOPLE, SHARE, DAYS, MONEY = "count", "people", "share", "working_days", "money"
# days of the calendar; the mean of answers from 1 to 5
CALENDAR_DAYS, SCORE = (
    "calendar_days",
    "score",
)
WHOLE_DAYS, HOURS = "days", "hours"  # amounts that are added

# Where the figures of a kind of rows come from. All of it is read from history, as at the cut-off.
SOURCES = {
    "request": _("requests and their history"),
    "act": _("the timelines of requests"),
    "clock": _("the clocks of service standards"),
    "engagement": _("engagements and their parts as the programme recorded them"),
    "participation": _("who took part, by part and country, as the programme recorded it"),
    "country": _("requests, participation and the groups of countries"),
}


@dataclass(frozen=True)
class Definition:
    """One figure. `splits` are the dimensions by which it is told apart: `code.dimension.value`.
    `better` is up, down or nothing.

    `split_unit` and `split_label` are those of its splits, where they are other than the whole's.
    `source` is where it comes from. `audiences` are its readers beside the programme: none unless
    it names them, so that a new figure is in no edition by omission.
    """

    code: str
    label: Any
    unit: str
    definition: Any
    # what its rows are: request, engagement, participation, country, clock (an act that was due),
    # act (one that was taken)
    rows: str
    splits: tuple[str, ...] = ()
    better: str = ""
    audiences: tuple[str, ...] = ()
    split_unit: str = ""
    split_label: Any = None

    @property
    def source(self) -> Any:
        """Where the figure comes from."""
        return SOURCES[self.rows]
