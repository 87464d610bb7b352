"""The stated value of each reported period is its value at the latest cut-off that spoke of it,
whatever is received, merged, entered, changed, struck out, cancelled, moved or reclassified, and in
whatever order reports are made, published, corrected and skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistance.programmes.models import Programme
from tests.reports.simulated import DEEDS, History

EXAMPLES = int(os.environ.get("MERIDIAN_HISTORIES", "6"))
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 400), st.integers(0, 400)),
    min_size=30,
    max_size=90,
)


@pytest.fixture
def no_programme_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Reference data outlive a test that commits: the programmes that were made up do not."""
    with django_db_blocker.unblock():
        yield
        Programme.objects.filter(code__startswith="simulated-").delete()
        connection.close()


@pytest.mark.usefixtures("no_programme_left", "committed")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=(Phase.generate,),  # a history is printed as it was: to shrink one takes many minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, scope=st.sampled_from([{}, {}, {"region": "Africa"}, {"pillar": "prevention"}]))
def test_what_is_stated_and_adjusted_is_what_the_rows_say(
    steps: list[tuple[str, int, int]], scope: dict[str, str]
) -> None:
    history = History(**scope)
    for name, which, number in steps:
        history.act(name, which, number)
    history.check()
