"""Who is given which columns of the lists: what is the programme's own is never a country's."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from assistance.engagements.tables import ENGAGEMENTS
from assistance.engagements.visibility import SHARED_FIELDS
from assistance.requests.fields import BY_NAME
from assistance.requests.tables import REQUESTS
from core.tables import Table
from tests import make

PEOPLE = ["women", "men", "other", "unknown", "total", "incomplete"]
OFFICER, FOCAL_POINT = User(role=Role.OFFICER), User(role=Role.FOCAL_POINT)


def shown_to(table: Table[object], reader: User) -> list[str]:
    """The columns that a reader's page of the list has."""
    return [c.code for c in table.columns if c.cell is not None and c.audience(reader)]


@pytest.mark.django_db
@pytest.mark.parametrize("table", [REQUESTS, ENGAGEMENTS])
def test_who_leads_is_for_the_programme_alone(table: Table[object]) -> None:
    reader = make.focal_point("KEN")
    make.designate(reader, "UGA")
    inside, outside = (shown_to(table, person) for person in (OFFICER, reader))
    assert [code for code in inside if code not in outside] == ["officer"]


def test_a_country_exports_of_engagements_the_shared_face_and_its_own_numbers() -> None:
    assert [c.code for c in ENGAGEMENTS.exported(FOCAL_POINT)] == [
        *("reference", "state", "starts_on", "ends_on"),
        *SHARED_FIELDS,
        *("country_names", "requests", *PEOPLE, "institutions"),
    ]
    kept_inside = {c.code for c in ENGAGEMENTS.exported(OFFICER)} - {
        c.code for c in ENGAGEMENTS.exported(FOCAL_POINT)
    }
    assert {"outcome", "funding", "planned_cost", "actual_cost", "lead_officer"} <= kept_inside


def test_everybody_exports_every_field_of_a_request() -> None:
    for reader in (OFFICER, FOCAL_POINT):
        codes = [c.code for c in REQUESTS.exported(reader)]
        assert codes == ["reference", "state", "received_on", "due_on", *BY_NAME]


@pytest.mark.parametrize("table", [REQUESTS, ENGAGEMENTS])
def test_no_two_columns_of_a_list_bear_one_name(table: Table[object]) -> None:
    codes = [column.code for column in table.columns]
    assert len(codes) == len(set(codes))
