"""How requests ended: what countries said of the help, how long it took, unmet demand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.structure import (
    Section,
    Table,
    group_digits,
    label_of,
    plural_count,
    value_text,
)
from reports.documents.writer import Writer
from reports.figures.catalogue import definition_of
from reports.figures.labels import AGE, ANSWER
from reports.figures.units import CALENDAR_DAYS

UNMET = (("declined", "reason"), ("discontinued", "reason"), ("lapsed", "from"))
SCORES = ("usefulness", "timeliness")


def endings(w: Writer) -> Section | None:
    """What countries said, how long they waited, what they did not get."""
    if not w.counts_demand:
        return None
    return Section(
        "endings",
        _("How requests ended"),
        what_countries_said(w) + waits(w),
        [closings(w), times(w), unmet(w)],
    )


def what_countries_said(w: Writer) -> list[str]:
    """How many needs were met, how useful the help was, whether it came in time; nothing where no
    country said anything."""
    told = [code for code in ("needs_met", *SCORES) if w.figure(code)["value"] is not None]
    return [sentence for code in told for sentence in w.moved(code)]


def waits(w: Writer) -> list[str]:
    """How long the first engagement and the completion took, over how many; who still waits."""
    said = []
    first, closing = w.figure("days_to_first_engagement"), w.figure("days_to_closing")
    if first["value"] is not None:
        n = w.counted("days_to_first_engagement")
        sentence = ngettext(
            "Calendar days from acceptance to the first engagement, in the median: %(days)s (%(n)s"
            " request).",
            "Calendar days from acceptance to the first engagement, in the median: %(days)s (%(n)s"
            " requests).",
            n,
        )
        said.append(
            sentence % {"days": value_text(CALENDAR_DAYS, first["value"]), "n": group_digits(n)}
        )
    if w.figure("accepted_without_engagement")["value"]:
        waiting = w.cell("accepted_without_engagement")
        sentence = ngettext(
            "%(n)s accepted request had none at the end.",
            "%(n)s accepted requests had none at the end.",
            plural_count(waiting),
        )
        said.append(sentence % {"n": waiting.text})
    if closing["value"] is not None:
        n = w.counted("days_to_closing")
        sentence = ngettext(
            "Calendar days from submission to completion, in the median: %(days)s (%(n)s request).",
            "Calendar days from submission to completion, in the median: %(days)s (%(n)s"
            " requests).",
            n,
        )
        said.append(
            sentence % {"days": value_text(CALENDAR_DAYS, closing["value"]), "n": group_digits(n)}
        )
    return said


def closings(w: Writer) -> Table:
    """The country's answers, over all requests closed in the period."""
    table = Table(
        "closings", _("What countries said when their requests were closed"), w.heads(_("Answer"))
    )
    for code in [
        *(f"needs_met.outcome.{x}" for x in ANSWER if f"needs_met.outcome.{x}" in w.figures),
        "needs_met",
        *SCORES,
    ]:
        if code in w.figures:
            table.rows.append(
                w.line(
                    (
                        w.name("outcome", code.rpartition(".")[2])
                        if "." in code
                        else str(definition_of(code).label)
                    ),
                    code,
                )
            )
    table.note = _(
        "In brackets: needs met, of those stated; how many answered, of how many that were closed."
    )
    return table


def times(w: Writer) -> Table:
    """Medians, and the accepted requests without an engagement, by days since acceptance."""
    table = Table(
        "times",
        _("From acceptance to the first engagement, and from submission to completion"),
        w.heads(_("Record")),
    )
    for code in (
        "days_to_first_engagement",
        "accepted_without_engagement",
        *(f"accepted_without_engagement.age.{a}" for a in AGE),
        "days_to_closing",
    ):
        if code in w.figures:
            table.rows.append(w.line(label_of(code, w.snapshot, w.language), code))
    return table


def unmet(w: Writer) -> Table:
    """Requests not accepted, stopped and lapsed, by reason, and those that repeat an earlier one:
    the programme's own business."""
    table = Table("unmet", _("Demand that was not met"), w.heads(_("Reason")))
    for code, dimension in UNMET:
        if code in w.figures:
            codes = [
                code,
                *(f"{code}.{dimension}.{value}" for value in w.values_of(code, dimension)),
            ]
            table.rows += [w.line(label_of(x, w.snapshot, w.language), x) for x in codes]
    if "requests_repeated" in w.figures:
        table.rows.append(
            w.line(str(definition_of("requests_repeated").label), "requests_repeated")
        )
    return table
