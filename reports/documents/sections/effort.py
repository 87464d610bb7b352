"""What was given beside numbers of people: training, campaigns, cost per participation."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.structure import Cell, Column, Table, group_digits
from reports.documents.writer import Writer
from reports.figures.units import PEOPLE

AMOUNTS = (
    "training_days",
    "training_hours",
    "reach",
    "cost_per_participation",
    "cost_per_participation.left_out",
)


def effort(w: Writer) -> Table:
    """Days and hours of training, people reached, cost per participation and what it leaves out: as
    much of it as these readers have."""
    table = w.list_of(
        "effort",
        _("Training, campaigns and cost per participation"),
        _("Record"),
        [c for c in AMOUNTS if c in w.figures],
    )
    table.note = " ".join(unstated(w))
    return table


def unstated(w: Writer) -> list[str]:
    """Over how many of the parts and campaigns the sums speak."""
    said = []
    if days := w.parts("training_days"):
        stated, n = days
        sentence = ngettext(
            "Days are recorded of %(stated)s of %(n)s part of training.",
            "Days are recorded of %(stated)s of %(n)s parts of training.",
            n,
        )
        said.append(sentence % {"stated": group_digits(stated), "n": group_digits(n)})
    if reach := w.parts("reach"):
        stated, n = reach
        sentence = ngettext(
            "Their reach is recorded of %(stated)s of %(n)s campaign.",
            "Their reach is recorded of %(stated)s of %(n)s campaigns.",
            n,
        )
        said.append(sentence % {"stated": group_digits(stated), "n": group_digits(n)})
    return said


def campaigns(w: Writer) -> Table:
    """Each campaign with how many people it reached and how that was estimated: such numbers can be
    compared only as far as their methods can."""
    rows = [
        [
            Cell(c["reference"]),
            Cell(c["title"]),
            Cell("–" if c["reach"] is None else group_digits(c["reach"]), c["reach"], PEOPLE),
            Cell(c["method"]),
        ]
        for c in sorted(
            w.snapshot["annex"].get("campaign", {}).values(), key=lambda c: c["reference"]
        )
    ]
    heads = [
        Column(_("Engagement"), weight=2),
        Column(_("Title"), weight=4),
        Column(_("People reached"), True),
        Column(_("How it was estimated"), weight=4),
    ]
    return Table("campaigns", _("Reach of campaigns, and how it was estimated"), heads, rows)
