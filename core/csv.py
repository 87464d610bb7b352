"""CSV that a spreadsheet opens without running any of it, streamed."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.validators import without_unprintable

SIGNS = ("=", "+", "-", "@")  # with which a spreadsheet begins a formula

# what may begin a new cell or row, whatever a file's separator is
PARTED = re.compile("([;\t\r\n\v\f\x85\u2028\u2029])")

BREAKS = ("\t", "\r", "\n")  # after which some look on

UNSEEN = ("Cc", "Cf", "Zs")  # categories of signs that nobody sees: blanks, marks of direction


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """The text itself."""
        return text


def writer_to(file: Any) -> Any:
    """A writer of CSV that quotes every text, so that what people typed stays one cell."""
    return csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)


def escape_formula(value: Any) -> Any:
    """A cell that a spreadsheet would take for a formula is marked as text; signs of full width and
    behind blanks count like the plain ones.

    So is each part of it that would begin a cell where the spreadsheet parts by semicolons or tabs,
    as it does in many languages: it then reads our quotation marks as signs like others, but for
    those at the very beginning.
    """
    if not isinstance(value, str) or not value:
        return value
    value = without_unprintable(value)
    if not PARTED.search(value):
        return _marked(value)
    parts = PARTED.split(value)
    marked = _marked(parts[0]) + "".join(
        by + _marked(part) for by, part in zip(parts[1::2], parts[2::2], strict=True)
    )
    return f"'{marked}" if value.startswith(BREAKS) else marked


def _marked(text: str) -> str:
    """With an apostrophe before it, where its first visible sign, but for quotation marks, begins a
    formula."""
    first = next((c for c in text if c != '"' and unicodedata.category(c) not in UNSEEN), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first).startswith(SIGNS) else text


def streamed_csv(
    name: str, heads: list[str], queryset: Any, rows: Callable[[], Iterable[list[Any]]]
) -> HttpResponseBase:
    """A download of `rows`, in the language of who asks. The query is tried before the first byte,
    so that one that fails is answered as such.

    What fails later is said in the last line, and breaks the connection, so that nobody takes a
    part for the whole.
    """
    # apart from the rows: the transaction of a country's role ends before they are sent
    list(queryset.values("pk")[:1])
    writer, language, zone = (
        writer_to(Echo()),
        translation.get_language(),
        timezone.get_current_timezone(),
    )

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(heads)
        try:
            with translation.override(language), timezone.override(zone):
                for row in rows():
                    yield writer.writerow([escape_formula(v) for v in row])
        except Exception:
            with translation.override(language):
                yield writer.writerow(
                    [_("The export broke off here: rows are missing. Export again.")]
                )
            raise

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
