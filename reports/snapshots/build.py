"""The snapshot of a report: all figures and the rows that they count, as canonical JSON.

Documents are made from it alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from assistance.programmes.models import Programme
from reports.figures.adjustments import Chain, adjust, is_adjustment
from reports.figures.catalogue import known_definition
from reports.figures.compute import compute_figures
from reports.figures.counting import (
    Amount,
    Figure,
    Figures,
    amount_as_json,
    number_as_json,
)
from reports.figures.facts.windows import COUNTING_RULES, FigureWindow
from reports.figures.units import CALENDAR_DAYS, COUNT, DAYS, MONEY, PEOPLE, SHARE
from reports.kinds.base import ReportKind
from reports.kinds.registry import KINDS
from reports.results.plan_results import plan_results
from reports.results.snapshot import Results
from reports.snapshots.annex import ANNEX_FACTS, annex_rows, facts_of_annex
from reports.snapshots.names import dimension_names, scope_names
from reports.snapshots.specs import Compared, SnapshotSpec, period_span
from reports.snapshots.types import (
    COUNTED,
    DENOMINATORS,
    NUMERATORS,
    ChainData,
    Earlier,
    FigureData,
    ProgrammeData,
    Snapshot,
)

FORM = 6  # of the snapshot; raised when its shape changes


def build_snapshot(task: SnapshotSpec) -> Snapshot:
    """Everything that a report of this period says, as known at the cut-off; earlier periods as
    known at their own."""
    with transaction.atomic():
        beside: dict[Earlier, Compared | None] = {
            "year_before": task.last_year,
            "previous": task.previous,
        }
        earlier_ones = {
            name: compared_figures(task, one) for name, one in beside.items() if one is not None
        }
        window = task.window(task.period, task.cutoff)
        adjusted, changes = adjust(window, task.chain) if task.chain is not None else ({}, [])
        kind = KINDS[task.kind]
        kinds = ANNEX_FACTS.keys() if task.listed is None else task.listed
        facts = facts_of_annex(kinds)
        results = results_of(task, kind, window)
        more, parameters = results.own_cells() if results else ((), None)
        figures = compute_figures(
            window,
            (*kind.asked, *kind.asked_of_own_period),
            only=task.only,
            listed=task.listed,
            facts=facts,
            more=more,
            parameters=parameters,
        )
        if results:
            figures |= results.more_figures()
        fill_missing(figures, earlier_ones.values())
        written = {code: figure.as_json() for code, figure in figures.items()}
        for name, found in earlier_ones.items():
            heads = {code.partition(".")[0] for code in found}
            for code, figure in figures.items():
                is_counted = code.partition(".")[0] in heads
                put_beside(written[code], name, found.get(code), figure, is_counted=is_counted)
        written |= {code: figure.as_json() for code, figure in adjusted.items()}
        annex = annex_rows(window, figures, kinds)
        annex["adjustment"] = {str(n): c.as_json() for n, c in enumerate(changes, 1)}
        if results:
            annex["indicator_value"] = results.rows()
        snapshot = Snapshot(
            form=FORM,
            rules=COUNTING_RULES,
            kind=task.kind,
            subject=task.subject.as_json(),
            scope={**task.scope.as_json(), **scope_names(task.scope)},
            programme=programme_data(task.programme),
            period=period_span(task.period),
            previous=task.previous.as_json() if task.previous else None,
            year_before=task.last_year.as_json() if task.last_year else None,
            chain=chain_json(task.chain),
            cutoff=task.cutoff.isoformat(),
            figures=written,
            names=dimension_names(task.programme, figures, donors_of_parts="fact_part" in facts),
            annex=annex,
        )
        if results:
            snapshot["results"] = results.as_json(figures)
        if speaks_of_results(task, kind) and (measured := plan_results(window)):
            snapshot["plan_results"] = measured
        return {**snapshot, **kind.narrative(task.subject.pk, window)}


def results_of(
    task: SnapshotSpec, kind: type[ReportKind] | ReportKind, window: FigureWindow
) -> Results | None:
    """The programme's results framework, in reports that speak of all of its work."""
    if not speaks_of_results(task, kind):
        return None
    return Results.of(window, task.previous.cutoff if task.previous else None)


def speaks_of_results(task: SnapshotSpec, kind: type[ReportKind] | ReportKind) -> bool:
    """Whether a report is of a kind that says what came of the work, and of all of it."""
    return kind.has_results and not task.scope.as_json() and task.only is None


def programme_data(programme: Programme) -> ProgrammeData:
    """Whose report it is."""
    return ProgrammeData(
        id=programme.pk,
        code=programme.code,
        title=programme.title,
        names=programme.all_names,
        zone=programme.zone,
        currency=programme.currency,
    )


def compared_figures(task: SnapshotSpec, compared: Compared) -> Figures:
    """The figures of an earlier period: as they were stated, else as they are worked out."""
    if compared.stated is None:
        window = task.window(compared.period, compared.cutoff)
        return compute_figures(window, KINDS[task.kind].asked, only=task.only, listed=())
    return {
        code: stated_figure(figure)
        for code, figure in compared.stated.items()
        if is_comparable(code)
    }


def stated_figure(figure: FigureData) -> Figure:
    """A figure of a stored snapshot, without its rows."""
    value, numerator = figure["value"], figure.get("numerator")
    return Figure(
        figure["unit"],
        Decimal(value) if isinstance(value, str) else value,
        figure["rows"]["kind"],
        [],
        Decimal(numerator) if isinstance(numerator, str) else numerator,
        figure.get("denominator"),
        figure.get("counted"),
    )


def is_comparable(code: str) -> bool:
    """Whether a figure of an earlier snapshot still means something, and is of its period itself."""
    return not is_adjustment(code) and known_definition(code) is not None


def chain_json(chain: Chain | None) -> ChainData:
    """Which publications were read, so that a later one is noticed before this report is published."""
    if chain is None:
        return {}
    return {
        "stated": list(chain.sources),
        "not_reported": [period_span(p) for p in chain.not_reported],
    }


def fill_missing(figures: Figures, others: Iterable[Figures]) -> None:
    """Adds what was counted in a compared period alone, as nothing of this one: without it that
    period's cells would not add up to its total."""
    for other in others:
        for code, figure in other.items():
            if code not in figures:
                nothings: dict[str, Amount] = {COUNT: 0, PEOPLE: 0, MONEY: Decimal(0)}
                nothing = nothings.get(figure.unit)
                parts = 0 if figure.unit == SHARE else None
                figures[code] = Figure(
                    figure.unit, nothing, figure.kind, numerator=parts, denominator=parts
                )


def put_beside(
    figure: FigureData, name: Earlier, before: Figure | None, now: Figure, *, is_counted: bool
) -> None:
    """Puts the value of an earlier period beside a figure. Nothing counted is zero for a count, and
    no share at all for a share; nothing either where that period's report did not know the figure
    yet."""
    if before is None:
        figure[name] = 0 if is_counted and now.unit in (COUNT, PEOPLE) else None
        return
    figure[name] = number_as_json(before.value)
    if before.denominator is not None:
        numerator = before.numerator
        figure[NUMERATORS[name]] = None if numerator is None else amount_as_json(numerator)
        figure[DENOMINATORS[name]] = before.denominator
    if before.unit in (DAYS, CALENDAR_DAYS) and before.counted is not None:
        figure[COUNTED[name]] = before.counted
