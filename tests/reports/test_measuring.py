"""How declared figures are measured: every one of them, in one pass over each source of rows."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reports.figures.catalogue import FIGURES
from reports.figures.compute import compute_figures, told_cells
from reports.figures.facts.windows import FigureWindow
from reports.figures.scope import WHOLE, ReportScope
from reports.kinds.registry import KINDS
from reports.schedules.periods import period_of
from tests import make
from tests.make import People

ASKED = {code for kind in KINDS.values() for code in (*kind.asked, *kind.asked_of_own_period)}


def window_of(scope: ReportScope) -> FigureWindow:
    """What is known now of the running quarter."""
    programme = make.programme()
    period = period_of("quarterly", programme.today())
    return FigureWindow(programme, period, datetime.now(UTC) + timedelta(seconds=1), scope)


def kenya() -> ReportScope:
    """A scope that narrows countries."""
    return ReportScope(countries=(make.Country.objects.get(iso3="KEN").pk,))


@pytest.mark.django_db
def test_every_declared_figure_is_measured_in_some_scope(people: People) -> None:
    make.advanced(people, "under_review")
    measured: set[str] = set()
    for scope in (WHOLE, kenya()):
        with transaction.atomic():
            measured |= set(compute_figures(window_of(scope), ASKED))
    assert set(FIGURES) - measured == set()
    for head in ("participants.women", "needs_met.outcome.not_stated"):
        assert head in measured  # cells that are there even where nothing is counted


@pytest.mark.django_db
def test_what_nobody_asked_for_is_not_told(people: People) -> None:
    make.advanced(people, "under_review")
    with transaction.atomic():
        plain = compute_figures(window_of(WHOLE))
        full = compute_figures(window_of(WHOLE), ASKED)
    assert set(full) > set(plain)
    assert not [code for code in plain if ".officer." in code or code.startswith("decided_in_time")]
    assert [code for code in full if code.startswith("open_requests.officer.")]
    assert {code: full[code] for code in plain} == plain


@pytest.mark.django_db
def test_each_source_is_read_once_and_once_for_each_array_that_tells_its_figures_apart(
    people: People,
) -> None:
    window = window_of(WHOLE)
    cells = list(told_cells(window, ASKED))
    wanted = Counter(source for source in {c.measure.source for c in cells})
    wanted += Counter(
        source
        for source, _column in {
            (c.measure.source, c.told_by) for c in cells if c.split and c.split.many
        }
    )
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        compute_figures(window, ASKED)
    passes = [q["sql"] for q in captured if " fact" in q["sql"] and "array_agg" in q["sql"]]
    assert len(passes) == sum(wanted.values())


@pytest.mark.parametrize("code", sorted(ASKED))
def test_what_a_kind_asks_for_is_declared(code: str) -> None:
    head, _dot, dimension = code.partition(".")
    on_request = {s.dimension for s in FIGURES[head].splits if s.on_request}
    assert dimension in on_request if dimension else FIGURES[head].on_request
