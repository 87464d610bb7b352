"""The equal-tile map: every member state of the United Nations one tile, laid out by geography; no
border is drawn, small states are as visible as large ones."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from reports.documents.structure import Chart, group_digits, in_picture
from reports.figures.audiences import COUNTRY, INTERNAL
from reports.figures.scope import counts_demand
from reports.snapshots.types import Snapshot

FAMILIES = "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC, sans-serif"
SIDE, GAP = 20, 2  # of a tile and between two, in units of the picture
COLOURS = {
    "served": ("#0a5796", "#ffffff"),
    "asked": ("#f2c14e", "#1b2430"),
    "eligible": ("#cfdbe6", "#1b2430"),
    "other": ("#efeeea", "#77736a"),
}


@dataclass(frozen=True)
class Tile:
    """Where a country stands."""

    iso3: str
    column: int
    row: int


@cache
def tile_layout() -> tuple[Tile, ...]:
    """All tiles, from the project's own reference data."""
    with (Path(settings.BASE_DIR) / "countries" / "reference" / "tiles.csv").open(
        encoding="utf-8"
    ) as lines:
        return tuple(
            Tile(r["iso3"], int(r["column"]), int(r["row"])) for r in csv.DictReader(lines)
        )


def tells_who_asked(snapshot: Snapshot) -> bool:
    """Whether requests are counted at all, and their countries said to the readers of this edition;
    else nobody would seem to have asked."""
    return counts_demand(snapshot.get("scope", {})) and snapshot.get("audience", INTERNAL) in (
        INTERNAL,
        COUNTRY,
    )


def kinds_of(snapshot: Snapshot) -> dict[str, str]:
    """By ISO code: served, asked in the period but not served, or eligible and neither."""
    countries, figures = snapshot["annex"]["country"], snapshot["figures"]
    asked = [("countries_asking", "asked")] if tells_who_asked(snapshot) else []
    kinds: dict[str, str] = {}
    for code, kind in (("countries_eligible", "eligible"), *asked, ("countries_served", "served")):
        for pk in figures[code]["rows"]["ids"] if code in figures else ():
            kinds[countries[str(pk)]["reference"]] = kind
    return kinds


def map_of(snapshot: Snapshot, caption: str, names: dict[str, str], *, rtl: bool) -> Chart:
    """The map of a snapshot; `names` are the countries' names by ISO code in the language of the
    document."""
    kinds, tiles = kinds_of(snapshot), tile_layout()
    counts = {
        k: group_digits(sum(1 for v in kinds.values() if v == k))
        for k in ("served", "asked", "eligible")
    }
    if tells_who_asked(snapshot):
        words = {
            "served": _("Served"),
            "asked": _("Asked in the period, not served"),
            "eligible": _("Eligible, neither"),
            "other": _("Not eligible"),
        }
        said = _(
            "Map of equal tiles, one for each member state. Countries served: %(served)s. Asked in"
            " the period, not served: %(asked)s. Eligible, neither: %(eligible)s."
        )
    else:
        words = {
            "served": _("Served"),
            "eligible": _("Eligible, not served"),
            "other": _("Not eligible"),
        }
        said = _(
            "Map of equal tiles, one for each member state. Countries served: %(served)s. Eligible,"
            " not served: %(eligible)s."
        )
    alternative = said % counts
    picture = Picture(tiles, kinds, names, words, rtl)
    return Chart(
        "coverage.map", caption, alternative, picture.svg(link=False), picture.svg(link=True)
    )


@dataclass(frozen=True)
class Picture:
    """What a picture of the map says, in one language."""

    tiles: tuple[Tile, ...]
    kinds: dict[str, str]  # by ISO code
    names: dict[str, str]  # by ISO code
    words: dict[str, str]  # by kind
    rtl: bool

    def svg(self, *, link: bool) -> str:
        """With or without links to the countries' pages."""
        step = SIDE + GAP
        width, line = self.width, (max(t.row for t in self.tiles) + 1) * step + 8
        parts = [self.tile(t.iso3, t.column * step, t.row * step, link=link) for t in self.tiles]
        without = sorted(set(self.kinds) - {t.iso3 for t in self.tiles})
        if without:
            words = _("Without a tile:")
            parts.append(words_at(width, line + 14, words, rtl=self.rtl))
            first = width_of(words) + 8
            places = [first + n * step for n in range(len(without))]
            parts += [
                self.tile(iso3, width - x - SIDE if self.rtl else x, line, link=link)
                for iso3, x in zip(without, places, strict=True)
            ]
            line += step + 8
        legend, line = self.legend(line)
        parts += legend
        size = f'width="{width + 8}" height="{line + 22}"'
        background = f'<rect x="-4" y="-4" {size} fill="#ffffff"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" direction="ltr" viewBox="-4 -4 {width + 8}'
            f' {line + 22}" {size} font-family="{FAMILIES}">'
            f"{background}{''.join(parts)}</svg>"
        )

    @property
    def width(self) -> int:
        """Of all tiles beside each other."""
        return (max(t.column for t in self.tiles) + 1) * (SIDE + GAP)

    def legend(self, line: int) -> tuple[list[str], int]:
        """What the colours mean, one after the other as their words need room, from a line on; and
        the last of its lines."""
        parts, x = [], 0
        for kind, word in self.words.items():
            count = sum(1 for k in self.kinds.values() if k == kind)
            text = f"{word} ({group_digits(count)})" if kind != "other" else word
            if x and x + 15 + width_of(text) > self.width:
                x, line = 0, line + 16
            place = self.width - x - 10 if self.rtl else x
            parts.append(
                f'<rect x="{place}" y="{line}" width="10" height="10" fill="{COLOURS[kind][0]}"'
                ' stroke="#77736a" stroke-width=".5"/>'
            )
            parts.append(words_at(self.width, line + 9, text, x=x + 15, rtl=self.rtl))
            x += 15 + width_of(text) + 14
        return parts, line

    def tile(self, iso3: str, x: int, y: int, *, link: bool) -> str:
        """One tile with its code; its name and what it counts as are said to who points at it or
        listens."""
        kind = self.kinds.get(iso3, "other")
        fill, ink = COLOURS[kind]
        body = (
            f"<title>{escape(self.names.get(iso3, iso3))}: {escape(self.words[kind])}</title>"
            f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="1.5" fill="{fill}"/>'
            f'<text x="{x + SIDE / 2:g}" y="{y + 13}" font-size="7.5" text-anchor="middle"'
            f' fill="{ink}">{iso3}</text>'
        )
        return f'<a href="/countries/{iso3}/">{body}</a>' if link else f"<g>{body}</g>"


def width_of(text: str) -> int:
    """About how wide a text is, in units of the picture: with room to spare, since a reader's fonts
    may be wider than ours."""
    return round(sum(10 if unicodedata.east_asian_width(c) in "WF" else 6.4 for c in text))


def words_at(width: int, y: int, text: str, *, x: int = 0, rtl: bool) -> str:
    """A line of text from where its language begins.

    Its anchor counts from left to right, which the picture says of itself.
    """
    place = f'x="{width - x}" text-anchor="end"' if rtl else f'x="{x}"'
    return (
        f'<text {place} y="{y}" font-size="10"'
        f' fill="#1b2430">{escape(in_picture(text, rtl=rtl))}</text>'
    )
