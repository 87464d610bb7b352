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
        "annex.requests", _("Requests received"), [Column(_("Request")), Column(_("Country")), Column(_("Pillar")), Column(_("Received on"))]
    )
    for case in sorted((cases[str(i)] for i in received), key=lambda c: (c["received_on"], c["reference"])):
        requests.rows.append(
            [
                Cell(case["reference"]),
                Cell(w.country(case["country"])),
                Cell(w.name("pillar", case["pillar"] or "")),
                w.date(case["received_on"]),
            ]
        )
    return Section("annex", _("Annex: what was counted"), [], [requests, annex_engagements(w)] if w.is_internal else [annex_engagements(w)])


def annex_engagements(w: Writer) -> Table:
    """Engagements delivered, with what was recorded after the period's end marked."""
    known = w.snapshot["annex"]["engagement"]
    table = Table(
        "annex.engagements",
        _("Engagements delivered"),
        [
            Column(_("Engagement"), weight=2),
            Column(_("Title"), weight=5),
            Column(_("Type"), weight=2),
            Column(_("From"), weight=2),
            Column(_("Until"), weight=2),
            Column(_("Recorded after the period"), weight=2),
        ],
    )
    delivered = [known[str(i)] for i in w.figure("engagements_delivered")["rows"]["ids"]]
    for e in sorted(delivered, key=lambda e: (e["ends_on"] or "", e["reference"])):
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
