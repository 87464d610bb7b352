"""The results framework: from baseline to target, this period, what came together, rating, means of
verification. Source: the rules of the programme, section 9."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.plans.result_models import PlanIndicatorValue
from assistance.results.choices import Measurement, Rating
from reports.documents.structure import (
    CUMULATIVE,
    INDICATORS,
    SPACE,
    Cell,
    Column,
    Section,
    Table,
    group_digits,
    indicators_in,
    whole_percent,
)
from reports.documents.writer import Writer
from reports.figures.units import COUNT
from reports.schedules.periods import period_name
from reports.snapshots.types import (
    BaselineData,
    IndicatorData,
    LateValueData,
    OutputData,
    PlanResultData,
    ResultsData,
    TargetData,
)

REACHED = (Rating.MET, Rating.ON_TRACK)


def results(w: Writer) -> Section | None:
    """None where no framework held, or these readers get none of it."""
    framework, measured = w.snapshot.get("results"), w.snapshot.get("plan_results", [])
    if not framework and not measured:
        return None
    tables = []
    outcomes = framework["outcomes"] if framework else []
    changed = [o for outcome in outcomes for o in outcome["outputs"] if o.get("changed")]
    if changed:
        tables.append(changes_table(changed))
    for outcome in outcomes:
        for part in (outcome, *outcome["outputs"]):
            if part["indicators"]:
                caption = f"{part['code']}{SPACE} {part['text']}"
                tables.append(table_of(w, part["code"], caption, part["indicators"]))
    if framework and framework["late"]:
        tables.append(late_table(framework["late"]))
    if measured:
        tables.append(plans_table(w, measured))
    said = sentences_of(w, framework) if framework else []
    return Section("results", _("Results"), said, tables)


def changes_table(changed: list[OutputData]) -> Table:
    """What changed by each output, in people's words."""
    heads = [Column(_("Output"), weight=3), Column(_("What changed"), weight=5)]
    rows = [
        [Cell(f"{output['code']}{SPACE} {output['text']}"), Cell(output["changed"])]
        for output in changed
    ]
    return Table("results.changed", _("What changed, in the words of the programme"), heads, rows)


def late_table(late: list[LateValueData]) -> Table:
    """Values of earlier periods that were approved since the cut-off before, restatements with their
    reason."""
    heads = [
        Column(_("Indicator"), weight=2),
        Column(_("Period"), weight=4),
        Column(_("Before"), weight=2),
        Column(_("Now"), weight=2),
        Column(_("Why it was restated"), weight=5),
    ]
    rows = [
        [
            Cell(one["code"]),
            Cell(
                period_name(
                    date.fromisoformat(one["period_start"]), date.fromisoformat(one["period_end"])
                )
            ),
            Cell(one["before"] or "–"),
            Cell(one["value"]),
            Cell(one["reason"]),
        ]
        for one in late
    ]
    return Table(
        "results.late", _("Values of earlier periods, approved since the last report"), heads, rows
    )


def plans_table(w: Writer, measured: list[PlanResultData]) -> Table:
    """What was measured in the period of plans that were agreed with countries."""
    heads = [
        Column(_("Request"), weight=4),
        Column(_("Country"), weight=3),
        Column(_("Indicator"), weight=5),
        Column(_("Baseline"), True),
        Column(_("Target"), True),
        Column(_("Value"), True),
        Column(_("Measured"), weight=2),
        Column(_("Source"), weight=3),
    ]
    rows = [
        [
            Cell(one["reference"]),
            Cell(w.said(one["country_names"]) or one["country"]),
            Cell(f"{one['indicator']} ({one['unit']})"),
            *(plain_number(one[name]) for name in ("baseline", "target", "value")),
            Cell(str(PlanIndicatorValue.Wave(one["wave"]).label)),
            Cell(one["source"]),
        ]
        for one in measured
    ]
    return Table("results.plans", _("What was measured of agreed plans"), heads, rows)


def plain_number(value: str) -> Cell:
    """A number without a figure behind it."""
    number = Decimal(value)
    places = 0 if number == number.to_integral_value() else 2
    return Cell(group_digits(number, places), number, COUNT)


def sentences_of(w: Writer, framework: ResultsData) -> list[str]:
    """Since when, how much of the time is over, and how many indicators are where they should be."""
    first, until = (date.fromisoformat(framework[name]) for name in ("first_day", "until"))
    months = months_between(first, until)
    gone = min(months, months_between(first, min(w.end, until)))
    passed = ngettext("%(n)s month", "%(n)s months", gone) % {"n": group_digits(gone)}
    said = [
        _("%(title)s, version %(version)s.")
        % {"title": framework["title"], "version": framework["version"]},
        _(
            "Cumulative values are since %(date)s, where they add up; %(passed)s of %(months)s have"
            " passed."
        )
        % {
            "date": date_format(first, "DATE_FORMAT"),
            "passed": passed,
            "months": group_digits(months),
        },
    ]
    rated = [rating for i in indicators_in(w.snapshot).values() if (rating := rating_of(i))]
    known = [rating for rating in rated if rating != Rating.NO_DATA]
    if known:
        reached = sum(rating in REACHED for rating in known)
        said.append(
            _("%(reached)s of %(known)s rated indicators are met or on track.")
            % {"reached": group_digits(reached), "known": group_digits(len(known))}
        )
    if missing := len(rated) - len(known):
        sentence = ngettext(
            "Of %(n)s indicator the value last due is not approved.",
            "Of %(n)s indicators the value last due is not approved.",
            missing,
        )
        said.append(sentence % {"n": group_digits(missing)})
    return said


def months_between(first: date, until: date) -> int:
    """Whole months of the calendar."""
    return max(0, (until.year - first.year) * 12 + until.month - first.month)


def rating_of(indicator: IndicatorData) -> str | None:
    """The rating that counts: a person's, else the rule's."""
    given = indicator["given"]
    return given["rating"] if given else indicator["rating"]


def table_of(w: Writer, code: str, caption: str, indicators: list[IndicatorData]) -> Table:
    """The indicators of an outcome or an output."""
    heads = [
        Column(_("Indicator"), weight=6),
        Column(_("Baseline"), weight=3),
        Column(_("Target"), weight=2),
        Column(_("This period"), True),
        Column(_("Cumulative"), True),
        Column(_("Rating"), weight=3),
        Column(_("Verified by"), weight=4),
    ]
    return Table(f"results.{code}", caption, heads, [row_of(w, one) for one in indicators])


def row_of(w: Writer, indicator: IndicatorData) -> list[Cell]:
    """One indicator."""
    code = INDICATORS + indicator["code"]
    return [
        Cell(f"{indicator['code']}{SPACE} {indicator['text']}"),
        baseline_cell(indicator),
        target_cell(indicator),
        value_cell(w, code),
        Cell(indicator["words"])
        if indicator["measurement"] == Measurement.QUALITATIVE
        else value_cell(w, code + CUMULATIVE),
        Cell(rating_words(indicator)),
        Cell(indicator["means_of_verification"]),
    ]


def value_cell(w: Writer, code: str) -> Cell:
    """A value of the snapshot; a dash where nothing was reported."""
    return w.cell(code) if code in w.figures else Cell("–")


def baseline_cell(indicator: IndicatorData) -> Cell:
    """Value and year of the baseline."""
    baseline: BaselineData = indicator["baseline"]
    numerator, denominator = baseline["numerator"], baseline["denominator"]
    if baseline["words"]:
        text = baseline["words"]
    elif denominator:
        numbers = f"{group_digits(numerator or 0)}/{group_digits(denominator)}"
        text = f"{whole_percent(numerator or 0, denominator)} ({numbers})"
    elif baseline["value"] is not None:
        text = number_text(baseline["value"], indicator)
    else:
        return Cell(_("not measured"))
    return Cell(f"{text}, {baseline['year']}" if baseline["year"] else text)


def target_cell(indicator: IndicatorData) -> Cell:
    """Value and day of the target; of the end of a year the year alone."""
    target: TargetData | None = indicator["target"]
    if target is None:
        return Cell("–")
    by = date.fromisoformat(target["by"])
    is_year = (by + timedelta(days=1)).strftime("%m-%d") == "01-01"
    when = str(by.year) if is_year else date_format(by, "DATE_FORMAT")
    text = target["words"] or number_text(target["value"] or "0", indicator)
    return Cell(f"{text}, {when}")


def number_text(value: str, indicator: IndicatorData) -> str:
    """A number of a baseline or a target, of a share with its sign."""
    number = Decimal(value)
    text = group_digits(number, 0 if number == number.to_integral_value() else 1)
    is_share = indicator["measurement"] == Measurement.SHARE
    return f"{text}{SPACE}%" if is_share else text


def rule_words(indicator: IndicatorData) -> str:
    """The rating by the rule, with how much of the way is gone."""
    said = str(Rating(indicator["rating"]).label) if indicator["rating"] else ""
    way = way_words(indicator)
    return _("%(rating)s (%(way)s)") % {"rating": said, "way": way} if way else said


def way_words(indicator: IndicatorData) -> str:
    """How much of the way from baseline to target is gone; empty where nothing can be said."""
    if indicator["progress"] is None or indicator["rating"] == Rating.NO_DATA:
        return ""
    percent = group_digits(Decimal(indicator["progress"]) * 100)
    return _("%(percent)s of the way") % {"percent": f"{percent}{SPACE}%"}


def rating_words(indicator: IndicatorData) -> str:
    """The rating with the progress; a person's with the reason, and the rule's beside it."""
    by_rule, given = rule_words(indicator), indicator["given"]
    if given is None:
        return by_rule or _("not rated")
    said = f"{Rating(given['rating']).label}: {given['reason']}"
    if not by_rule:
        return said
    return _("%(given)s By the rule: %(rule)s.") % {"given": said, "rule": by_rule}
