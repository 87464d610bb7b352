"""What people write, by language and theme. The sentences stand in the TOML files of `words/`."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "words"
LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "zh")
FALLBACK = "en"


class Words:
    """Draws sentences and fills in their numbers, so that no two requests read quite alike."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        files = {
            x: tomllib.loads((FOLDER / f"{x}.toml").read_text(encoding="utf-8")) for x in LANGUAGES
        }
        self.themes: dict[str, str] = files[FALLBACK].pop("themes")
        # by language, section and key
        self.texts: dict[str, dict[str, dict[str, list[str]]]] = files

    def numbers(self) -> dict[str, int]:
        """Numbers for the slots of a sentence."""
        rng = self.rng
        return {
            "n": rng.randrange(12, 46),
            "few": rng.randrange(2, 8),
            "cases": rng.randrange(60, 940),
            "more": rng.randrange(1000, 9000),
            "percent": rng.randrange(15, 85),
            "months": rng.choice((4, 6, 8, 9, 12, 18)),
            "days": rng.choice((3, 4, 5, 8, 10)),
            "offices": rng.randrange(3, 15),
        }

    def draw(self, language: str, section: str, key: str, **slots: object) -> str:
        """One sentence of this section and kind; in English where the language has none."""
        texts = (
            self.texts.get(language, {}).get(section, {}).get(key)
            or self.texts[FALLBACK][section][key]
        )
        text = self.rng.choice(texts)
        return text.format_map(self.numbers() | slots) if "{" in text else text

    def several(self, language: str, section: str, key: str, count: int, **slots: object) -> str:
        """Some sentences of this kind, each once."""
        texts = (
            self.texts.get(language, {}).get(section, {}).get(key)
            or self.texts[FALLBACK][section][key]
        )
        filled = self.numbers() | slots
        return " ".join(
            t.format_map(filled) for t in self.rng.sample(texts, min(count, len(texts)))
        )

    def has(self, language: str) -> bool:
        """Whether requests can be written in this language."""
        return language in self.texts

    def title(self, language: str, theme: str, **slots: object) -> str:
        """The subject of a request: what, and for whom."""
        return (
            self.draw(language, theme, "titles")
            + self.draw(language, "common", "for_whom", **slots)
        )[:200]

    def theme(self, code: str) -> str:
        """A theme inside an English sentence; its code where nobody has written how."""
        return self.themes.get(code, code)
