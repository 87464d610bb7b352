"""Editions: what readers outside the programme get of a snapshot, as a snapshot of their own.

Source: the rules of the programme, section 7. Outside the internal edition stand no reference of a request without its country's consent, no demand
of a named country without it, and no cell under three. A country's own brief keeps what is the country's own.
"""

from __future__ import annotations

from typing import Any

INTERNAL, DONOR, COUNTRY, PUBLIC = "internal", "donor", "country", "public"
FEW = 3  # cells below say only that they are below
OUTSIDE: dict[str, tuple[str, ...]] = {  # kind of report: for whom else than the programme it is made
    "progress": (PUBLIC,),
    "country": (COUNTRY,),
    "donor": (DONOR,),
    "pillar": (PUBLIC,),
    "management": (),
    "mission": (),
}
OURS_ALONE = (
    "cost", "records_budget", "engagements_without_cost", "engagements_without_funding", "engagements_not_verified", "steps_overdue", "open_overdue",
    "requests_without_theme", "late_for_previous",
)  # fmt: skip
DEMAND = ("countries_asking", "countries_unserved")  # which tell which country asked
COUNTED = ("count", "people")
EARLIER = ("previous", "year_before")


def audiences_of(kind: str) -> tuple[str, ...]:
    """For whom a kind of report is made, the programme first."""
    return (INTERNAL, *OUTSIDE[kind])


def edition(snapshot: dict[str, Any], audience: str) -> dict[str, Any]:
    """The snapshot for an audience; the internal one is the whole. Nothing of the given one is changed."""
    if audience == INTERNAL:
        return snapshot
    donors, own = audience == DONOR, audience == COUNTRY
    hidden = {head for head in OURS_ALONE if not (donors and head == "cost")}
    figures = {code: dict(f) for code, f in snapshot["figures"].items() if code.split(".")[0] not in hidden}
    if not own:
        for code, figure in figures.items():
            if figure["rows"]["kind"] in ("request", "clock") or code.split(".")[0] in DEMAND:
                figure["rows"] = {"kind": figure["rows"]["kind"], "ids": []}
        hide_few(figures)
    kept = {k: v for k, v in snapshot.items() if k != "mission"}
    return kept | {
        "audience": audience,
        "figures": figures,
        "annex": annex_for(snapshot["annex"], figures, own=own),
        "profile": profile_for(snapshot, own=own),
    }


def annex_for(annex: dict[str, Any], figures: dict[str, dict[str, Any]], *, own: bool) -> dict[str, Any]:
    """The rows without cost. Of others than one's own country: no requests, no clocks, not who came from where, and no country but those that some
    figure shown counts, since the rest stand there because they asked."""
    engagements = {pk: {k: v for k, v in row.items() if k != "cost"} for pk, row in annex["engagement"].items()}
    if own:
        return annex | {"engagement": engagements}
    shown = {str(pk) for figure in figures.values() if figure["rows"]["kind"] == "country" for pk in figure["rows"]["ids"]}
    countries = {pk: row for pk, row in annex["country"].items() if pk in shown}
    return annex | {"engagement": engagements, "country": countries, "request": {}, "clock": {}, "participation": {}}


def profile_for(snapshot: dict[str, Any], *, own: bool) -> Any:
    """The country's own page of a brief; for nobody else."""
    return snapshot.get("profile") if own else None


def hide_few(figures: dict[str, dict[str, Any]]) -> None:
    """Marks what counts fewer than three as `few`; where one cell of a table is hidden alone, the next smallest goes with it, since the total stands below."""
    families: dict[str, list[str]] = {}
    for code, figure in figures.items():
        if figure["unit"] not in COUNTED:
            continue
        for name in EARLIER:
            if isinstance(figure.get(name), int) and 0 < figure[name] < FEW:
                figure[name] = None
        if 0 < (figure["value"] or 0) < FEW:
            hide(figure)
        families.setdefault(code.rpartition(".")[0], []).append(code)
    for codes in families.values():
        hidden = [c for c in codes if figures[c].get("few")]
        shown = sorted((c for c in codes if figures[c]["value"]), key=lambda c: (figures[c]["value"], c))
        if len(hidden) == 1 and len(shown) > 1 and "." in codes[0]:
            hide(figures[shown[0]])
    for figure in figures.values():  # a share of few says how many they are
        if figure["unit"] == "share" and 0 < (figure.get("denominator") or 0) < FEW:
            figure.update(value=None, numerator=None, denominator=None)


def hide(figure: dict[str, Any]) -> None:
    """Leaves of a figure only that it is small; its earlier values go too, as the difference would give it away."""
    figure.update(value=None, few=True, **{name: None for name in EARLIER if name in figure})
    figure["rows"] = {"kind": figure["rows"]["kind"], "ids": []}
