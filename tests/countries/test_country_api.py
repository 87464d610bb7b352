"""Countries, institutions, programmes, pillars and themes in the API; its schema and documentation."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from countries.models import Country, Institution
from tests import make
from tests.api import ROOT, Api, queries_of
from tests.assistance.test_request_api import problem
from tests.make import People

pytestmark = pytest.mark.django_db


def test_a_country_has_its_names_and_groups_and_no_case_data(people: People) -> None:
    make.submitted(people.kenya)
    kenya = Api(people.fiji).get("countries/KEN/").json()
    assert kenya["url"] == f"http://testserver{ROOT}countries/KEN/"
    assert (
        set(kenya["names"]) == {"en", "fr", "es", "ar", "ru", "zh"}
        and kenya["names"]["zh"] == "肯尼亚"
    )
    assert (kenya["iso2"], kenya["m49"], kenya["region"], kenya["groups"]) == (
        "KE",
        "404",
        "Africa",
        ["oda"],
    )
    assert "requests" not in kenya and "engagements" not in kenya


def test_groups_hold_on_the_day_that_is_asked_for(people: People) -> None:
    api = Api(people.officer)
    for day, is_ldc in (("2023-12-12", True), ("2023-12-13", False)):
        assert ("ldc" in api.get("countries/BTN/", on=day).json()["groups"]) is is_ldc
        (bhutan,) = api.rows("countries/", q="Bhutan", on=day)
        assert ("ldc" in bhutan["groups"]) is is_ldc
    for wrong in ("2023-13-45", "soon"):
        assert "on" in problem(api.get("countries/BTN/", on=wrong), 400)["errors"]


def test_countries_stand_in_the_readers_order_and_can_be_paged(people: People) -> None:
    client = Api(people.officer).client
    names: list[str] = []
    response: Any = client.get(f"{ROOT}countries/?page_size=100")
    while True:
        names += [c["name"] for c in response.json()["results"]]
        if not response.json()["next"]:
            break
        response = client.get(response.json()["next"])
    assert len(names) == Country.objects.count() == len(set(names))
    assert names.index("Åland Islands") < names.index("Belgium")
    assert (
        Api(people.officer).get("countries/count/", region="Africa", group="sids").json()["count"]
        > 3
    )
    assert "KEN" in [c["iso3"] for c in Api(people.officer).rows("countries/", q="KEN")]
    for name, value in (("region", "Mars"), ("group", "none"), ("colour", "red")):
        assert (
            name in problem(Api(people.officer).get("countries/", **{name: value}), 400)["errors"]
        )
    assert problem(Api(people.officer).get("countries/XXX/"), 404)


def test_a_page_of_many_countries_takes_no_more_queries_than_one_of_few(people: People) -> None:
    assert queries_of(people.officer, "countries/?page_size=3") == queries_of(
        people.officer, "countries/?page_size=100"
    )


def test_institutions_are_those_that_the_reader_can_name_in_a_request(people: People) -> None:
    Institution.objects.create(
        country=Country.objects.get(iso3="UGA"), name="Ministry", kind="ministry"
    )
    assert {i["country"] for i in Api(people.kenya).rows("institutions/")} == {"KEN"}
    assert {i["country"] for i in Api(people.officer).rows("institutions/")} == {
        "FJI",
        "KEN",
        "UGA",
    }
    assert [i["name"] for i in Api(people.officer).rows("institutions/", country="UGA")] == [
        "Ministry"
    ]
    assert problem(Api(people.administrator).get("institutions/"), 403)


def test_programmes_pillars_and_themes_are_found_by_code(people: People) -> None:
    api = Api(people.kenya)
    assert [p["code"] for p in api.rows("programmes/")] == ["cybercrime"]
    assert [p["code"] for p in api.rows("pillars/")] == [
        "capacity_building",
        "prevention",
        "cooperation",
        "research",
    ]
    theme = api.get("themes/digital-forensics/").json()
    assert theme["name"] == "Digital forensics" and theme["names"]["en"] == theme["name"]
    assert api.post("pillars/", {}).status_code == 405


def test_the_schema_is_whole_and_the_documentation_needs_no_other_site(
    people: People, tmp_path: Any
) -> None:
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml")
    )
    client = Api(people.officer).client
    assert client.get(f"{ROOT}schema/").status_code == 200
    page = client.get(f"{ROOT}docs/").content.decode()
    assert "swagger-ui" in page and "https://" not in page
