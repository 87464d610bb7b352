"""PDF through typst: tagged for screen readers (PDF/UA-1), fonts from wheels, no clock and no
system font in its bytes.

It is set by a process of its own (`typesetter.py`), which gives back what memory it took.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.text import labelled
from reports.documents.charts import as_pixels
from reports.documents.structure import Document

TEMPLATE = Path(__file__).with_name("report.typ")
TYPESETTER = "reports.documents.typesetter"
# one arena of memory for all its threads: several keep, each for itself, what they once took
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}
LONGEST = 300  # seconds that it may take
FAMILIES = {"ar": ["Noto Sans Arabic", "Noto Sans"], "zh-hans": ["Noto Sans", "Noto Sans CJK SC"]}


class NotTypeset(RuntimeError):
    """A document could not be set; the message says why."""


class Refused(NotTypeset):
    """The typesetter does not take it as it is."""


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
    try:
        return typeset(plain)
    except Refused:  # a name in a picture
        return typeset({name: in_pixels(value) for name, value in plain.items()})


def typeset(plain: Mapping[str, object], template: Path = TEMPLATE) -> bytes:
    """A template with its values, set by a process that ends. Raises NotTypeset."""
    asked = {"template": template.read_text(encoding="utf-8"), "document": plain}
    try:
        done = subprocess.run(
            [sys.executable, "-m", TYPESETTER],
            input=json.dumps(asked, ensure_ascii=False).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env=os.environ | ONE_ARENA,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as late:
        raise NotTypeset(f"The typesetter did not end within {LONGEST} seconds.") from late
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-1000:]
        wrong = Refused if done.returncode == os.EX_DATAERR else NotTypeset
        raise wrong(f"The typesetter ended with status {done.returncode}: {said}")
    return done.stdout


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
