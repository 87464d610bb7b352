"""Small numbers: which cells of a table stay out, so that none under three can be read or worked out.

A cell under three is left out. Readers know a table's total and its other cells, so what is left out must be two cells at least, whose sum lets
each be more than one number: the next smallest go with it, and where there is none, the total and all that it is split by. All of them bear the same
mark, since a mark for those under three alone would tell the others. Every column of a table, those of earlier periods too, is treated by itself
and in the same way each time, so that two reports beside each other tell no more than one.
"""

from __future__ import annotations

from typing import Any

FEW = 3  # cells below stay out
COUNTED = ("count", "people")
EARLIER = ("previous", "year_before")
COLUMNS = ("value", *EARLIER)
SPLIT_BY_SEX = "participants"  # whose cells stand right under it
COMPLEMENTS = ("women_share",)  # shares of which the rest is a cell of a table as well

Figures = dict[str, dict[str, Any]]


def withhold(figures: Figures) -> None:
    """Leaves out of counts, shares and medians what would tell fewer than three. `few`: under three, standing alone; `withheld`: not shown."""
    counts = {code: figure for code, figure in figures.items() if figure["unit"] in COUNTED}
    totals = {total_of(family) for family in map(family_of, counts) if family}
    gone = {name: small_and_kin({code: number(figure, name) for code, figure in counts.items()}) for name in COLUMNS}
    for code, figure in counts.items():
        if code in gone["value"]:
            mark = "withheld" if code in totals or family_of(code) else "few"
            figure.update(value=None, **{mark: True})
            figure["rows"] = {"kind": figure["rows"]["kind"], "ids": []}
        for name in EARLIER:
            if name in figure and (code in gone[name] or code in gone["value"]):  # a difference would give it away
                figure[name] = None
    for code, figure in figures.items():
        if figure["unit"] == "share":
            withhold_share(code, figure)
        elif "counted" in figure and figure["unit"] == "working_days":
            withhold_median(figure)


def number(figure: dict[str, Any], name: str) -> int:
    """A column's value; what is not there counts nothing."""
    return int(figure.get(name) or 0)


def family_of(code: str) -> str | None:
    """The table in which a cell stands: `requests_received.pillar` of `requests_received.pillar.research`. None for what stands by itself."""
    head = code.rpartition(".")[0]
    return head if "." in head or head == SPLIT_BY_SEX else None


def total_of(family: str) -> str:
    """The figure that a table adds up to."""
    return family.partition(".")[0]


def small_and_kin(column: dict[str, int]) -> set[str]:
    """Of one column's numbers by code, the codes that stay out."""
    families: dict[str, list[str]] = {}
    for code in column:
        if family := family_of(code):
            families.setdefault(family, []).append(code)
    gone = {code for code, value in column.items() if 0 < value < FEW}
    for family, codes in families.items():
        hidden = [code for code in codes if code in gone]
        if not hidden:
            continue
        for kin in sorted((c for c in codes if column[c] and c not in gone), key=lambda c: (column[c], c)):
            if len(hidden) > 1 and sum(column[c] for c in hidden) > len(hidden):
                break
            hidden.append(kin)
        gone.update(hidden)
        if len(hidden) < 2 or sum(column[c] for c in hidden) == len(hidden):
            total = total_of(family)
            gone.update(c for c in column if c == total or (family_of(c) and total_of(str(family_of(c))) == total and column[c]))
    return gone


def withhold_share(code: str, figure: dict[str, Any]) -> None:
    """A share of few, or whose part is few, says how many they are."""
    for prefix in ("", *(f"{name}_" for name in EARLIER)):
        part, whole = (figure.get(f"{prefix}{key}") or 0 for key in ("numerator", "denominator"))
        telling = [part, whole, *([whole - part] if code in COMPLEMENTS else [])]
        if any(0 < n < FEW for n in telling):
            figure[prefix.rstrip("_") or "value"] = None
            figure.update({f"{prefix}{key}": None for key in ("numerator", "denominator") if f"{prefix}{key}" in figure})
            if not prefix:
                figure["withheld"] = True


def withhold_median(figure: dict[str, Any]) -> None:
    """A median over one or two is one of them, or the middle of both."""
    for prefix in ("", *(f"{name}_" for name in EARLIER)):
        if 0 < (figure.get(f"{prefix}counted") or 0) < FEW:
            figure[prefix.rstrip("_") or "value"] = None
            figure[f"{prefix}counted"] = None
            if not prefix:
                figure["withheld"] = True
