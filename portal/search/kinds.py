"""What a kind of thing says of itself to be found: its rows, its names, and how a hit reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import Combinable
from rest_framework.request import Request

from accounts.models import User
from accounts.privacy.models import Look, log_access
from accounts.types import AuthenticatedRequest
from core.db.search import Text
from core.text import Label

BETWEEN = " · "  # what is said of a hit
LONGEST = 160  # characters of a text that stands for a title
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Hit:
    """Something found, as a page and the API show it."""

    title: str
    path: str  # of its page
    api: tuple[str, object] | None  # name and argument of its address in the API, if it has one
    about: str = ""  # what else tells it from others of its name
    reference: str = ""
    # kind and id of a record whose reading is recorded
    looked_at: tuple[str, int] | None = None


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def record_readings(request: AuthenticatedRequest | Request, hits: Iterable[Hit]) -> None:
    """Records who read of whom, where a record of readings is kept: who is not recorded sees
    nothing."""
    for hit in hits:
        if hit.looked_at:
            log_access(request, Look.Act.READ, *hit.looked_at)


def nothing_else(_text: str) -> Q:
    """Of what has no names but its own."""
    return Q(pk__in=())


@dataclass(frozen=True)
class SearchKind(Generic[M]):
    """A kind of thing that search finds.

    `found` gives querysets of rows that the reader may see and that a text is found in, each for
    another place where it may stand. `names` are columns or expressions that may equal the text, or
    begin with it; `also_named` a condition on rows that have it as another name. `words` is what
    the other rows are ranked by, none if by nothing: text that every reader of the
    row may read.
    """

    code: str
    label: Label
    model: type[M]
    found: Callable[[User, str], Sequence[QuerySet[M]]]
    names: Sequence[Text]
    words: Combinable | None
    hits: Callable[[User, list[M]], list[Hit]]
    related: tuple[str, ...] = ()
    also_named: Callable[[str], Q] = nothing_else
