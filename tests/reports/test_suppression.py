"""Small numbers stay out of editions, and cannot be worked out from what stays in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.editions.suppression import suppress_small_counts, withhold_adjustments


def count(value: int, kind: str = "request", **more: int) -> Any:
    """A figure."""
    return {"unit": "count", "value": value, "rows": {"kind": kind, "ids": [1]}} | more


def share(part: int, whole: int, kind: str = "clock") -> Any:
    """A share, the same in the period before."""
    now = {
        "unit": "share",
        "value": 0.5,
        "numerator": part,
        "denominator": whole,
        "rows": {"kind": kind, "ids": []},
    }
    return now | {"previous": 0.5, "previous_numerator": part, "previous_denominator": whole}


def table(*cells: int, head: str = "x", dimension: str = "type") -> Any:
    """A total and the cells that it is split by."""
    return {head: count(sum(cells))} | {
        f"{head}.{dimension}.{chr(97 + i)}": count(n) for i, n in enumerate(cells)
    }


def shown(figures: Any, name: str = "value") -> list[int | None]:
    """What is left of it."""
    suppress_small_counts(figures)
    return [figure[name] for figure in figures.values()]


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ((2, 5, 13), [20, None, None, 13]),  # the next smallest goes with it
        ((1, 19), [20, None, None]),  # the only other one, too
        ((1, 1, 4, 30), [36, None, None, None, 30]),  # two that could only be one each
        ((2, 2, 41), [45, None, None, 41]),  # of the two is known that they are four
        ((1, 1, 1), [None, None, None, None]),  # nothing is there to go with them
        ((0, 2, 0), [None, 0, None, 0]),
        ((0, 3, 9), [12, 0, 3, 9]),
    ],
)
def test_what_is_left_out_could_be_more_than_one_number(
    cells: tuple[int, ...], left: list[int | None]
) -> None:
    figures = table(*cells)
    assert shown(figures) == left
    for figure in figures.values():
        assert bool(figure.get("withheld")) == (figure["value"] is None) and "few" not in figure
        assert figure["rows"]["ids"] == ([] if figure["value"] is None else [1])


def test_a_total_that_stays_out_cannot_be_added_up_from_another_table() -> None:
    figures = table(1, 1, 1) | {"x.pillar.p": count(3), "y": count(3), "y.pillar.p": count(3)}
    assert shown(figures) == [None, None, None, None, None, 3, 3]


def test_a_figure_that_stands_alone_says_that_it_is_small() -> None:
    figures = {
        "open_overdue": count(2),
        "requests_received": count(20),
        "requests_received.merged": count(1),
    }
    assert shown(figures) == [None, 20, None]
    assert figures["open_overdue"]["few"] and figures["requests_received.merged"]["few"]


def test_the_sexes_are_a_table_of_all_participants() -> None:
    figures = {
        "participants": count(20),
        "participants.women": count(1),
        "participants.men": count(19),
    }
    assert shown(figures) == [20, None, None]


def test_earlier_periods_are_columns_of_their_own_and_go_where_the_value_goes() -> None:
    figures = {
        "x": count(30, previous=20),
        "x.t.a": count(9, previous=2),
        "x.t.b": count(12, previous=5),
        "x.t.c": count(9, previous=13),
    }
    assert shown(figures, "previous") == [20, None, None, 13]
    assert [f["value"] for f in figures.values()] == [30, 9, 12, 9]
    figures = {
        "x": count(20, previous=30),
        "x.t.a": count(2, previous=9),
        "x.t.b": count(5, previous=12),
        "x.t.c": count(13, previous=9),
    }
    assert shown(figures, "previous") == [30, None, None, 9]


@pytest.mark.parametrize(
    ("code", "part", "whole", "stays"),
    [
        ("standard_kept", 1, 20, False),
        ("standard_kept", 2, 2, False),
        ("standard_kept", 18, 20, False),
        ("standard_kept", 17, 20, True),
        ("standard_kept", 19, 20, False),
        ("women_share", 19, 20, False),
        ("women_share", 9, 20, True),
        ("standard_kept", 0, 20, True),
        ("standard_kept", 0, 0, True),
    ],
)
def test_a_share_says_no_small_number(code: str, part: int, whole: int, stays: bool) -> None:
    figure = share(part, whole)
    suppress_small_counts({code: figure})
    assert (
        figure["value"] is not None,
        figure["previous"] is not None,
        figure["numerator"] is not None,
    ) == (stays,) * 3
    assert (figure["previous_denominator"] is not None) is stays


def test_the_share_of_all_goes_with_that_of_a_part_since_the_others_stay() -> None:
    figures = {
        "standard_kept": share(30, 40),
        "standard_kept.standard.plan": share(1, 10),
        "standard_kept.standard.decision": share(29, 39),
    }
    suppress_small_counts(figures)
    assert [f["value"] is None for f in figures.values()] == [True, True, False]


def test_the_share_of_women_goes_where_the_number_of_women_does() -> None:
    """Of 20, nine men are shown, nine women and two others are not: nine women of eighteen would
    tell the two."""
    figures = {
        f"participants.{sex}": count(n) for sex, n in (("women", 9), ("men", 10), ("other", 2))
    }
    figures |= {"participants": count(21), "women_share": share(9, 19, "participation")}
    suppress_small_counts(figures)
    assert (
        figures["participants.women"]["value"] is None
        and figures["participants.men"]["value"] == 10
    )
    assert figures["women_share"]["value"] is None and figures["women_share"]["numerator"] is None


@pytest.mark.parametrize("kind", ["engagement", "record"])
def test_engagements_are_not_people_and_never_left_out(kind: str) -> None:
    figures = {
        "engagements_delivered": count(3, "engagement", previous=1),
        "standard_kept.standard.record": share(1, 2, kind),
    }
    figures |= {
        f"engagements_delivered.type.{t}": count(n, "engagement", previous=0)
        for t, n in (("workshop", 1), ("study", 2))
    }
    before = {code: dict(figure) for code, figure in figures.items()}
    suppress_small_counts(figures)
    assert figures == before


def test_countries_that_asked_are_withheld_as_requests_are_and_those_served_are_not() -> None:
    figures = {
        code: count(2, "country")
        for code in (
            "countries_asking",
            "countries_unserved",
            "countries_served",
            "countries_never_reached",
        )
    }
    assert shown(figures) == [None, None, 2, 2]


def test_a_median_of_two_is_not_told_nor_over_how_many_it_was() -> None:
    figure: Any = {"unit": "working_days", "rows": {"kind": "request", "ids": []}}
    figure |= {
        "value": 17,
        "counted": 1,
        "previous": 4,
        "previous_counted": 2,
        "year_before": 9,
        "year_before_counted": 12,
    }
    suppress_small_counts({"decision_days_median": figure})
    assert [
        figure[k] for k in ("value", "counted", "previous", "previous_counted", "year_before")
    ] == [None, None, None, None, 9]


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=6),
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
)
def test_no_cell_under_three_can_be_worked_out(cells: list[int], others: list[int]) -> None:
    """Whoever knows the total, the cells shown, and that each one left out is one at least."""
    others.append(max(0, sum(cells) - sum(others)))
    figures = table(*cells) | {
        code: f for code, f in table(*others, dimension="pillar").items() if code != "x"
    }
    true = {code: figure["value"] for code, figure in figures.items()}
    suppress_small_counts(figures)
    for dimension, values in (("type", cells), ("pillar", others)):
        left_out = [
            c for c in figures if c.startswith(f"x.{dimension}.") and figures[c]["value"] is None
        ]
        assert all(figures[c]["value"] is None or not 0 < true[c] < 3 for c in figures)
        if sum(values) == true["x"] and figures["x"]["value"] is not None and left_out:
            assert len(left_out) > 1 and sum(true[c] for c in left_out) > len(left_out)
        if figures["x"]["value"] is None and sum(values) == true["x"]:
            assert left_out or true["x"] == 0, "the total could be added up"


def adjustments(**of_periods: dict[str, int]) -> Any:
    """Figures of adjustments: of a period by its quarter, and their sums, of people, requests,
    engagements and money."""
    units = {
        "participants": "people",
        "participants.women": "people",
        "requests_received": "count",
        "engagements_delivered": "count",
        "cost": "money",
    }
    figures: Any = {}
    for code, periods in ((name.replace("__", "."), values) for name, values in of_periods.items()):
        about = {"unit": units[code], "rows": {"kind": "adjustment", "ids": [1]}}
        figures[f"{code}.adjustments"] = about | {"value": sum(periods.values())}
        for quarter, number in periods.items():
            figures[f"{code}.adjustments.period.2026-0{1 + 3 * int(quarter[1])}-01"] = about | {
                "value": number
            }
    return figures


def left_of(figures: Any) -> dict[str, Any]:
    """Values of what readers outside get, by code without its common part."""
    found = withhold_adjustments(figures)
    assert all(not figure["rows"]["ids"] for figure in found.values())
    assert all(
        bool(figure.get("withheld")) == (figure["value"] is None) for figure in found.values()
    )
    return {
        code.replace(".adjustments", "").replace(".period.2026", ""): figure["value"]
        for code, figure in found.items()
    }


@pytest.mark.parametrize("few", [1, 2, -1, -2])
def test_an_adjustment_of_one_or_two_people_stays_out_with_its_period_and_the_sum(few: int) -> None:
    left = left_of(
        adjustments(participants={"q0": 20, "q1": 9}, participants__women={"q0": few, "q1": 4})
    )
    assert left == {
        "participants": None,
        "participants-01-01": None,
        "participants-04-01": 9,
        "participants.women": None,
        "participants.women-01-01": None,
        "participants.women-04-01": 4,
    }


def test_an_adjustment_of_one_request_stays_out_and_those_of_engagements_and_money_do_not() -> None:
    left = left_of(
        adjustments(
            requests_received={"q0": -1, "q1": 7}, engagements_delivered={"q0": 1}, cost={"q0": 2}
        )
    )
    assert left == {
        "requests_received": None,
        "requests_received-01-01": None,
        "requests_received-04-01": 7,
        "engagements_delivered": 1,
        "engagements_delivered-01-01": 1,
        "cost": 2,
        "cost-01-01": 2,
    }
