"""The map of equal tiles on a page: one tile a State, laid out by geography, without a border."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from core.text import join_list, labelled
from countries.geography.models import Country

SIDE = 14  # of a tile, in units of the picture


class PlacedCountry(Protocol):
    """A country with its place on the map."""

    pk: int
    iso3: str
    tile_column: int | None
    tile_row: int | None

    @property
    def name(self) -> str:
        """In the reader's language."""

    def get_absolute_url(self) -> str:
        """Its page; empty where the reader has none."""


@dataclass(frozen=True)
class TileKind:
    """How a tile is filled (a class of the stylesheet, from v0 to v3), and what that says."""

    css: str
    words: str


@dataclass(frozen=True)
class PageTile:
    """A tile at its place."""

    country: PlacedCountry
    x: int
    y: int
    kind: TileKind
    is_cut: bool  # with a cut corner
    words: str  # what its shape says

    @property
    def middle(self) -> str:
        """Where its code stands, as the picture writes numbers in every language."""
        return f"{self.x + SIDE / 2:g}"

    @property
    def base(self) -> str:
        """The line on which its code stands."""
        return f"{self.y + 8.9:g}"

    @property
    def said(self) -> str:
        """What is said to who points at it or listens."""
        return labelled(self.country.name, self.words)

    @property
    def corner(self) -> str:
        """The corner that is cut."""
        right, top = self.x + SIDE - 1, self.y + 1
        return f"M{right - 5} {top}h5v5z"


@dataclass(frozen=True)
class TileMap:
    """What `parts/_tiles.html` shows."""

    label: str
    tiles: list[PageTile]
    without_tile: list[tuple[PlacedCountry, TileKind]]  # counted, and on no tile
    legend: list[TileKind]
    cut_words: str
    width: int
    height: int


def tile_map(
    label: str,
    kinds: Mapping[int, TileKind],
    default: TileKind,
    *,
    cut: frozenset[int] = frozenset(),
    cut_words: str = "",
    countries: Iterable[PlacedCountry] | None = None,
) -> TileMap:
    """The map of countries by their kinds (ids of countries); all others are of the default. One
    query, unless the countries are given, in the reader's order."""
    countries = list(Country.objects.in_order() if countries is None else countries)
    placed = [c for c in countries if c.tile_column is not None and c.tile_row is not None]

    def words_of(pk: int) -> list[str]:
        kind = kinds.get(pk, default)
        return [kind.words, cut_words] if pk in cut else [kind.words]

    tiles = [
        PageTile(
            c,
            (c.tile_column or 0) * SIDE,
            (c.tile_row or 0) * SIDE,
            kinds.get(c.pk, default),
            c.pk in cut,
            join_list(words_of(c.pk)),
        )
        for c in placed
    ]
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    return TileMap(
        label=label,
        tiles=tiles,
        without_tile=[
            (c, kinds[c.pk]) for c in countries if c.tile_column is None and c.pk in kinds
        ],
        legend=list(dict.fromkeys([*kinds.values(), default])),
        cut_words=cut_words if cut else "",
        width=max((t.x for t in tiles), default=0) + SIDE,
        height=max((t.y for t in tiles), default=0) + SIDE,
    )
