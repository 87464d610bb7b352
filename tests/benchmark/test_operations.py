"""What is measured: the statements that are the floor answer what the product answers."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client

from accounts.models import User
from benchmark.measuring import Found, Measured
from benchmark.operations import OPERATIONS, Operation
from benchmark.picture import memory_picture
from benchmark.readers import Reader, find_readers
from benchmark.report import ReportFound, measure_report
from benchmark.results import Line, lines_of, lines_of_report, memory_missed
from core.db.country_role import as_country
from reports.reports.models import Report
from sample.run import Maker
from sample.schedules import make_schedules
from tests import make
from tests.make import People

BY_CODE = {operation.code: operation for operation in OPERATIONS}


@pytest.fixture
def readers(people: People) -> list[Reader]:
    """Everybody who asks, each with some cases."""
    for _each in range(3):
        make.submitted(people.kenya)
        make.submitted(people.fiji, "FJI")
    case = make.advanced(people, "in_delivery")
    make.engagement(people.officer, make.part(KEN={"women": 1, "men": 2}), requests=[case])
    second = make.Programme.objects.create(
        code="second", title="Second", eligible_group=make.programme().eligible_group
    )
    for member in (people.officer, people.manager):
        member.memberships.create(
            programme=second, role=member.role, valid_from=second.today() - timedelta(days=1)
        )
    found = find_readers()
    assert len({reader.user for reader in found}) >= 4
    return found


def floor_of(operation: Operation, reader: Reader) -> list[list[tuple[Any, ...]]]:
    """What the statements answer, as the reader's role."""
    user = User.objects.get(pk=reader.user)
    found = []
    with as_country(user) if reader.is_focal_point else nullcontext():
        for text, values in operation.floor(reader, 0):
            with connection.cursor() as cursor:
                cursor.execute(text, values)  # type: ignore[arg-type]  # lists and dates
                found.append(cursor.fetchall())
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("code", BY_CODE)
def test_everybody_reads_what_is_measured_and_its_statements_run(
    readers: list[Reader], code: str
) -> None:
    operation = BY_CODE[code]
    for reader in filter(operation.reads, readers):
        call = operation.call(reader, 0)
        headers = {k: v for k, v in call.headers().items() if k != "Cookie"}
        client = Client(headers=headers)
        if not call.by_token:
            client.cookies["sessionid"] = reader.session
        answer: Any = (
            client.get(call.path)
            if call.body is None
            else client.post(call.path, call.body, content_type="application/json")
        )
        assert answer.status_code in (200, 201), (reader.role, answer.content[:300])
        assert all(isinstance(rows, list) for rows in floor_of(operation, reader))


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["list", "list_filtered", "list_deep", "search"])
def test_the_floor_of_a_list_finds_the_rows_of_the_list(readers: list[Reader], code: str) -> None:
    operation = BY_CODE[code]
    for reader in readers:
        call = operation.call(reader, 0)
        answer: Any = Client(headers=call.headers()).get(call.path)
        (rows,) = floor_of(operation, reader)
        assert [row[0] for row in rows] == [r["id"] for r in answer.json()["results"]], reader.role


@pytest.mark.django_db
def test_the_floor_of_a_count_counts_as_the_product(readers: list[Reader]) -> None:
    for reader in readers:
        call = BY_CODE["count_open"].call(reader, 0)
        answer: Any = Client(headers=call.headers()).get(call.path)
        assert floor_of(BY_CODE["count_open"], reader) == [[(answer.json()["count"],)]]


def found_at(requests: int, bare: float, door: float, operation: float, floor: float) -> Found:
    """A run in which every call took so many seconds."""
    found = Found(requests)
    found.bare.cold = found.bare.warm = [bare]
    for by_token in (True, False):
        found.doors[by_token, False].cold = [door]
    measured = Measured(BY_CODE["list"])
    measured.times.cold, measured.floor.cold = [operation], [floor]
    found.operations["list"] = measured
    return found


def line(found: Found, smaller: Found | None = None) -> Line:
    """The line of the list."""
    (of_list,) = [one for one in lines_of(found, smaller) if one.code == "list"]
    return of_list


def test_a_ratio_is_to_the_empty_view_and_the_statements_together() -> None:
    kept = line(found_at(10_000, 0.001, 0.003, 0.006, 0.001))
    assert kept.ratio == pytest.approx(1.5) and kept.missed == []
    missed = line(found_at(10_000, 0.001, 0.003, 0.008, 0.001))
    assert missed.missed == [
        "API: list of 25 at 10,000 requests takes 2.00 times its floor; at most 1.5 (+33%)."
    ]


def test_growth_is_judged_beside_the_smaller_installation() -> None:
    smaller = found_at(10_000, 0.001, 0.003, 0.006, 0.002)
    grown = line(found_at(100_000, 0.001, 0.003, 0.009, 0.004), smaller)
    assert grown.growth == pytest.approx(1.5)
    assert grown.missed == [
        "API: list of 25 takes 1.50 times as long at 100,000 requests as at 10,000; at most 1.3."
    ]


def test_an_empty_view_is_judged_beside_the_bare_one() -> None:
    lines = {one.code: one for one in lines_of(found_at(1, 0.001, 0.004, 0.006, 0.001), None)}
    assert lines["door_token"].ratio == pytest.approx(4) and lines["door_token"].missed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--only", "lists"], "There is no operation “lists”. There are: list,"),
        (["--requests", "0"], "whole numbers above zero"),
        (["--rounds", "-1"], "whole numbers above zero"),
        (["--json", "/nowhere/at/all.json"], "There is no folder /nowhere/at for --json."),
        (["--picture", "/nowhere/at/all.svg"], "There is no folder /nowhere/at for --picture."),
        (["--folder", "/proc/meridian"], "Nothing can be made in /proc/meridian/10000"),
    ],
)
def test_what_cannot_be_measured_is_said(words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("benchmark", *words)


def report_found(**values: Any) -> ReportFound:
    """A report that kept every bound."""
    kept: dict[str, Any] = {
        "figures": 3.0,
        "figures_floor": 2.0,
        "whole": 9.0,
        "whole_floor": 6.0,
        "worker_peak": 300 * 1024,
        "typesetter_peak": 380 * 1024,
        "memory": [(0.2, 120 * 1024), (0.4, 300 * 1024)],
    }
    return ReportFound(**kept | values)


def test_a_report_is_judged_by_time_and_by_the_memory_of_each_process() -> None:
    found = Found(10_000, report=report_found())
    lines = list(lines_of_report(10_000, report_found()))
    assert [line.ratio for line in lines] == [1.5, 1.5]
    assert not any(line.missed for line in lines) and memory_missed(found) == []
    (figures, _whole) = lines_of_report(10_000, report_found(figures=5.0))
    assert figures.missed == [
        "figures of a quarterly report at 10,000 requests takes 2.50 times its floor; at most 2"
        " (+25%)."
    ]
    found.report = report_found(worker_peak=500 * 1024)
    assert memory_missed(found) == [
        "A report at 10,000 requests takes the worker to 500 MB; at most 400."
    ]


def test_the_picture_of_memory_has_its_line_and_its_bound() -> None:
    picture = memory_picture(report_found().memory, "Memory & time")
    parsed = ElementTree.fromstring(picture)
    names = [element.tag.rpartition("}")[2] for element in parsed.iter()]
    assert names.count("polyline") == 1 and names.count("line") == 1
    assert "Memory &amp; time" in picture and "400 MB" in picture


@pytest.mark.django_db
def test_a_report_is_measured_and_leaves_nothing() -> None:
    Maker(40, 1).make()
    make_schedules()
    before = Report.objects.count()
    found = measure_report()
    assert found.whole > found.figures_floor > 0 and found.whole_floor > found.figures > 0
    assert found.worker_peak > 50 * 1024 and found.typesetter_peak > 50 * 1024 and found.memory
    assert Report.objects.count() == before
