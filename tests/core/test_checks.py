"""Constraints of a row, asked of the database at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def somebody(**values: object) -> User:
    """A user who is not saved."""
    return User(**({"email": "a@example.org", "name": "A", "role": Role.OFFICER} | values))


def test_a_row_that_keeps_its_constraints_is_judged_by_one_statement() -> None:
    user = somebody()
    with CaptureQueriesContext(connection) as asked:
        user.validate_constraints()
    checks = [q["sql"] for q in asked.captured_queries if "COALESCE" in q["sql"]]
    assert len(checks) == 1 and not any("SAVEPOINT" in q["sql"] for q in asked.captured_queries)


def test_each_constraint_that_is_broken_is_said() -> None:
    user = somebody(role="king", absent_until=date(2026, 1, 1))
    with pytest.raises(ValidationError) as refused:
        user.validate_constraints()
    assert any("day of return" in sentence for sentence in refused.value.messages)
    assert any("user_role_known" in sentence for sentence in refused.value.messages)


def test_a_field_that_is_not_judged_breaks_nothing() -> None:
    user = somebody(role="king", absent_until="never")
    user.validate_constraints(exclude={"role", "absent_until"})
    with pytest.raises(ValidationError, match="user_role_known"):
        user.validate_constraints(exclude={"absent_until"})


def test_the_database_refuses_what_the_form_did_not_judge() -> None:
    case = make.draft(make.focal_point("KEN"))
    case.state = "nowhere"
    with pytest.raises(ValidationError):
        case.full_clean()


def test_what_a_row_leads_to_and_is_here_is_not_asked_for_again() -> None:
    case = make.draft(make.focal_point("KEN"))
    with CaptureQueriesContext(connection) as asked:
        case.clean_fields(exclude={"search"})
    assert len(asked) == 0
    again = type(case).objects.get(pk=case.pk)
    again.country_id = 0
    with pytest.raises(ValidationError, match="country"):
        again.clean_fields(exclude={"search"})


def test_what_is_unique_under_a_condition_is_looked_for_where_the_row_meets_it(
    people: People,
) -> None:
    record = make.engagement(people.officer, make.part(KEN={"women": 1}))
    with CaptureQueriesContext(connection) as asked:
        record.validate_constraints()
    assert len(asked) == 1  # nothing was imported here
    type(record).objects.filter(pk=record.pk).update(foreign_id="X-1", organisation="Bank")
    copy = type(record).objects.get(pk=record.pk)
    copy.pk = None
    with pytest.raises(ValidationError, match="imported already"):
        copy.validate_constraints()
