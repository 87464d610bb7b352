"""What an action needs: fields declared once, from which forms, the API, the timeline and the
documentation are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"  # somebody's words, kept in the side table of texts
    LINE = "line"  # the same in one line
    DATE = "date"
    MONEY = "money"
    DECIMAL = "decimal"
    SCORE = "score"  # 1 to 5
    CHOICE = "choice"
    CHECKLIST = "checklist"  # every item must be ticked
    YES = "yes"  # must be ticked
    OFFICER = "officer"  # a member of the programme's staff
    FUNDING = "funding"
    CASE = "case"  # another open case of the same country and programme
    REASON = "reason"  # a reason code for this action
    DONORS = "donors"  # any number of donors
    FILE = "file"
    ROWS = "rows"  # a table of the fields in `columns`


WORDS = (Kind.TEXT, Kind.LINE)


@dataclass(frozen=True)
class Need:
    """One field of an action. `label` and `help` are translatable; `shared` says whether the
    country reads it.

    What is kept `apart` stands in a table that countries' people do not reach, and not in the
    event.
    """

    name: str
    kind: Kind
    label: Any
    help: Any = ""
    required: bool = True
    choices: Sequence[tuple[str, Any]] = ()
    columns: tuple[Need, ...] = ()
    shared: bool = True
    longest: int | None = None  # characters of words, where the database keeps fewer than is usual
    apart: bool = False
