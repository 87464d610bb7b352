"""Every case and engagement counted, by reference."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.structure import Cell, Column, Section, Table
from reports.documents.writer import Writer


def annex(w: Writer) -> Section:
    """Every case and engagement counted, by reference."""
    received = w.figure("requests_received")["rows"]["ids"]
    cases = w.snapshot["annex"]["request"]
    requests = Table(
        "annex.requests",
        _("Requests received"),
        [Column(_("Request")), Column(_("Country")), Column(_("Pillar")), Column(_("Received on"))],
    )
    for case in sorted(
        (cases[str(i)] for i in received), key=lambda c: (c["received_on"], c["reference"])
    ):
        requests.rows.append(
            [
                Cell(case["reference"]),
                Cell(w.country(case["country"])),
                Cell(w.name("pillar", case["pillar"] or "")),
                w.date(case["received_on"]),
            ]
        )
    return Section(
        "annex",
        _("Annex: what was counted"),
        [],
        [requests, annex_engagements(w)] if w.is_internal else [annex_engagements(w)],
    )


def annex_engagements(w: Writer) -> Table:
    """Engagements delivered, with what was recorded after the period's end marked."""
    return engagements(
        w,
        "annex.engagements",
        _("Engagements delivered"),
        w.figure("engagements_delivered")["rows"]["ids"],
    )


def entered_after(w: Writer) -> Section | None:
    """What was recorded between the period's end and the cut-off, and counts here; None where
    nothing was."""
    known = w.snapshot["annex"]["engagement"]
    after = [int(pk) for pk, engagement in known.items() if engagement["recorded_after_period"]]
    if not after:
        return None
    caption = _("Recorded between the period's end and the cut-off, and counted here")
    return Section(
        "entered",
        _("Entered after the period"),
        [],
        [engagements(w, "entered.after", caption, after)],
    )


def engagements(w: Writer, code: str, caption: str, ids: list[int]) -> Table:
    """Engagements by reference, oldest first."""
    known = w.snapshot["annex"]["engagement"]
    table = Table(
        code,
        caption,
        [
            Column(_("Engagement"), weight=8),
            Column(_("Title"), weight=15),
            Column(_("Type"), weight=7),
            Column(_("From"), weight=8),
            Column(_("Until"), weight=8),
            Column(_("Recorded after the period"), weight=7),
        ],
    )
    for e in sorted(
        (known[str(i)] for i in ids), key=lambda e: (e["ends_on"] or "", e["reference"])
    ):
        mark = "✓" if e["recorded_after_period"] else ""
        table.rows.append(
            [
                Cell(e["reference"]),
                Cell(e["title"]),
                Cell(w.name("type", e["type"])),
                w.date(e["starts_on"]),
                w.date(e["ends_on"]),
                Cell(mark),
            ]
        )
    return table
