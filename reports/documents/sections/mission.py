"""One engagement: why, who, what came of it, what follows."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from assistance.engagements.models import NextStep
from core.text import join_list
from reports.documents.structure import Cell, Column, Section, Table, group_digits
from reports.documents.writer import Writer
from reports.figures.units import PEOPLE
from reports.snapshots.types import MissionData


def mission(w: Writer) -> Section | None:
    """The record of an engagement as its report."""
    m = w.snapshot.get("mission")
    if not m:
        return None
    return Section(
        "mission",
        _("The engagement"),
        [],
        [about(w, m), parts(w, m), participation(w, m), steps(w, m)],
    )


def about(w: Writer, m: MissionData) -> Table:
    """What was recorded in words, one a row; what nobody wrote is left out."""
    when = " – ".join(dict.fromkeys(w.date(m[k]).text for k in ("starts_on", "ends_on") if m[k]))
    reach = f"{group_digits(m['reach'])} ({m['reach_method']})" if m["reach"] else ""
    said = [
        (_("Reference"), m["reference"]),
        (_("Type"), w.name("type", m["type"] or "")),
        (_("Modality"), w.name("modality", m["modality"] or "")),
        (_("When"), when),
        (_("Place"), m["place"]),
        (_("Partners"), m["partners"]),
        (_("Requests served"), join_list(m["requests"])),
        (_("Objectives"), m["objectives"]),
        (_("Outcome"), m["outcome"]),
        (_("Follow-up"), m["follow_up"]),
        (_("People reached"), reach),
    ]
    return Table(
        "mission.about",
        m["title"],
        [Column(_("Item"), weight=2), Column(_("Record"), weight=7)],
        [[Cell(label), Cell(value)] for label, value in said if value],
    )


def parts(w: Writer, m: MissionData) -> Table:
    """Its dated parts."""
    heads = [
        Column(_("Part"), weight=5),
        Column(_("From"), weight=2),
        Column(_("Until"), weight=2),
        Column(_("Days"), True),
        Column(_("Hours"), True),
    ]
    rows = [
        [
            Cell(p["title"] or p["number"]),
            w.date(p["starts_on"]),
            w.date(p["ends_on"]),
            number(p["days"]),
            number(p["hours"]),
        ]
        for p in m["parts"]
    ]
    return Table("mission.parts", _("Parts"), heads, rows)


def participation(w: Writer, m: MissionData) -> Table:
    """By country; a blank is not reported."""
    heads = [Column(_("Country"), weight=3)] + [
        Column(w.name("sex", s), True) for s in ("women", "men", "other", "unknown")
    ]
    rows = [
        [
            Cell(w.country(p["country"])),
            *(people(p[s]) for s in ("women", "men", "other", "unknown")),
            Cell(p["institutions"] or ""),
        ]
        for p in m["participation"]
    ]
    return Table(
        "mission.participation",
        _("Participations, by country"),
        [*heads, Column(_("Institutions"), weight=4)],
        rows,
    )


def steps(w: Writer, m: MissionData) -> Table:
    """What follows, ours and theirs; who does it is not kept in a report, since a name there could
    not be erased."""
    sides = dict(NextStep.Side.choices)
    heads = [
        Column(_("What"), weight=5),
        Column(_("Whose"), weight=2),
        Column(_("Due"), weight=2),
        Column(_("Done on"), weight=2),
    ]
    rows = [
        [
            Cell(s["what"]),
            Cell(w.country(s["country"]) if s["country"] else str(sides.get(s["side"], ""))),
            w.date(s["due_on"]),
            w.date(s["done_on"]),
        ]
        for s in m["steps"]
    ]
    return Table("mission.steps", _("Next steps"), heads, rows)


def number(value: str | None) -> Cell:
    """Days or hours."""
    amount = Decimal(value) if value is not None else None
    return Cell(
        "" if amount is None else group_digits(amount, 0 if amount == amount.to_integral() else 1),
        amount,
        "working_days",
    )


def people(value: int | None) -> Cell:
    """A number of people; a blank is not reported and no zero."""
    return Cell("–" if value is None else group_digits(value), value, PEOPLE)
