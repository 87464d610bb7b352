"""Opening a figure: exactly the rows that it counts, from the snapshot's own annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from reports.documents.structure import label_of
from reports.figures.catalogue import definition_of

PAGES = {"request": "request", "engagement": "engagement", "record": "engagement"}


@dataclass
class Opened:
    """A figure with its rows."""

    code: str
    label: str
    definition: str
    unit: str
    kind: str
    figure: dict[str, Any]
    rows: list[dict[str, Any]]


def open_figure(snapshot: dict[str, Any], code: str, language: str) -> Opened:
    """The rows of a figure, each with `reference` and what makes it recognisable. Raises KeyError for a code that the snapshot does not have."""
    figure = snapshot["figures"][code]
    kind = figure["rows"]["kind"]
    known = snapshot["annex"].get(kind, {})
    rows = [row_of(snapshot, kind, pk, known.get(str(pk), {}), language) for pk in figure["rows"]["ids"]]
    definition = definition_of(code)
    return Opened(code, label_of(code, snapshot, language), str(definition.definition), figure["unit"], kind, figure, rows)


def row_of(snapshot: dict[str, Any], kind: str, pk: int, row: dict[str, Any], language: str) -> dict[str, Any]:
    """One row with names instead of codes."""
    names = snapshot["names"]

    def name(dimension: str, value: Any) -> str:
        found = names.get(dimension, {}).get(value, {})
        return str(found.get(language[:2]) or found.get("en") or value or "")

    shown = dict(row) | {"id": pk, "reference": row.get("reference", str(pk)), "kind": kind}
    if row.get("country"):
        found: dict[str, str] = next((c["names"] for c in snapshot["annex"]["country"].values() if c["reference"] == row["country"]), {})
        shown["country_name"] = found.get(language[:2]) or found.get("en") or row["country"]
    if kind == "country":
        shown["name"] = row.get("names", {}).get(language[:2]) or row.get("names", {}).get("en", "")
        shown.pop("names", None)
    for key, dimension in (("pillar", "pillar"), ("state", "state"), ("type", "type"), ("standard", "standard"), ("outcome", "outcome")):
        if row.get(key):
            shown[f"{key}_name"] = name(dimension, row[key])
    shown["path"] = path_of(kind, pk, shown)
    return shown


def path_of(kind: str, pk: int, row: dict[str, Any]) -> str:
    """The page of a row's subject; empty where there is none."""
    try:
        if kind in PAGES:
            return reverse(PAGES[kind], args=[pk])
        if kind == "clock" and row.get("request"):
            return reverse("request", args=[row["request"]])
        if kind == "country":
            return reverse("country", args=[row["reference"]])
    except NoReverseMatch:
        return ""
    return ""
