"""Sets one PDF and ends: a program of its own, without Django.

The typesetter keeps what it has set for as long as its process lives, some 11 kB a cell of a table,
so that a worker that did this itself would grow with every report. It reads what to set from its
input as JSON (`template`, `document`), and writes the PDF. Where no font can print something, a mark
stands in its place; what cannot be set even so ends it with EX_DATAERR and the reason.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

import typst

from reports.documents.fonts import font_folders
from reports.documents.missing_glyphs import mark_unprintable

FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@cache
def font_files() -> typst.Fonts:
    """The fonts, read once."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(f) for f in font_folders()],
    )


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


def typeset(template: bytes, plain: Mapping[str, object]) -> bytes:
    """The PDF, with marks for what no font can print. Raises TypstError."""
    try:
        return compile_pdf(template, plain)
    except typst.TypstError:
        return compile_pdf(template, mark_unprintable(plain, compile_pdf))


def main() -> int:
    """Reads, sets, writes."""
    asked = json.load(sys.stdin.buffer)
    try:
        body = typeset(asked["template"].encode(), asked["document"])
    except typst.TypstError as error:
        print(error, file=sys.stderr)
        return os.EX_DATAERR
    sys.stdout.buffer.write(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
