"""What a corrected revision says otherwise than the one before it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.structure import Cell, Column, Section, Table, label_of, value_text
from reports.documents.writer import Writer
from reports.figures.units import SHARE
from reports.snapshots.types import ComparedValue

# of a figure that the revision before did not have
NOTHING = ComparedValue(value=None, numerator=None, denominator=None)


def correction(w: Writer) -> Section | None:
    """Why it was corrected, and every figure that changed; None in a first revision."""
    revision = w.snapshot.get("revision")
    if not revision:
        return None
    table = Table(
        "correction",
        _("Figures that changed"),
        [
            Column(_("Figure"), weight=3),
            Column(_("Revision %(n)s") % {"n": revision["number"] - 1}, True),
            Column(_("Now"), True),
        ],
    )
    for code in revision["changes"]:
        if code not in w.figures:
            continue
        before = revision["before"].get(code) or NOTHING
        unit, value = w.figures[code]["unit"], before["value"]
        then = value_text(unit, value, before["numerator"], before["denominator"], w.currency)
        table.rows.append(
            [
                Cell(label_of(code, w.snapshot, w.language)),
                Cell(then, value if unit != SHARE else None, unit),
                w.cell(code),
            ]
        )
    said = [_("Correction of revision %(n)s.") % {"n": revision["number"] - 1}]
    if w.is_internal:
        said.append(as_sentence(revision.get("reason", "")))
    if not table.rows:
        said.append(_("No figure changed."))
    return Section("correction", _("What changed"), said, [table])


def as_sentence(text: str) -> str:
    """What somebody wrote, closed where they left that out, since sentences follow."""
    return (
        text
        if text.rstrip().endswith((".", "!", "?", "…", "。", "؟", "！", "？"))
        else f"{text.rstrip()}."
    )
