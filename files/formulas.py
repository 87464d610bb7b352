"""Formulas that fetch something or start a program when a table is opened or worked out; links that
a person clicks are none.

The functions of Excel and of LibreOffice; DDE as an expression, `program|'topic'!item`, in cells of
text as well.
"""

from __future__ import annotations

import re
import time
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from files.link_targets import is_elsewhere

FETCHING = (
    "WEBSERVICE",
    "FILTERXML",
    "RTD",
    "IMAGE",
    "DDE",
    "CALL",
    "REGISTER",
    "REGISTER.ID",
    "EXEC",
    "SQL.REQUEST",
    "STOCKHISTORY",
    "IMPORTDATA",
    "IMPORTFEED",
    "IMPORTHTML",
    "IMPORTXML",
    "IMPORTRANGE",
)
# Texts, and names of sheets and files: 'https://…/book.ods'#$Sheet.A1
QUOTED = re.compile(r"""(?P<text>"[^"]*")|'(?P<name>(?:[^']|'')*)'(?P<named>\s*[#!])?""")
CALLS = re.compile(
    r"(?<![\w.])(?:_?xl\w*\.)*(?:" + "|".join(re.escape(name) for name in FETCHING) + r")\s*\(",
    re.I,
)
DDE = re.compile(r"(?<![\w.])[a-z][\w.]*\s*\|[^|!]*!", re.I)
NAMES = re.compile(r"[\w.]+")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz_")
LEFT_OUT = (  # before the first sign of a cell, blanks and marks that are not seen
    ' "\u200e\u200f\u2060\ufeff\u3000'
)
BETWEEN_CELLS = r",;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
# that may be taken for a formula
CELL = re.compile(rf"(?:\A|[{BETWEEN_CELLS}])[{LEFT_OUT}]*(?P<cell>[=+\-@][^{BETWEEN_CELLS}]*)")
BEFORE_BAR = re.compile(r"[\w.\\/: ]*")  # of `program|'topic'!item`, read from the bar back
BEGINS_A_WORD = re.compile(r"(?<![\w.])[a-z]", re.I)
LONGEST_DDE = 1000  # characters that are looked through for one
MOST_SECONDS = 3.0  # of the processor, for one file


class TooLong(ValueError):
    """The file has more cells that may be formulas than can be looked through."""


def fetches_something(formula: str) -> bool:
    """Whether a formula of a spreadsheet's file would fetch something or start a program."""
    plain, end = [], 0
    for quoted in QUOTED.finditer(formula):
        if quoted["named"] and is_elsewhere(quoted["name"].replace("[", "")):
            return True
        plain += [
            formula[end : quoted.start()],
            '""' if quoted["text"] else f"''{quoted['named'] or ''}",
        ]
        end = quoted.end()
    unquoted = "".join((*plain, formula[end:]))
    return bool(CALLS.search(unquoted) or DDE.search(unquoted))


def first_run(text: str) -> tuple[int, str] | None:
    """The first cell of a CSV file that would run, as (line, cell), whatever the file's separator
    is; None where there is none.

    Raises TooLong.
    """
    plain = unicodedata.normalize("NFKC", text)
    bars = list(bars_of_dde(plain))
    until = time.thread_time() + MOST_SECONDS
    for number, found in enumerate(CELL.finditer(plain)):
        if number % 1000 == 999 and time.thread_time() > until:
            raise TooLong
        cell, begin = found["cell"], found.start("cell")
        place = bisect_left(bars, begin)
        if (place < len(bars) and bars[place] < begin + LONGEST_DDE) or (
            "(" in cell and calls_something(cell)
        ):
            return len(plain[: begin + 1].splitlines()), cell.strip(LEFT_OUT)[:60]
    return None


def bars_of_dde(text: str) -> Iterator[int]:
    """Where bars stand between a program and its topic, as in `program|'topic'!item`, whether or
    not what follows is one cell."""
    place = -1
    pieces = text.split("|")
    for before, after in pairwise(pieces):
        place += len(before) + 1
        line = after.partition("\n")[0]
        if "!" in line or line.lstrip().startswith("'"):
            back = BEFORE_BAR.match(before[-LONGEST_DDE:][::-1])
            if back and BEGINS_A_WORD.search(back[0][::-1]):
                yield place


def calls_something(cell: str) -> bool:
    """Whether a spreadsheet would take a cell of text for a formula that calls something.

    What people write so without meaning a formula passes: `+254 (20) …`, `- a list (of three)`,
    `@name`.
    """
    return bool(CALLS.search(cell) or (cell[0] in "=@" and calls_a_function(cell)))


def calls_a_function(text: str) -> bool:
    """Whether a bracket opens right after a name, as in `SUM(` or `com.example.f(`."""
    return any(
        text.startswith("(", name.end())
        and any(word[:1].lower() in LETTERS for word in name[0].split(".") if word)
        for name in NAMES.finditer(text)
    )
