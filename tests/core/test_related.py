"""What several foreign keys lead to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import AssistanceRequest
from core.db.related import load_related
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def test_people_of_several_cases_come_by_one_query(people: People) -> None:
    make.advanced(people, "accepted")
    make.submitted(people.fiji, "FJI")
    cases = list(AssistanceRequest.objects.order_by("pk"))
    with CaptureQueriesContext(connection) as asked:
        load_related(cases, "author", "lead_officer", "deciding_manager", "reason_code")
        named = [(c.author, c.lead_officer, c.deciding_manager, c.reason_code) for c in cases]
    assert len(asked) == 1
    assert named[0] == (people.kenya, people.officer, people.manager, None)
    assert named[1] == (people.fiji, None, None, None)


def test_what_leads_nowhere_is_refused(people: People) -> None:
    load_related([], "title")
    with pytest.raises(TypeError, match="title is no foreign key"):
        load_related([make.draft(people.kenya)], "title")
