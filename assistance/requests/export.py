"""Everything of a list as CSV, streamed: memory does not grow with the rows."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from assistance.requests import fields, presentation
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from core.validators import without_unprintable

CHUNK = 500
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


def column_heads() -> list[str]:
    """The heads of the columns, in the reader's language."""
    return [
        _("Reference"),
        _("State"),
        _("Received on"),
        _("Due"),
        *(fields.field_label(f.name) for f in fields.FIELDS),
    ]


def row_of(case: AssistanceRequest, user: Any) -> list[Any]:
    """One request: every field that a person may have filled in."""
    return [
        case.reference or "",
        presentation.short_state(case) if user.is_focal_point else case.get_state_display(),
        case.received_on or "",
        case.due_on or "",
        *(exported_value(case, f.name) for f in fields.FIELDS),
    ]


def exported_value(case: AssistanceRequest, name: str) -> Any:
    """A field's value: dates as ISO, lists by their codes, the rest as the page shows it."""
    value = getattr(case, name)
    if isinstance(value, list):
        return " ".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else fields.display_value(case, name)


@require_safe
@permission_required("request.export")
def export_requests(request: HttpRequest) -> HttpResponseBase:
    """The filtered list, all of its pages, in UTF-8 with the mark that spreadsheets look for.

    A filter that cannot be read leads back to the list, which says so: a file with other rows than
    were asked for would not.
    """
    found = RequestFilter(
        request.GET, queryset=AssistanceRequest.objects.visible_to(request.user), request=request
    )
    if not found.form.is_valid():
        return redirect(f"{reverse('requests')}?{request.GET.urlencode()}")
    cases = found.qs.select_related("country", "pillar", "programme", "institution")
    return streamed_csv(
        "requests.csv",
        column_heads(),
        cases,
        lambda: (row_of(c, request.user) for c in cases.iterator(chunk_size=CHUNK)),
    )


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
