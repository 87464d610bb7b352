"""How the programme answered: decisions, standards, what is open."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.structure import (
    MOST_LISTED,
    Cell,
    Column,
    Section,
    Table,
    group_digits,
    plural_count,
    value_text,
    whole_percent,
)
from reports.documents.writer import Writer
from reports.figures.units import COUNT, DAYS


def response(w: Writer) -> Section | None:
    """Decisions, standards, what is open."""
    if not w.counts_demand:
        return None
    sentences = w.moved("standard_kept.standard.decision", _("Decided within the standard"))
    if parts := w.parts("standard_kept.standard.decision"):
        kept, due = parts
        sentences.append(
            _("Decisions due in the period: %(due)s; taken in time: %(kept)s (%(share)s).")
            % {
                "due": group_digits(due),
                "kept": group_digits(kept),
                "share": whole_percent(kept, due),
            }
        )
    median, waiting, n = (
        w.figure("decision_days_median"),
        w.cell("open_undecided"),
        w.counted("decision_days_median"),
    )
    if median["value"] is not None:
        sentences.append(
            ngettext(
                "Working days from a complete request to the first decision, in the median:"
                " %(days)s (%(n)s decision).",
                "Working days from a complete request to the first decision, in the median:"
                " %(days)s (%(n)s decisions).",
                n,
            )
            % {"days": value_text(DAYS, median["value"]), "n": group_digits(n)}
        )
        sentences.append(
            ngettext(
                "%(n)s complete request still waited at the end.",
                "%(n)s complete requests still waited at the end.",
                plural_count(waiting),
            )
            % {"n": waiting.text}
        )
    sentences += without_days(w)
    return Section(
        "response",
        _("Response"),
        sentences,
        [
            standards(w),
            w.split(
                "decisions",
                "decision",
                _("Decision"),
                _("First decisions"),
                ["accept", "waitlist", "refer", "decline"],
            ),
            w.split(
                "open_requests",
                "state",
                _("State"),
                _("Open requests at the end of the period, by state"),
                states(w),
            ),
            *([oldest(w)] if w.is_internal else []),
        ],
    )


def without_days(w: Writer) -> list[str]:
    """How many first decisions the median leaves out, and why; outside the programme, where few
    would show, the note on method says it."""
    left = w.count("decisions") - w.counted("decision_days_median")
    if not left or not w.is_internal:
        return []
    said = ngettext(
        "%(n)s more first decision was taken before the request was found complete, and has no"
        " working days to count.",
        "%(n)s more first decisions were taken before the request was found complete, and have no"
        " working days to count.",
        left,
    )
    return [said % {"n": group_digits(left)}]


def states(w: Writer) -> list[str]:
    """The open states that occur, in the order of the life cycle."""
    return [s for s in w.names["state"] if f"open_requests.state.{s}" in w.figures]


def standards(w: Writer) -> Table:
    """Service standards: kept, of how many, share, share before."""
    table = Table(
        "standards",
        _("Service standards"),
        [
            Column(_("Standard")),
            Column(_("Kept"), True),
            Column(_("Due in the period"), True),
            Column(_("Share"), True),
            *([Column(w.period_before, True)] if w.period_before else []),
        ],
        note=_("Left out because no longer asked for before the due date: %(n)s.")
        % {"n": w.cell("standard_left_out").text},
    )
    for standard in w.names["standard"]:
        code = f"standard_kept.standard.{standard}"
        f = w.figures.get(code)
        if f is None:
            continue
        kept, due = w.parts(code) or (0, 0)
        counts = (
            [w.cell(code), w.cell(code)]
            if f.get("withheld")
            else [Cell(group_digits(kept), kept, COUNT), Cell(group_digits(due), due, COUNT, code)]
        )
        table.rows.append(
            [
                Cell(w.name("standard", standard)),
                *counts,
                w.bare(code),
                *([w.before(code)] if w.period_before else []),
            ]
        )
    return table


def oldest(w: Writer) -> Table:
    """Open requests that wait longest."""
    ids = w.figure("open_requests")["rows"]["ids"]
    cases = w.snapshot["annex"]["request"]
    table = Table(
        "oldest",
        _("Waiting longest"),
        [Column(_("Request")), Column(_("Country")), Column(_("Received on")), Column(_("State"))],
    )
    for pk in sorted(ids, key=lambda i: (cases[str(i)]["received_on"], i))[:MOST_LISTED]:
        case = cases[str(pk)]
        table.rows.append(
            [
                Cell(case["reference"]),
                Cell(w.country(case["country"])),
                w.date(case["received_on"]),
                Cell(w.name("state", case["state"] or "")),
            ]
        )
    return table
