"""Text as it is compared (without case, accents and punctuation), and the words that trackers use."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

NOT_A_LETTER = re.compile(r"[\W_]+")
WORDS: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "words.json").read_text(encoding="utf-8")
)


def normalise(text: str) -> str:
    """Small letters and digits with single blanks between them; accents are gone.

    >>> plain("  Côte d’Ivoire ")
    'cote d ivoire'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return NOT_A_LETTER.sub(" ", "".join(c for c in apart if not unicodedata.combining(c))).strip()
