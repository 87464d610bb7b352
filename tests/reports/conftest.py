"""What tests of reports share."""

from __future__ import annotations

import pytest

from tests.make import People
from tests.reports.producing import something_happens


@pytest.fixture(scope="module")
def busy_programme(kept_for_module: None) -> People:
    """The usual five of a programme in which something happened, once for all tests of a module."""
    people = People()
    something_happens(people)
    people.are_busy = True
    return people
