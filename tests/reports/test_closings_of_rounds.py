"""A request that was closed twice, by itself in the programme: each closing has its own answer."""

from __future__ import annotations

import pytest

from reports.snapshots import rows
from tests.make import People
from tests.reports.test_closings import act, at, completed, confirmed, numbers, taken

pytestmark = pytest.mark.django_db


def test_what_a_country_said_of_an_earlier_round_stays_where_it_was_said(people: People) -> None:
    """Closed in April, reopened in May under the agreed plan, closed in June: two closings, each
    with its own answer."""
    case = completed(people, at(1, 6), at(4, 7))
    confirmed(people, case, at(4, 10), "not_met", 1, 1)
    act(people.manager, case, "reopen", at(5, 2), reason="They need more.", to="planned")
    act(people.officer, case, "start_delivery", at(5, 5))
    act(people.officer, case, "complete", at(6, 2), summary="Done.", why_none="Advice.")
    confirmed(people, case, at(6, 10), "met", 5, 5)
    found = taken()
    assert numbers(found, "needs_met") == (0.5, 1, 2) and numbers(found, "usefulness") == (
        3.0,
        2,
        2,
    )
    assert len(rows.open_figure(found, "needs_met", "en").rows) == 2
    # 91 and 147
    assert (
        found["figures"]["days_to_closing"]["value"],
        found["figures"]["days_to_closing"]["counted"],
    ) == (119.0, 2)
