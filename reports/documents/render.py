"""From a revision's snapshot to the bytes of a document. The same snapshot gives the same bytes."""

from __future__ import annotations

import hashlib

from django.template.loader import render_to_string
from django.utils import translation

from reports.documents import assembly, csv_json, pdf, word, workbook
from reports.documents.illustration import illustrated_document
from reports.documents.structure import Document
from reports.snapshots.types import Snapshot

TEMPLATE_VERSION = "9"
FIRST_BOUNDED = 9  # before it, pages held every row
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def document_hash(body: bytes) -> str:
    """SHA-256 of a document."""
    return hashlib.sha256(body).hexdigest()


def is_bounded(template_version: str) -> bool:
    """Whether the pages of a version held so many rows and no more."""
    return not template_version.isdecimal() or int(template_version) >= FIRST_BOUNDED


def render_document(
    snapshot: Snapshot, highlights: str, language: str, form: str, *, bounded: bool = True
) -> bytes:
    """The document in one language and format; without `bounded` its pages have every row. Raises
    KeyError for a format that is not there."""
    if form == "csv":
        return csv_json.as_csv(snapshot, language)
    if form == "json":
        return csv_json.as_json(snapshot, highlights, language)
    if form == "xlsx":
        return workbook.as_xlsx(assembly.build_document(snapshot, highlights, language))
    return {"html": as_html, "pdf": pdf.as_pdf, "docx": word.as_docx}[form](
        illustrated_document(snapshot, highlights, language, bounded=bounded)
    )


def as_html(built: Document) -> bytes:
    """A page that stands alone."""
    with translation.override(built.language):
        return render_to_string(
            "reports/document.html", {"document": built, "standalone": True}
        ).encode()
