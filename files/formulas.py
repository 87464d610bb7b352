"""Formulas that fetch something or start a program when a table is opened or worked out; links that a person clicks are none.

The functions of Excel and of LibreOffice; DDE as an expression, `program|'topic'!item`, in cells of text as well.
"""

from __future__ import annotations

import re
import unicodedata

from files.addresses import is_elsewhere

FETCHING = (
    "WEBSERVICE", "FILTERXML", "RTD", "IMAGE", "DDE", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "SQL.REQUEST", "STOCKHISTORY",
    "IMPORTDATA", "IMPORTFEED", "IMPORTHTML", "IMPORTXML", "IMPORTRANGE",
)  # fmt: skip
TEXTS = re.compile(r'"[^"]*"')
CALLS = re.compile(r"(?<![\w.])(?:_?xl\w*\.)*(?:" + "|".join(re.escape(name) for name in FETCHING) + r")\s*\(", re.I)
DDE = re.compile(r"(?<![\w.])[a-z][\w.]*\s*\|\s*[^|!]*!", re.I)
NAMED_FILE = re.compile(r"'((?:[^']|'')*)'\s*[#!]")  # 'https://…/book.ods'#$Sheet.A1
BETWEEN_CELLS = re.compile(r"[,;\t\r\n\v\f\x85\u2028\u2029]")
FUNCTION = re.compile(r"(?<!\w)[a-z_][\w.]*\(", re.I)
DDE_BEGUN = re.compile(r"(?<![\w.])[a-z][\w.\\/: ]*\|\s*(?:'|[^|!]*!)", re.I)
LEFT_OUT = ' "\u200e\u200f\u2060\ufeff\u3000'  # before the first sign of a cell, blanks and marks that are not seen


def fetches(formula: str) -> bool:
    """Whether a formula of a spreadsheet's file would fetch something or start a program."""
    if any(is_elsewhere(named[1].replace("[", "")) for named in NAMED_FILE.finditer(formula)):
        return True
    plain = TEXTS.sub('""', formula)
    return bool(CALLS.search(plain) or DDE.search(plain))


def first_run(text: str) -> tuple[int, str] | None:
    """The first cell of a CSV file that would run, as (line, cell), whatever the file's separator is; None where there is none."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = unicodedata.normalize("NFKC", line)
        if "(" not in plain and "|" not in plain:
            continue
        begins = [0, *(found.end() for found in BETWEEN_CELLS.finditer(plain))]
        for begin, end in zip(begins, [*begins[1:], len(plain) + 1], strict=True):
            if runs(plain[begin : end - 1], plain[begin:]):
                return number, plain[begin : end - 1].strip()[:60]
    return None


def runs(cell: str, rest: str) -> bool:
    """Whether a spreadsheet would take a cell of text for a formula that calls or fetches something; `rest` is its line from there on.

    What people write so without meaning a formula passes: `+254 20 …`, `-5`, `- a list`, `@name`.
    """
    begun = cell.strip(LEFT_OUT)
    if begun[:1] not in ("=", "+", "-", "@"):
        return False
    if DDE_BEGUN.search(rest.lstrip(LEFT_OUT)[:1000]):
        return True
    return bool(CALLS.search(begun) or (begun[0] in "=@" and FUNCTION.search(begun)))
