"""A sample of more requests than are simulated holds together as the simulated one does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q

from assistance.models import (
    AssistanceRequest,
    CaseEvent,
    Engagement,
    EngagementEvent,
    EngagementRequest,
    Programme,
    ReferenceCounter,
)
from countries.models import Country
from sample.frequencies import frequencies
from sample.run import Maker

TIMES, SIMULATED, OVER = 3, 400, 1
# The database writes the condition of an index made again in a longer form.
INDEXES = """
SELECT i.indrelid::regclass::text, c.relname, i.indisunique, i.indisvalid, i.indkey::text,
    i.indpred IS NULL, c.relam, c.reloptions
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 2
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
HISTORY = apps.get_model("assistance", "RequestHistory")
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("multiplied sample")]


def rows_of(statement: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """One of 1,201 requests, of which a third is simulated; indexes and constraints from before."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = {"indexes": rows_of(INDEXES), "constraints": rows_of(CONSTRAINTS)}
        maker = Maker(TIMES * SIMULATED + OVER, 1, most_simulated=SIMULATED + 1)
        maker.make()
        yield before | {"last": maker.simulated}
        transaction.set_rollback(True)


def test_every_table_holds_its_rows_so_many_times(sample: dict[str, Any]) -> None:
    assert AssistanceRequest.objects.count() == TIMES * SIMULATED + OVER
    last = sample["last"]
    assert AssistanceRequest.objects.filter(pk__lte=last).count() == SIMULATED
    events = Counter(CaseEvent.objects.values_list("request_id", flat=True))
    histories: Counter[int] = Counter(HISTORY.objects.values_list("pgh_obj_id", flat=True))
    for case in AssistanceRequest.objects.filter(pk__lte=last):
        for number in range(1, TIMES):
            assert events[case.pk + number * last] == events[case.pk]
            assert histories[case.pk + number * last] == histories[case.pk]


def test_indexes_and_constraints_are_those_from_before(sample: dict[str, Any]) -> None:
    assert rows_of(INDEXES) == sample["indexes"]
    assert rows_of(CONSTRAINTS) == sample["constraints"]


def test_triggers_are_at_work_again(sample: dict[str, Any]) -> None:
    assert not rows_of("SELECT tgname FROM pg_trigger WHERE tgenabled = 'D' AND NOT tgisinternal")


def test_references_run_without_gaps(sample: dict[str, Any]) -> None:
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    given = [
        *AssistanceRequest.objects.exclude(reference=None).values_list("reference", flat=True),
        *Engagement.objects.values_list("reference", flat=True),
    ]
    for reference in given:
        series, year, number = str(reference).split("-")
        numbers[series, year].append(int(number))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())
    counters = {(c.series, str(c.year)): c.last for c in ReferenceCounter.objects.all()}
    assert counters == {key: len(found) for key, found in numbers.items()}


def test_what_events_say_of_others_is_of_the_same_copy(sample: dict[str, Any]) -> None:
    submissions = CaseEvent.objects.filter(data__has_key="reference").select_related("request")
    assert submissions.filter(request_id__gt=sample["last"]).exists()
    assert all(e.data["reference"] == e.request.reference for e in submissions)
    merged = CaseEvent.objects.filter(action="merge").select_related("request")
    assert merged.filter(request_id__gt=sample["last"]).exists()
    assert all(e.data["merged_into"] == e.request.merged_into_id for e in merged)
    planned = EngagementEvent.objects.filter(action="plan").exclude(data__requests=[])
    linked = defaultdict(set)
    for link in EngagementRequest.objects.select_related("request"):
        linked[link.engagement_id].add(link.request.reference)
    assert planned.exists()
    for event in planned:
        assert set(event.data["requests"]) <= linked[event.engagement_id]


def test_nothing_joins_two_programmes(sample: dict[str, Any]) -> None:
    assert not EngagementRequest.objects.exclude(
        engagement__programme=F("request__programme")
    ).exists()
    assert not AssistanceRequest.objects.exclude(
        Q(merged_into=None) | Q(merged_into__programme=F("programme"))
    ).exists()


def test_history_bears_the_times_of_the_copies(sample: dict[str, Any]) -> None:
    last, history = sample["last"], HISTORY.objects
    originals = {
        (row.pgh_obj_id, row.pgh_id): row.pgh_created_at
        for row in history.filter(pgh_obj_id__lte=last)
    }
    step = history.filter(pgh_obj_id__lte=last).aggregate(last=Max("pgh_id"))["last"]
    for row in history.filter(pgh_obj_id__gt=last, pgh_obj_id__lte=2 * last):
        original = originals[row.pgh_obj_id - last, row.pgh_id - step]
        assert row.pgh_created_at == original + timedelta(milliseconds=1)


def test_there_are_programmes_and_countries_of_uneven_sizes(sample: dict[str, Any]) -> None:
    sizes = Programme.objects.annotate(n=Count("requests")).values_list("n", flat=True)
    assert len(sizes) == 12
    assert min(sizes) * 20 < max(sizes)
    countries = Country.objects.annotate(n=Count("requests")).filter(n__gt=0)
    assert len(countries) > 120
    served = Programme.objects.exclude(code="cybercrime").first()
    assert served is not None
    assert served.eligible_group.memberships.count() >= 190


def test_frequencies_are_those_of_what_was_simulated(sample: dict[str, Any]) -> None:
    found = frequencies(sample["last"])
    assert set(found) == {"state", "month", "word"}
    for values in found.values():
        assert all(abs(everywhere - simulated) < 0.2 for everywhere, simulated in values.values())


def test_everything_that_verify_checks_holds(sample: dict[str, Any]) -> None:
    said = StringIO()
    call_command("verify", stdout=said)
    assert "timelines, clocks and references: holds" in said.getvalue()
