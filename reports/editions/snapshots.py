"""Editions: what readers outside the programme get of a snapshot, as a snapshot of their own.

Source: the rules of the programme, sections 6 and 7. A figure is in the editions that its
definition names. Outside the internal edition stand no reference of a request without its country's
consent, no demand of a named country without it, and no cell under three. A country's own brief
keeps what is the country's own.
"""

from __future__ import annotations

from typing import Any

from reports.editions.suppression import suppress_small_counts, withhold_adjustments, withhold_means
from reports.figures.adjustments import ADJUSTMENTS, adjusted_head, is_adjustment, word_of
from reports.figures.adjustments import KIND as ADJUSTED
from reports.figures.audiences import COUNTRY, INTERNAL, PUBLIC
from reports.figures.catalogue import readers_of
from reports.figures.scope import is_of_demand
from reports.kinds.registry import KINDS

NARROW = 10  # countries: a public edition of fewer would tell what one of them asked for
COMPARED = ("value", "numerator", "denominator")


def audiences_of(kind: str, countries: int | None = None) -> tuple[str, ...]:
    """For whom a kind of report is made, the programme first.

    `countries` is how many its scope lets through, None where it leaves none out.
    """
    narrow = countries is not None and countries < NARROW
    return (INTERNAL, *(a for a in KINDS[kind].outside if not (narrow and a == PUBLIC)))


def edition_snapshot(
    snapshot: dict[str, Any], audience: str, before: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The snapshot for an audience; the internal one is the whole. Nothing of the given one is
    changed.

    `before` is the same audience's edition of the revision before, of which a correction says what
    changed.
    """
    if audience == INTERNAL:
        return snapshot
    own = audience == COUNTRY
    figures = {
        code: dict(f) for code, f in snapshot["figures"].items() if audience in readers_for(code)
    }
    if not own:
        for code, figure in figures.items():
            if is_of_demand(code, figure) or figure["rows"]["kind"] == "record":
                figure["rows"] = {"kind": figure["rows"]["kind"], "ids": []}
        adjusted = {code: figures.pop(code) for code in list(figures) if is_adjustment(code)}
        suppress_small_counts(figures)
        figures |= withhold_adjustments(adjusted)
    withhold_means(figures)
    kept = {k: v for k, v in snapshot.items() if k not in ("mission", "revision")}
    if "revision" in snapshot:
        kept["revision"] = visible_correction(
            snapshot["revision"]["number"], before["figures"] if before else {}, figures
        )
    return kept | {
        "audience": audience,
        "figures": figures,
        "annex": annex_for(snapshot["annex"], figures, own=own),
        "profile": profile_for(snapshot, own=own),
    }


def readers_for(code: str) -> tuple[str, ...]:
    """The readers of a figure beside the programme. What is not reported yet is the programme's own
    business; adjustments are for the readers of the figure that they add to."""
    if not is_adjustment(code):
        return readers_of(code)
    return readers_of(adjusted_head(code)) if word_of(code) == ADJUSTMENTS else ()


def visible_correction(number: int, before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What changed since a revision, out of what these readers were shown of it.

    The reason is the programme's own.
    """
    both = [
        code
        for code in sorted({*before, *now})
        if code in before
        and code in now
        and not is_withheld(before[code])
        and not is_withheld(now[code])
    ]
    changes = [code for code in both if compared(before[code]) != compared(now[code])]
    return {
        "number": number,
        "changes": changes,
        "before": {code: compared(before[code]) for code in changes},
    }


def compared(figure: dict[str, Any]) -> dict[str, Any]:
    """What of a figure two revisions are compared by."""
    return {key: figure.get(key) for key in COMPARED}


def is_withheld(figure: dict[str, Any]) -> bool:
    """Whether an edition leaves the value out."""
    return bool(figure.get("few") or figure.get("withheld"))


def annex_for(
    annex: dict[str, Any], figures: dict[str, dict[str, Any]], *, own: bool
) -> dict[str, Any]:
    """The engagements that some figure shown counts, without cost and state, which is the
    programme's own business. Of others than one's own country: no requests, no clocks, not who
    came from where, and no country but those that some figure shown counts, since the rest stand
    there because they asked."""
    told = counted_in(figures, "engagement")
    annex = annex | {"campaign": annex.get("campaign", {}) if "reach" in figures else {}}
    engagements = {
        pk: {k: v for k, v in row.items() if k not in ("cost", "state")}
        for pk, row in annex["engagement"].items()
        if pk in told
    }
    adjusted = counted_in(figures, ADJUSTED)
    annex = annex | {
        ADJUSTED: {pk: row for pk, row in annex.get(ADJUSTED, {}).items() if pk in adjusted}
    }
    if own:
        return annex | {"engagement": engagements}
    shown = counted_in(figures, "country")
    countries = {pk: row for pk, row in annex["country"].items() if pk in shown}
    return annex | {
        "engagement": engagements,
        "country": countries,
        "request": {},
        "clock": {},
        "act": {},
        "record": {},
        "participation": {},
    }


def counted_in(figures: dict[str, dict[str, Any]], kind: str) -> set[str]:
    """Ids of the rows of a kind that some figure counts, as the annex keys them."""
    return {
        str(pk)
        for figure in figures.values()
        if figure["rows"]["kind"] == kind
        for pk in figure["rows"]["ids"]
    }


def profile_for(snapshot: dict[str, Any], *, own: bool) -> Any:
    """The country's own page of a brief, without what is the programme's to do for all countries of
    an engagement; for nobody else."""
    found = snapshot.get("profile")
    if not found or not own:
        return None
    return found | {"steps": [step for step in found["steps"] if not step.get("for_all")]}
