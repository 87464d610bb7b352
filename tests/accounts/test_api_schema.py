"""The schema of the API says what the API answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from tests import make
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> Any:
    """The whole schema."""
    return SchemaGenerator().get_schema(request=None, public=True)


def test_every_operation_names_its_refusals_in_the_form_in_which_they_come(schema: Any) -> None:
    problem = {"$ref": "#/components/schemas/Problem"}
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            wanted = {"400", "401", "403", "404", "405", "406"} | (
                {"409", "412", "415", "422"} if method != "get" else set()
            )
            assert wanted <= operation["responses"].keys()
            assert (
                operation["responses"]["404"]["content"]["application/problem+json"]["schema"]
                == problem
            )


def test_what_a_country_reads_of_its_request_has_all_that_the_schema_requires(
    schema: Any, people: People
) -> None:
    case = make.submitted(people.kenya)
    shown = Api(people.kenya).get(f"requests/{case.pk}/").data
    described = schema["components"]["schemas"]["Request"]
    assert set(described["required"]) <= shown.keys() <= described["properties"].keys()
    assert "priority" not in described["required"] and shown["outcome"] == ""
    assert {"$ref": "#/components/schemas/BlankEnum"} in described["properties"]["outcome"]["oneOf"]


def misfits(schema: Any, name: str, shown: Any) -> list[str]:
    """What an answer has otherwise than a schema of that name says."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": schema["components"]}
    return [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(whole).iter_errors(shown)
    ]


@pytest.mark.parametrize("reader", ["kenya", "officer"])
def test_staff_and_a_country_read_engagements_as_the_schema_says(
    schema: Any, people: People, reader: str
) -> None:
    held, expected = make.part(KEN={"women": 1}), make.part(date(2030, 1, 7), KEN={"men": 2})
    engagement = make.engagement(people.officer, held, expected)
    shown = Api(getattr(people, reader)).get(f"engagements/{engagement.pk}/").json()
    assert len(shown["parts"]) == 2
    assert misfits(schema, "Engagement", shown) == []


def test_fields_of_actions_and_rows_of_figures_are_described_as_they_come(schema: Any) -> None:
    schemas = schema["components"]["schemas"]
    assert not {"choices", "columns"} & set(schemas["Need"]["required"])
    rows = schema["paths"]["/api/v1/reports/{id}/figures/{code}/rows/"]["get"]["responses"]["200"][
        "content"
    ]["application/json"]["schema"]
    assert (
        rows == {"$ref": "#/components/schemas/FigureRows"}
        and "results" in schemas["FigureRows"]["required"]
    )
