"""Stored documents against documents made anew from the same snapshot: what was forged together
with its hash is found here.

Source: the rules of the programme, section 7. The same renderer gives the same bytes; another must
agree in figures and text. PDF, DOCX and XLSX are not made anew. Nothing is passed over in silence:
what could not be compared is counted, with the reason.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from reports.documents import render
from reports.documents.csv_json import HEADS
from reports.documents.models import ReportDocument
from reports.reports.models import ReportRevision

TEXT_FORMATS = ("csv", "json", "html")
WORDED = frozenset({"label"})  # another renderer may call a figure otherwise
MOST_SHOWN = 5
NUMBER = re.compile(r"\d[\d.,\u00a0\u202f\u066b\u066c]*")
UNSEEN = frozenset({"style", "script", "svg", "title"})


@dataclass
class Remaking:
    """One look at all documents. `findings` comes first; then the counts hold."""

    same: int = 0  # bytes
    agreeing: int = 0  # of another renderer, in figures and text
    not_remade: Counter[str] = field(default_factory=Counter)  # by reason

    def findings(self) -> Iterator[str]:
        """A sentence for every document that does not follow from its snapshot."""
        revisions = ReportRevision.objects.order_by("report_id", "number")
        for revision in revisions.iterator(chunk_size=5):
            for document in (
                revision.documents.select_related("edition")
                .order_by("audience", "language", "format")
                .iterator(chunk_size=10)
            ):
                if difference := self.difference(revision, document):
                    yield (
                        f"Report {revision.report_id}, revision {revision.number}: the"
                        f" {document.format} in {document.language} for “{document.audience}”"
                        f" {difference}"
                    )

    def notes(self) -> Iterator[str]:
        """What was compared, and what was not."""
        yield (
            f"{self.same} documents are the same to the byte, {self.agreeing} of an earlier"
            " renderer agree in figures and text"
        )
        for reason, count in sorted(self.not_remade.items()):
            yield f"{count} documents were not remade: {reason}"

    def difference(self, revision: ReportRevision, document: ReportDocument) -> str:
        """What is wrong with a document; an empty string where it holds, or could not be made anew,
        which is counted."""
        if document.format not in TEXT_FORMATS:
            self.not_remade[f"{document.format}, of which only the hash is compared"] += 1
            return ""
        if revision.rewrite_asked_at is not None:
            self.not_remade["their highlights changed, and they are about to be written anew"] += 1
            return ""
        source = document.edition or revision
        is_same_renderer = revision.template_version == render.TEMPLATE_VERSION
        try:
            again = render.render_document(
                source.contents,
                source.highlights,
                document.language,
                document.format,
                bounded=render.is_bounded(revision.template_version),
            )
        except (
            Exception
        ) as error:  # a snapshot of an earlier form may lack what today's renderer asks for
            if is_same_renderer:
                return f"cannot be made anew from its snapshot ({type(error).__name__})"
            self.not_remade[
                f"today's renderer cannot read the snapshot of renderer {revision.template_version}"
                f" ({type(error).__name__})"
            ] += 1
            return ""
        stored = bytes(document.content)
        if stored == again:
            self.same += 1
            return ""
        if is_same_renderer:
            return "is not what follows from its snapshot"
        return self.disagreement(document.format, stored, again)

    def disagreement(self, form: str, stored: bytes, again: bytes) -> str:
        """In what a document of another renderer says something else than one that is made today."""
        try:
            wrong = {"csv": differing_rows, "json": differing_values, "html": differing_numbers}[
                form
            ](stored, again)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return f"cannot be read ({type(error).__name__})"
        if wrong:
            return (
                "does not agree with its snapshot:"
                f" {', '.join(wrong[:MOST_SHOWN])}{' …' if len(wrong) > MOST_SHOWN else ''}"
            )
        self.agreeing += 1
        return ""


def differing_rows(stored: bytes, again: bytes) -> list[str]:
    """Codes of figures that two CSV documents give otherwise, or only one of them has.

    Raises ValueError for what is no CSV of figures.
    """
    rows = [
        by_code(csv.DictReader(io.StringIO(body.decode("utf-8-sig")))) for body in (stored, again)
    ]
    return differing_figures(*rows)


def differing_values(stored: bytes, again: bytes) -> list[str]:
    """Codes of figures, and names of other values, that two JSON documents give otherwise.

    Raises ValueError for what is no JSON.
    """
    then, now = json.loads(stored), json.loads(again)
    figures = differing_figures(by_code(then.pop("figures")), by_code(now.pop("figures")))
    return sorted(key for key in then if key in now and then[key] != now[key]) + figures


def by_code(rows: Iterable[dict[str, object]]) -> dict[str, dict[str, object]]:
    """Figures by their codes. Raises KeyError for a row without one."""
    return {str(row["code"]): row for row in rows}


def differing_figures(
    then: dict[str, dict[str, object]], now: dict[str, dict[str, object]]
) -> list[str]:
    """Codes that only one has, or whose values, but for their words, are not alike in what both
    tell."""
    shared = {*HEADS, "rows"} - WORDED
    return [
        code
        for code in sorted({*then, *now})
        if code not in then
        or code not in now
        or any(
            then[code][key] != now[code][key]
            for key in shared
            if key in then[code] and key in now[code]
        )
    ]


def differing_numbers(stored: bytes, again: bytes) -> list[str]:
    """Numbers that a page shows more often than one that is made today."""
    then, now = (Counter(NUMBER.findall(text_of(body.decode()))) for body in (stored, again))
    return sorted(then - now)


def text_of(page: str) -> str:
    """What a reader sees of a page of HTML, without pictures."""
    reader = Visible()
    reader.feed(page)
    return " ".join(reader.found)


class Visible(HTMLParser):
    """Gathers text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Goes into what is not text."""
        if tag in UNSEEN:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Comes out of it."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Keeps what is text."""
        if not self.inside and data.strip():
            self.found.append(data.strip())
