"""What no packaged font can print: found by the typesetter itself, and replaced by a mark.

PDF/UA-1 allows no missing glyph, so that typst refuses a whole document for one letter of Thai or
one emoji. Whether a letter prints depends on what stands around it (a mark is set in the font of
its letter), so that tables of fonts do not tell: the texts are tried.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

import typst

MARK = "\N{REPLACEMENT CHARACTER}"  # Noto Sans has it
BULLET = ("\uf0b7", "•")  # Word's, from the private use area, where a font may have anything
UNPRINTED = ("svg",)  # values that are pictures, not text
TRIAL = """#let d = json(bytes(sys.inputs.document))
#set document(title: d.language) // PDF/UA wants one
#set text(font: d.fonts, lang: d.language, dir: if d.direction == "rtl" { rtl } else { ltr })
#d.text #parbreak() #text(weight: 700, d.text)"""

LOOK = ("language", "direction", "fonts")  # values that decide which glyph is taken


def mark_unprintable(
    plain: Mapping[str, object], compiled: Callable[[bytes, Mapping[str, object]], bytes]
) -> dict[str, object]:
    """The document with marks for what cannot be printed in its fonts; control characters become
    spaces. `compiled` makes a PDF or raises TypstError."""
    look = {name: plain[name] for name in LOOK}

    @cache
    def prints(text: str) -> bool:
        try:
            compiled(TRIAL.encode(), look | {"text": text})
        except typst.TypstError:
            return False
        return True

    @cache
    def mended(text: str) -> str:
        if prints(text):
            return text
        pieces = letter_clusters(text.replace(*BULLET))
        kept = "".join(
            p if prints(p) else p[0] if len(p) > 1 and prints(p[0]) else in_place_of(p)
            for p in pieces
        )
        return (
            kept
            if prints(kept)
            else "".join(p if p.isascii() and p.isprintable() else in_place_of(p) for p in pieces)
        )

    def walk(value: object) -> object:
        if isinstance(value, dict):
            return {key: v if key in UNPRINTED else walk(v) for key, v in value.items()}
        if isinstance(value, list | tuple):
            return [walk(v) for v in value]
        return (
            mended(value)
            if isinstance(value, str) and not (value.isascii() and value.isprintable())
            else value
        )

    return {key: value if key in UNPRINTED else walk(value) for key, value in plain.items()}


def letter_clusters(text: str) -> list[str]:
    """Letters, each with the marks and joiners that follow it."""
    found: list[str] = []
    for character in text:
        if found and (
            unicodedata.category(character)[0] == "M"
            or character == "\u200d"
            or found[-1].endswith("\u200d")
        ):
            found[-1] += character
        else:
            found.append(character)
    return found


def in_place_of(cluster: str) -> str:
    """What is printed for a cluster: nothing for what is never seen, a space for a control
    character, a mark for the rest."""
    category = unicodedata.category(cluster[0])
    return "" if category == "Cf" else " " if category == "Cc" else MARK
