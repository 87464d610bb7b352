"""The rules of results, whatever the numbers: what is added, how far it has come, how it is rated."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from assistance.results.adding_up import Amount, add_over_periods
from assistance.results.progress import (
    Target,
    Way,
    is_wrong_side,
    target_at,
    time_elapsed,
)
from reports.schedules.periods import period_of

numbers = st.decimals(-10_000, 10_000, places=2)
elapsed = st.decimals(0, 1, places=3)
days = st.dates(date(2024, 1, 1), date(2035, 1, 1))
ORDER = ["no_progress", "constrained", "on_track", "met"]


@st.composite
def shares(draw: st.DrawFn) -> Amount:
    whole = draw(st.integers(0, 500))
    return Amount(numerator=draw(st.integers(0, whole)), denominator=whole)


@st.composite
def ways(draw: st.DrawFn) -> Way:
    """From a baseline to another number, in the direction that leads there."""
    baseline, target = draw(numbers), draw(numbers)
    assume(baseline != target)
    return Way("increase" if target > baseline else "decrease", baseline, target)


@given(st.lists(shares(), min_size=1))
def test_a_sum_of_shares_is_of_all_that_they_count_and_no_mean(parts: list[Amount]) -> None:
    found = add_over_periods("sum", parts)
    assert found is not None
    assert found.numerator == sum(p.numerator or 0 for p in parts)
    assert found.denominator == sum(p.denominator or 0 for p in parts)
    assert (found.number is None) == (found.denominator == 0)


@given(st.lists(shares().filter(lambda s: s.denominator), min_size=1))
def test_a_sum_of_shares_lies_between_the_lowest_and_the_highest(parts: list[Amount]) -> None:
    found = add_over_periods("sum", parts)
    each = [p.number for p in parts if p.number is not None]
    assert found is not None and found.number is not None
    assert min(each) - Decimal("1e-9") <= found.number <= max(each) + Decimal("1e-9")


@given(st.lists(numbers, min_size=1))
def test_numbers_add_up_or_the_latest_or_the_highest_stands(values: list[Decimal]) -> None:
    amounts = [Amount(value=v) for v in values]
    for rule, expected in (
        ("sum", sum(values, Decimal(0))),
        ("latest", values[-1]),
        ("highest", max(values)),
    ):
        found = add_over_periods(rule, amounts)
        assert found is not None and found.value == expected
    assert add_over_periods("sum", []) is None


@given(ways(), numbers)
def test_the_baseline_is_nought_the_target_is_one_and_better_is_never_less(
    way: Way, value: Decimal
) -> None:
    assert way.baseline is not None
    assert way.progress(way.baseline) == 0 and way.progress(way.target) == 1
    step = Decimal(1) if way.direction == "increase" else Decimal(-1)
    before, after = way.progress(value), way.progress(value + step)
    assert before is not None and after is not None and after > before
    assert not is_wrong_side(way.direction, way.baseline, way.target)


@given(ways(), numbers, elapsed)
def test_a_better_value_is_never_rated_worse_and_the_target_is_met(
    way: Way, value: Decimal, gone: Decimal
) -> None:
    step = Decimal(1) if way.direction == "increase" else Decimal(-1)
    worse, better = way.rating(value, gone), way.rating(value + step, gone)
    assert worse in ORDER and better in ORDER
    assert ORDER.index(str(better)) >= ORDER.index(str(worse))
    assert way.rating(way.target, gone) == "met"


@given(ways(), elapsed)
def test_ratings_begin_where_the_rule_says(way: Way, gone: Decimal) -> None:
    """On track from the time that is over less a tenth, constrained from half of that."""
    due = max(Decimal(0), gone - Decimal("0.1"))
    assert way.baseline is not None
    span = way.target - way.baseline

    def at(progress: Decimal) -> str | None:
        return way.rating(way.baseline + progress * span, gone)  # type: ignore[operator]

    tiny = Decimal("0.0001")
    assert at(due + tiny) == ("met" if due + tiny >= 1 else "on_track")
    if due / 2 + tiny < due - tiny:
        assert at(due / 2 + tiny) == "constrained" == at(due - tiny)
    if due > 0:
        assert at(due / 2 - tiny) == "no_progress"


@given(numbers, st.decimals(1, 1000, places=2), elapsed)
def test_what_is_summed_goes_to_its_target_whatever_the_baseline(
    value: Decimal, target: Decimal, gone: Decimal
) -> None:
    first = Way("increase", Decimal(5), target, is_summed=True)
    other = Way("increase", None, target, is_summed=True)
    assert first.progress(value) == other.progress(value) == value / target
    assert first.rating(value, gone) == other.rating(value, gone)


@given(numbers, elapsed)
def test_a_baseline_that_is_the_target_is_met_while_it_is_no_worse(
    value: Decimal, gone: Decimal
) -> None:
    more, less = Way("increase", Decimal(7), Decimal(7)), Way("decrease", Decimal(7), Decimal(7))
    assert more.rating(value, gone) == ("met" if value >= 7 else "no_progress")
    assert less.rating(value, gone) == ("met" if value <= 7 else "no_progress")
    assert more.progress(value) is None


def test_a_baseline_that_was_not_measured_counts_from_nothing_or_not_at_all() -> None:
    more = Way("increase", None, Decimal(80))
    assert more.progress(Decimal(40)) == Decimal("0.5")
    assert more.rating(Decimal(40), Decimal("0.5")) == "on_track"
    less = Way("decrease", None, Decimal(80))
    assert less.progress(Decimal(40)) is None and less.rating(Decimal(40), Decimal(1)) is None
    assert more.rating(None, Decimal(1)) == "no_data"


@given(st.lists(days, min_size=1, unique=True), days)
def test_the_nearest_target_that_is_not_past_counts_else_the_last(
    targets: list[date], last_day: date
) -> None:
    found = target_at([Target(by, Decimal(1)) for by in targets], last_day)
    ahead = [by for by in targets if by >= last_day]
    assert found is not None and found.by == (min(ahead) if ahead else max(targets))


@given(days, st.integers(0, 4000), days)
def test_the_time_that_is_over_runs_from_nothing_to_all(
    first: date, length: int, day: date
) -> None:
    by = first + timedelta(days=length)
    found = time_elapsed(first, by, day)
    assert 0 <= found <= 1
    assert time_elapsed(first, by, by) == 1
    assert time_elapsed(first, by, first - timedelta(days=1)) == 0
    assert found <= time_elapsed(first, by, day + timedelta(days=1))


@given(st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"]), days)
def test_the_value_last_due_is_of_a_period_that_is_over(frequency: str, end: date) -> None:
    due = period_of(frequency, end).start
    assert due <= end and due.day == 1
    assert (end - due).days < {"monthly": 31, "quarterly": 92, "half_yearly": 184}.get(
        frequency, 366
    )
