"""Pages of a list without counting all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _

SIZE = 25
LONGEST_SHOWN = 20  # characters of what was asked for
DEEPEST = 2_000  # pages; who looks further narrows the filters


@dataclass
class Page:
    """One page: its rows, and whether there is one before and after."""

    rows: list[Any]
    number: int
    has_next: bool
    size: int = SIZE  # rows of a full page

    @property
    def has_previous(self) -> bool:
        """Not the first."""
        return self.number > 1

    @property
    def next_page_number(self) -> int:
        """The one after."""
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        """The one before."""
        return self.number - 1

    @property
    def start_index(self) -> int:
        """Number of the first row, from 1."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def end_index(self) -> int:
        """Number of the last row."""
        return (self.number - 1) * self.size + len(self.rows)


def page_of(
    request: HttpRequest, queryset: QuerySet[Any] | Sequence[Any], size: int = SIZE
) -> Page:
    """The page that the address asks for (`page`, from 1).

    For one that cannot be, the first, and a message that says so.
    """
    page, wrong = asked_page(request.GET.get("page", ""), queryset, size)
    if wrong:
        messages.warning(request, wrong)
    return page


def asked_page(
    asked: str, queryset: QuerySet[Any] | Sequence[Any], size: int = SIZE
) -> tuple[Page, str]:
    """The page of this number; for one that cannot be, the first, and a sentence that says so."""
    number = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) < 6 and 1 <= int(asked) <= DEEPEST
        else 0
    )
    rows = list(queryset[(number - 1) * size : number * size + 1]) if number else []
    wrong = ""
    if not rows and number != 1:
        wrong = no_such_page(asked, deep=asked.isdecimal()) if asked else ""
        number, rows = 1, list(queryset[: size + 1])
    return Page(rows[:size], number, len(rows) > size and number < DEEPEST, size), wrong


def no_such_page(asked: str, *, deep: bool) -> str:
    """Why another page than the one asked for is shown, and what would be right."""
    if not deep:
        return _(
            "There is no page “%(page)s”: pages are numbered from 1. This is the first one."
        ) % {"page": asked[:LONGEST_SHOWN]}
    sentence = _(
        "There is no page %(page)s in this list; this is the first one. At most %(most)s pages are"
        " shown: narrow the list to see what lies further."
    )
    return sentence % {
        "page": asked[:LONGEST_SHOWN],
        "most": number_format(DEEPEST, force_grouping=True),
    }
