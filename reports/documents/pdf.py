"""PDF through typst: tagged for screen readers (PDF/UA-1), fonts from wheels, no clock and no
system font in its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from core.text import labelled
from reports.documents.charts import as_pixels
from reports.documents.fonts import font_folders
from reports.documents.missing_glyphs import mark_unprintable
from reports.documents.structure import Document

TEMPLATE = Path(__file__).with_name("report.typ")
FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC)
FAMILIES = {"ar": ["Noto Sans Arabic", "Noto Sans"], "zh-hans": ["Noto Sans", "Noto Sans CJK SC"]}


@cache
def font_files() -> typst.Fonts:
    """The fonts, read once a process."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(f) for f in font_folders()],
    )


def as_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1; what no font can print is replaced by a mark, which the other
    formats need not do."""
    with translation.override(document.language):
        facts = [(labelled(label, "").rstrip(), value) for label, value in document.facts]
        words = {
            "contents": _("Contents"),
            "page": _("Page"),
            "notes": _("Notes on method"),
            "highlights": _("Highlights"),
        }
    plain = as_plain(document) | {"words": words, "facts": facts}
    template = TEMPLATE.read_bytes()
    try:
        return compile_pdf(template, plain)
    except typst.TypstError:
        plain = mark_unprintable(plain, compile_pdf)
    try:
        return compile_pdf(template, plain)
    except typst.TypstError:
        with_pixels = {name: in_pixels(value) for name, value in plain.items()}
        return compile_pdf(template, with_pixels)  # a name in a picture


def compile_pdf(template: bytes, plain: Mapping[str, object]) -> bytes:
    """A template with its values as PDF/UA-1. Raises TypstError, also where a glyph is missing."""
    return bytes(
        typst.compile(
            template,
            font_paths=font_files(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=FIXED_TIME,
            sys_inputs={"document": json.dumps(plain, ensure_ascii=False)},
        )
    )


def in_pixels(value: object) -> object:
    """A value with every picture in it as pixels, in which no glyph can be missing."""
    if isinstance(value, dict):
        return {
            name: as_pixels(part) if name == "svg" else in_pixels(part)
            for name, part in value.items()
        }
    return [in_pixels(part) for part in value] if isinstance(value, list) else value


def as_plain(document: Document) -> dict[str, object]:
    """What the template prints."""
    return {
        "language": document.language[:2],
        "direction": document.direction,
        "brief": document.is_brief,
        "tight": document.is_tight,
        "fonts": FAMILIES.get(document.language, ["Noto Sans"]),
        "title": document.title,
        "heading": document.heading,
        "kind": document.kind,
        "period": document.period,
        "programme": document.programme,
        "highlights": document.highlights,
        "notes": document.notes,
        "headlines": [
            {"label": h.label, "value": h.cell.text, "change": h.change} for h in document.headlines
        ],
        "sections": [
            {
                "heading": s.heading,
                "sentences": s.sentences,
                "tables": [
                    {
                        "caption": t.caption,
                        "chart": {
                            "svg": as_pixels(t.chart.svg)
                            if document.direction == "rtl"
                            else t.chart.svg,
                            "alternative": t.chart.alternative,
                            "tall": bool(t.chart.linked),
                        }
                        if t.chart
                        else None,
                        "note": t.note,
                        "columns": [
                            {"label": c.label, "number": c.is_number, "weight": c.weight}
                            for c in t.columns
                        ],
                        "rows": [[c.text for c in r] for r in t.rows],
                    }
                    for t in s.tables
                    if t.rows
                ],
            }
            for s in document.sections
        ],
    }
