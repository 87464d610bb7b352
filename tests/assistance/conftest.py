"""A workshop with people on its lists, and staff who may read their names."""

from __future__ import annotations

import pytest

from assistance.engagements.models import Engagement
from assistance.models import ProgrammeMembership
from tests import make
from tests.make import People


@pytest.fixture
def deed(people: People) -> Engagement:
    """A workshop of Kenya and Fiji."""
    return make.engagement(
        people.officer, make.part(KEN={"women": 1, "men": 0}, FJI={"women": 0, "men": 2})
    )


@pytest.fixture
def readers(people: People) -> People:
    """Officer and manager may read names."""
    ProgrammeMembership.objects.filter(user__in=[people.officer, people.manager]).update(
        reads_names=True
    )
    return people
