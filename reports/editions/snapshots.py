"""Editions: what readers outside the programme get of a snapshot, as a snapshot of their own.

Source: the rules of the programme, sections 6 and 7. A figure is in the editions that its
definition names. Outside the internal edition stand no reference of a request without its country's
consent, no demand of a named country without it, and no cell under three. A country's own brief
keeps what is the country's own.
"""

from __future__ import annotations

from reports.editions.suppression import suppress_small_counts, withhold_adjustments, withhold_means
from reports.figures.adjustments import ADJUSTMENTS, adjusted_head, is_adjustment, word_of
from reports.figures.adjustments import KIND as ADJUSTED
from reports.figures.audiences import COUNTRY, INTERNAL, PUBLIC
from reports.figures.catalogue import readers_of
from reports.figures.scope import is_of_demand
from reports.kinds.registry import KINDS
from reports.snapshots.types import (
    Annex,
    ComparedValue,
    CorrectionData,
    EngagementRow,
    FigureData,
    FiguresData,
    ProfileData,
    Snapshot,
)

NARROW = 10  # countries: a public edition of fewer would tell what one of them asked for


def audiences_of(kind: str, countries: int | None = None) -> tuple[str, ...]:
    """For whom a kind of report is made, the programme first.

    `countries` is how many its scope lets through, None where it leaves none out.
    """
    narrow = countries is not None and countries < NARROW
    return (INTERNAL, *(a for a in KINDS[kind].outside if not (narrow and a == PUBLIC)))


def edition_snapshot(snapshot: Snapshot, audience: str, before: Snapshot | None = None) -> Snapshot:
    """The snapshot for an audience; the internal one is the whole. Nothing of the given one is
    changed.

    `before` is the same audience's edition of the revision before, of which a correction says what
    changed.
    """
    if audience == INTERNAL:
        return snapshot
    own = audience == COUNTRY
    figures: FiguresData = {
        code: f.copy() for code, f in snapshot["figures"].items() if audience in readers_for(code)
    }
    if not own:
        for code, figure in figures.items():
            if is_of_demand(code, figure) or figure["rows"]["kind"] == "record":
                figure["rows"] = {"kind": figure["rows"]["kind"], "ids": []}
        adjusted = {code: figures.pop(code) for code in list(figures) if is_adjustment(code)}
        suppress_small_counts(figures)
        figures |= withhold_adjustments(adjusted)
    withhold_means(figures)
    edition = snapshot.copy()
    edition.pop("mission", None)
    edition.pop("results", None)
    edition.pop("plan_results", None)
    if "revision" in snapshot:
        edition["revision"] = visible_correction(
            snapshot["revision"]["number"], before["figures"] if before else {}, figures
        )
    edition["audience"] = audience
    edition["figures"] = figures
    edition["annex"] = annex_for(snapshot["annex"], figures, own=own)
    edition["profile"] = profile_for(snapshot, own=own)
    return edition


def readers_for(code: str) -> tuple[str, ...]:
    """The readers of a figure beside the programme. What is not reported yet is the programme's own
    business; adjustments are for the readers of the figure that they add to."""
    if not is_adjustment(code):
        return readers_of(code)
    return readers_of(adjusted_head(code)) if word_of(code) == ADJUSTMENTS else ()


def visible_correction(number: int, before: FiguresData, now: FiguresData) -> CorrectionData:
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
    changes = [code for code in both if compared_value(before[code]) != compared_value(now[code])]
    return CorrectionData(
        number=number,
        changes=changes,
        before={code: compared_value(before[code]) for code in changes},
    )


def compared_value(figure: FigureData) -> ComparedValue:
    """What of a figure two revisions are compared by."""
    return ComparedValue(
        value=figure["value"],
        numerator=figure.get("numerator"),
        denominator=figure.get("denominator"),
    )


def is_withheld(figure: FigureData) -> bool:
    """Whether an edition leaves the value out."""
    return bool(figure.get("few") or figure.get("withheld"))


def annex_for(annex: Annex, figures: FiguresData, *, own: bool) -> Annex:
    """The engagements that some figure shown counts, without cost and state, which is the
    programme's own business. Of others than one's own country: no requests, no clocks, not who
    came from where, and no country but those that some figure shown counts, since the rest stand
    there because they asked."""
    told, adjusted = counted_in(figures, "engagement"), counted_in(figures, ADJUSTED)
    rows = annex.get("adjustment", {})
    kept = Annex(
        request={},
        engagement={
            pk: shown_engagement(row) for pk, row in annex["engagement"].items() if pk in told
        },
        participation={},
        country=annex["country"],
        clock={},
        act={},
        record={},
        campaign=annex.get("campaign", {}) if "reach" in figures else {},
        adjustment={pk: row for pk, row in rows.items() if pk in adjusted},
    )
    if own:
        kept["request"], kept["clock"], kept["act"] = annex["request"], annex["clock"], annex["act"]
        kept["record"], kept["participation"] = annex["record"], annex["participation"]
    else:
        shown = counted_in(figures, "country")
        kept["country"] = {pk: row for pk, row in annex["country"].items() if pk in shown}
    return kept


def shown_engagement(row: EngagementRow) -> EngagementRow:
    """An engagement as readers outside see it."""
    shown = row.copy()
    shown.pop("cost", None)
    shown.pop("state", None)
    return shown


def counted_in(figures: FiguresData, kind: str) -> set[str]:
    """Ids of the rows of a kind that some figure counts, as the annex keys them."""
    return {
        str(pk)
        for figure in figures.values()
        if figure["rows"]["kind"] == kind
        for pk in figure["rows"]["ids"]
    }


def profile_for(snapshot: Snapshot, *, own: bool) -> ProfileData | None:
    """The country's own page of a brief, without what is the programme's to do for all countries of
    an engagement; for nobody else."""
    found = snapshot.get("profile")
    if not found or not own:
        return None
    own_steps = [step for step in found["steps"] if not step.get("for_all")]
    return ProfileData(groups=found["groups"], requests=found["requests"], steps=own_steps)
