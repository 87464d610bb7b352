"""Opening a figure: exactly the rows that it counts, from the snapshot's own annex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import ngettext

from assistance.requests.workflow import WORKFLOW
from assistance.results.value_parts import parts_in_words
from core.pagination import Page, page_of
from countries.names import name_in
from reports.documents.structure import label_of, period_from
from reports.figures.adjustments import KIND, adjusted_head, is_adjustment
from reports.figures.catalogue import definition_of, known_definition
from reports.snapshots.storage import rows_with_ids
from reports.snapshots.types import AdjustmentRow, FigureData, Snapshot

ROWS_A_PAGE = 250  # more than there are countries
ShownRow = dict[str, object]  # a row of an annex, with names beside its codes
PAGES = {"request": "request", "engagement": "engagement", "record": "engagement"}


@dataclass
class Opened:
    """A figure with its rows."""

    code: str
    label: str
    definition: str
    unit: str
    kind: str
    figure: FigureData
    rows: list[ShownRow]

    @property
    def total(self) -> int:
        """How many rows the figure counts, on all pages."""
        return len(self.figure["rows"]["ids"])


def open_page(
    request: HttpRequest, snapshot: Snapshot, code: str, language: str
) -> tuple[Opened, Page]:
    """A figure with the rows of the page that the address asks for.

    Raises KeyError as `open_figure` does.
    """
    page = page_of(request, snapshot["figures"][code]["rows"]["ids"], ROWS_A_PAGE)
    return open_figure(snapshot, code, language, page.rows), page


def open_figure(
    snapshot: Snapshot, code: str, language: str, ids: list[int] | None = None
) -> Opened:
    """The rows of a figure, or those with these ids, each with `reference` and what makes it
    recognisable.

    Raises KeyError for a code that the snapshot does not have.
    """
    figure = snapshot["figures"][code]
    kind = figure["rows"]["kind"]
    shown = figure["rows"]["ids"] if ids is None else ids
    known = rows_with_ids(snapshot, kind, shown)
    countries = {c["reference"]: c["names"] for c in snapshot["annex"]["country"].values()}
    rows = [row_of(snapshot, countries, kind, pk, known.get(str(pk), {}), language) for pk in shown]
    definition = known_definition(adjusted_head(code) if is_adjustment(code) else code)
    return Opened(
        code,
        label_of(code, snapshot, language),
        str(definition.definition) if definition else "",
        figure["unit"],
        kind,
        figure,
        rows,
    )


def row_of(
    snapshot: Snapshot,
    countries: dict[str, dict[str, str]],
    kind: str,
    pk: int,
    row: Mapping[str, object],
    language: str,
) -> ShownRow:
    """One row with names instead of codes; `countries` holds their names by code."""
    names, annex = snapshot["names"], snapshot["annex"]
    shown = dict(row) | {"id": pk, "reference": row.get("reference", str(pk)), "kind": kind}
    if row.get("country"):
        code = str(row["country"])
        own_names = cast(
            "dict[str, str]", shown.pop("country_names", None) or countries.get(code, {})
        )
        shown["country_name"] = name_in(own_names, language) or code
    if kind == "country":
        own = annex["country"].get(str(pk))
        shown["name"] = name_in(own["names"] if own else {}, language)
        shown.pop("names", None)
    if kind == KIND:
        shown |= adjustment_words(snapshot, cast("AdjustmentRow", row), language)
    for key, dimension in (
        ("cause", "cause"),
        ("pillar", "pillar"),
        ("state", "state"),
        ("type", "type"),
        ("standard", "standard"),
        ("outcome", "outcome"),
        ("reason", "reason"),
        ("from", "from"),
        ("instrument", "instrument"),
        ("treaty_action", "treaty_action"),
        ("process", "process"),
        ("months", "months"),
    ):
        if row.get(key):
            value = str(row[key])
            known = names.get(dimension, {}).get(value, {})
            shown[f"{key}_name"] = name_in(known, language) or value
    if kind == "act" and row:
        shown["action_name"] = WORKFLOW.label_of(str(row["action"]))
        shown["said"] = said_of(shown)
    if kind == "indicator_value" and row.get("parts"):
        parts = cast("dict[str, dict[str, str]]", shown.pop("parts"))
        whole = row["value"] if row["numerator"] is None else row["numerator"]
        shown["told_apart"] = "; ".join(
            parts_in_words(parts, None if whole is None else Decimal(str(whole)))
        )
    if kind == "attendance" and row:
        shown["session_name"] = name_in(cast("dict[str, str]", row["session_names"]), language)
        shown.pop("session_names")
    shown["path"] = path_of(kind, pk, shown)
    return shown


def adjustment_words(snapshot: Snapshot, row: AdjustmentRow, language: str) -> dict[str, object]:
    """What a row of an adjustment is of: figure, unit, period."""
    start = row["period"]
    return {
        "figure_name": label_of(row["figure"], snapshot, language),
        "unit": definition_of(row["figure"]).unit,
        "period_name": period_from(snapshot, date.fromisoformat(start)) if start else "",
    }


def said_of(act: Mapping[str, object]) -> str:
    """Why, or what the country said: reason, from which state, outcome and its two answers; days of
    what was completed."""
    scores = [f"{act[key]}/5" for key in ("usefulness", "timeliness") if act.get(key)]
    names = [str(act.get(f"{key}_name", "")) for key in ("reason", "from", "outcome")]
    days = act.get("days")
    lasted = (
        [ngettext("%(n)s day", "%(n)s days", days) % {"n": days}] if isinstance(days, int) else []
    )
    return " · ".join(filter(None, [*names, *scores, *lasted]))


def path_of(kind: str, pk: int, row: Mapping[str, object]) -> str:
    """The page of a row's subject; empty where there is none."""
    try:
        if kind == KIND and row.get("subject"):
            return reverse(
                "request" if row["figure"] == "requests_received" else "engagement",
                args=[row["subject"]],
            )
        if kind in PAGES:
            return reverse(PAGES[kind], args=[pk])
        if kind in ("clock", "act") and row.get("request"):
            return reverse("request", args=[row["request"]])
        if kind == "country":
            return reverse("country", args=[row["reference"]])
        if kind == "treaty_action" and row.get("instrument"):
            return reverse("instrument", args=[row["instrument"]])
        if kind == "attendance" and row.get("session"):
            return reverse("session", args=[row["session"]])
        if kind == "survey" and row.get("engagement"):
            return reverse("evaluation", args=[row["engagement"]])
    except NoReverseMatch:
        return ""
    return ""
