"""The rows behind a stored snapshot's figures: kept apart from its text, read as far as they are
asked for, and by nobody else than the readers of the edition that they belong to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.db.country_role import as_country
from reports.documents.csv_json import as_json
from reports.editions.models import ReportEdition
from reports.reports import services
from reports.reports.models import ReportRevision
from reports.reports.production import produce_due
from reports.snapshots.canonical import canonical_json, snapshot_hash
from reports.snapshots.models import AnnexRow, FigureRows
from reports.snapshots.storage import rows_hash, stored_rows_hash, whole_snapshot
from tests import make
from tests.api import Api
from tests.make import People
from tests.reports.producing import (
    busy_people,
    contents_of,
    produce,
    produced,
    publish,
    schedule,
)

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


def test_the_text_of_a_snapshot_holds_no_row_and_a_hash_over_all(people: People) -> None:
    revision: Any = produced(people).current
    text = json.loads(revision.snapshot)
    assert "annex" not in text and set(text["figures"]["requests_received"]["rows"]) == {"kind"}
    whole = contents_of(revision)
    received = whole["figures"]["requests_received"]
    assert len(received["rows"]["ids"]) == received["value"] > 0
    assert {str(pk) for pk in received["rows"]["ids"]} <= set(whole["annex"]["request"])
    for audience in ("internal", "public"):
        kept = revision if audience == "internal" else revision.editions.get()
        assert json.loads(kept.snapshot)["rows_sha256"] == rows_hash(contents_of(kept))
        assert rows_hash(contents_of(kept)) == stored_rows_hash(revision.pk, audience)


def test_opening_a_figure_reads_its_own_rows_and_no_others(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = produced(people)
    api = Api(people.manager)
    address = f"reports/{report.pk}/figures/requests_received.pillar.prevention/rows/"
    with django_assert_max_num_queries(20) as asked:
        shown = api.get(address).json()
    read = [q["sql"] for q in asked.captured_queries if 'FROM "reports_annexrow"' in q["sql"]]
    assert len(read) == 2 and all("'request'" in sql or "'country'" in sql for sql in read)
    assert shown["count"] == shown["value"] == len(shown["results"])


def test_a_figure_page_takes_no_more_statements_for_more_rows(people: People) -> None:
    report: Any = produced(people)
    page = Api(people.manager)
    codes = [c for c, f in contents_of(report.current)["figures"].items() if f["rows"]["ids"]]
    counts = set()
    for code in codes:
        with CaptureQueriesContext(connection) as asked:
            assert page.get(f"reports/{report.pk}/figures/{code}/rows/").status_code == 200
        counts.add(len(asked))
    # one less where the rows are the countries, which are read anyway
    assert len(codes) > 10 and max(counts) - min(counts) <= 1


def test_json_is_what_a_whole_snapshot_would_be_written_as(people: People) -> None:
    revision: Any = produced(people).current
    whole = contents_of(revision)
    assert as_json(revision.contents, "Words.", "en") == as_json(whole, "Words.", "en")
    said = json.loads(as_json(revision.contents, "Words.", "en"))
    assert said["annex"] == json.loads(json.dumps(whole["annex"]))
    text = as_json(whole, "Words.", "en").decode()
    assert text == json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1)


def test_a_snapshot_of_former_times_has_its_rows_in_its_text(people: People) -> None:
    report = produced(people)
    revision: Any = report.current
    former = contents_of(revision) | {"form": 5}
    del former["rows_sha256"]
    text = canonical_json(former)
    ReportRevision.objects.update(snapshot=text, sha256=snapshot_hash(text))
    FigureRows.objects.all().delete()
    AnnexRow.objects.all().delete()
    revision.refresh_from_db()
    assert revision.contents == former and whole_snapshot(revision.contents) == former
    shown = Api(people.manager).get(f"reports/{report.pk}/figures/requests_received/rows/").json()
    assert shown["count"] == len(former["figures"]["requests_received"]["rows"]["ids"]) > 0


def test_a_focal_point_reaches_the_rows_of_its_own_briefs_alone(people: People) -> None:
    for iso3 in ("KEN", "FJI"):
        named = list(make.Country.objects.filter(iso3=iso3))
        brief = produce(schedule(people, kind="country", title=iso3, countries=named))
        publish(people, brief)
    progress = produced(people)
    assert AnnexRow.objects.filter(revision=progress.current, audience="internal").exists()
    (own,) = ReportEdition.objects.filter(country__iso3="KEN")
    with as_country(people.kenya):
        for table in (AnnexRow, FigureRows):
            reached = set(table.objects.values_list("revision_id", "audience"))
            assert reached == {(own.revision_id, "country")}, table
    page = Api(people.kenya).client.get(reverse("edition", args=[own.pk]))
    assert page.status_code == 200 and b"KEN-" in page.content


def test_an_edition_made_anew_has_the_rows_of_what_it_says_now(people: People) -> None:
    named = list(make.Country.objects.filter(iso3="KEN"))
    report = produce(schedule(people, kind="country", title="Brief", countries=named))
    publish(people, report)
    deed = make.engagement(people.officer, make.part(days=1, KEN={"women": 30, "men": 40}))
    make.engagement_services.perform_action(
        people.officer, deed.pk, "deliver", {"outcome": "Done."}
    )
    services.perform_action(people.manager, report.pk, "correct", reason="One was forgotten.")
    assert produce_due() == 1
    first, second = ReportEdition.objects.order_by("number")
    deeds = [len(contents_of(edition)["annex"]["engagement"]) for edition in (first, second)]
    assert deeds[1] == deeds[0] + 1
