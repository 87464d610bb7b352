"""Queries whose SQL is made once: what they find is what the queryset would."""

from __future__ import annotations

import pytest

from assistance.programmes.models import Pillar, ReasonCode, Theme
from assistance.requests.models import AssistanceRequest
from core.db.compiled import (
    CompiledQuery,
    columns_of,
    ids_parameter,
    objects_by_id,
    objects_of,
)
from countries.models import Country
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db

OF_COUNTRIES = CompiledQuery(
    lambda: (
        AssistanceRequest.objects.filter(country__any=ids_parameter())
        .order_by("id")
        .values_list(*columns_of(AssistanceRequest))
    )
)


def test_one_sql_serves_any_number_of_ids(people: People) -> None:
    mine, theirs = make.submitted(people.kenya), make.submitted(people.fiji, "FJI")
    kenya, fiji = (Country.objects.get(iso3=iso3).pk for iso3 in ("KEN", "FJI"))
    found = [
        [case.pk for case in objects_of(AssistanceRequest, OF_COUNTRIES.rows(ids=ids))]
        for ids in ([], [kenya], [kenya, fiji], [-1])
    ]
    assert found == [[], [mine.pk], [mine.pk, theirs.pk], []]


def test_objects_are_those_of_a_queryset(people: People) -> None:
    case = make.submitted(people.kenya)
    case.refresh_from_db()
    (found,) = objects_of(AssistanceRequest, OF_COUNTRIES.rows(ids=[case.country_id]))
    columns = columns_of(AssistanceRequest)
    assert [getattr(found, c) for c in columns] == [getattr(case, c) for c in columns]


def test_names_by_language_come_as_a_queryset_brings_them(people: People) -> None:
    for model in (ReasonCode, Pillar, Theme):
        rows = list(model.objects.order_by("pk"))
        found = objects_by_id(model, [row.pk for row in rows])
        assert rows and [found[row.pk].names for row in rows] == [row.names for row in rows]


def test_a_parameter_without_a_value_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="ids"):
        OF_COUNTRIES.rows()
