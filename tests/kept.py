"""A world that is made once for a module, as each of its tests finds it.

In a module: `people = kept_people`, for the fixture of the same name.
"""

from __future__ import annotations

import pytest

from tests.make import People


@pytest.fixture
def kept_people(people_of_module: People) -> People:
    """The usual five, whatever the test before did to them."""
    return people_of_module.as_stored()
