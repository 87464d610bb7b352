"""Reports and schedules in the API, and what a report says of imported records."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from assistance.engagements.models import Engagement
from reports.reports.models import Report, ReportRevision
from reports.reports.production import produce_due
from reports.schedules.models import Schedule
from tests import make
from tests.api import Api, queries_of
from tests.assistance.test_import_tracker import LEGACY
from tests.make import People
from tests.reports.producing import (
    busy_people,
    contents_of,
    manager_as_officer,
    produce,
    produced,
    schedule,
    strangers,
)

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`
NEW: dict[str, Any] = {
    "programme": "cybercrime",
    "title": "Quarterly report",
    "frequency": "quarterly",
    "valid_from": "2026-07-15",
}


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem details of an error."""
    assert response.status_code == status, (response.status_code, response.data)
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status and body["title"] and body["detail"]
    return body


def bytes_of(api: Api, document: dict[str, Any]) -> bytes:
    """What its address answers."""
    response = api.client.get(document["url"])
    assert response.status_code == 200
    return bytes(response.content)


def test_a_report_has_its_period_documents_and_figures(people: People) -> None:
    report = produced(people, formats=["html", "xlsx", "csv", "json"], languages=["en", "fr"])
    api = Api(people.officer)
    (line,) = api.rows("reports/")
    body = api.get(f"reports/{report.pk}/").json()
    assert {k: body[k] for k in ("id", "url", "state", "period_start", "period_end")} == {
        "id": report.pk,
        "url": f"http://testserver/api/v1/reports/{report.pk}/",
        "state": "produced",
        "period_start": str(report.period_start),
        "period_end": str(report.period_end),
    }
    assert line["id"] == report.pk and "figures" not in line
    assert sorted((d["language"], d["format"]) for d in body["documents"]) == [
        (x, f) for x in ("en", "fr") for f in ("csv", "html", "json", "xlsx")
    ]
    for document in body["documents"]:
        assert hashlib.sha256(bytes_of(api, document)).hexdigest() == document["sha256"]
        assert document["audience"] == "internal"
    assert report.current is not None
    assert hashlib.sha256(report.current.snapshot.encode()).hexdigest() == body["snapshot_sha256"]
    for figure in body["figures"]:
        assert figure.keys() == {
            "code",
            "label",
            "unit",
            "value",
            "numerator",
            "denominator",
            "previous",
            "year_before",
            "rows_url",
        }
        assert figure["label"]
        if figure["unit"] == "share" and figure["denominator"]:
            assert figure["value"] == round(figure["numerator"] / figure["denominator"], 4)


def test_rows_url_lists_exactly_the_rows_that_a_figure_counts(people: People) -> None:
    api = Api(people.officer)
    body = api.get(f"reports/{produced(people).pk}/").json()
    counts = people_counted = 0
    for figure in body["figures"]:
        opened = api.get(figure["rows_url"]).json()
        assert (opened["code"], opened["value"], opened["count"]) == (
            figure["code"],
            figure["value"],
            len(opened["results"]),
        )
        assert all(
            r["reference"] and r["id"] and r["kind"] and "path" not in r for r in opened["results"]
        )
        assert len({r["id"] for r in opened["results"]}) == opened["count"]
        if figure["unit"] == "count":
            assert opened["count"] == figure["value"], figure["code"]
            counts += opened["count"]
        if figure["code"] == "participants":
            people_counted = sum(r["total"] for r in opened["results"])
    assert counts > 20 and people_counted == 7
    by_code = {f["code"]: f for f in body["figures"]}
    received = api.get(by_code["requests_received"]["rows_url"]).json()["results"]
    assert {r["reference"][:3] for r in received} == {"KEN", "FJI"}
    assert (
        by_code["requests_received.pillar.prevention"]["value"]
        == 1
        == by_code["participation_incomplete"]["value"]
    )
    for code in ("nonsense", "requests_received.pillar.nonsense"):
        problem(api.get(f"reports/{body['id']}/figures/{code}/rows/"), 404)


def test_nobody_else_reads_a_report_its_rows_or_its_documents(people: People) -> None:
    report = produced(people)
    documents = Api(people.officer).get(f"reports/{report.pk}/").json()["documents"]
    for person in strangers(people):
        api = Api(person)
        if person.is_programme_staff:
            assert api.rows("reports/") == [] and api.get("reports/count/").json()["count"] == 0
            assert api.rows("schedules/") == []
        else:  # their role reads no report at all
            for path in ("reports/", "reports/count/", "schedules/"):
                problem(api.get(path), 403)
        problem(api.get(f"reports/{report.pk}/"), 404)
        problem(api.get(f"reports/{report.pk}/figures/requests_received/rows/"), 404)
        for document in documents:
            response = api.client.get(document["url"])
            assert response.status_code == 404 and b"requests_received" not in response.content


def test_lists_filter_count_and_refuse_what_they_do_not_know(people: People) -> None:
    report = produced(people)
    schedule(people, title="Another")
    api = Api(people.officer)
    assert [r["id"] for r in api.rows("reports/", state="produced")] == [report.pk]
    assert [r["id"] for r in api.rows("reports/", schedule=report.version.schedule_id)] == [
        report.pk
    ]
    assert api.get("reports/count/", state="expected").json() == {"count": 1, "exact": True}
    assert "soon" in str(problem(api.get("reports/", state="soon"), 400)["errors"]["state"])
    assert "colour" in problem(api.get("reports/", colour="red"), 400)["errors"]
    problem(api.get("reports/", period_from="soon"), 400)


def test_an_expected_report_has_no_figures_yet(people: People) -> None:
    schedule(people)
    report = Report.objects.get()
    body = Api(people.officer).get(f"reports/{report.pk}/").json()
    assert (body["state"], body["figures"], body["documents"], body["revision"]) == (
        "expected",
        [],
        [],
        None,
    )
    problem(Api(people.officer).get(f"reports/{report.pk}/figures/requests_received/rows/"), 404)


def test_the_queries_of_lists_do_not_grow(people: People) -> None:
    schedule(people, title="One")
    few = queries_of(people.officer, "reports/"), queries_of(people.officer, "schedules/")
    for number in range(4):
        schedule(
            people,
            title=f"More {number}",
            frequency="weekly",
            valid_from=make.programme().today() - timedelta(days=60),
        )
    assert Report.objects.count() > 10
    assert (queries_of(people.officer, "reports/"), queries_of(people.officer, "schedules/")) == few


# Schedules


def test_a_manager_creates_a_schedule_once_however_often_it_is_sent(people: People) -> None:
    api = Api(people.manager)
    first = api.post("schedules/", NEW, idempotency_key="abc")
    assert first.status_code == 201, first.data
    assert (
        first.data["version"]["valid_from"] == "2026-07-01"
        and first.data["programme"] == "cybercrime"
    )
    again = api.post("schedules/", NEW, idempotency_key="abc")
    assert (again.status_code, again.data["id"], again.headers["Idempotency-Replayed"]) == (
        201,
        first.data["id"],
        "true",
    )
    problem(api.post("schedules/", NEW | {"title": "Other"}, idempotency_key="abc"), 422)
    assert Schedule.objects.count() == 1
    assert api.post("schedules/", NEW).data["id"] != first.data["id"]
    assert api.get(f"schedules/{first.data['id']}/").json()["title"] == "Quarterly report"
    assert Report.objects.filter(version__schedule=first.data["id"]).count() >= 2


def test_recipients_can_be_named(people: People) -> None:
    made = Api(people.manager).post("schedules/", NEW | {"recipients": [people.officer.pk]})
    assert made.status_code == 201, made.data
    assert list(Schedule.objects.get().versions.get().recipients.all()) == [people.officer]


def test_only_managers_of_the_programme_create_or_pause_schedules(people: People) -> None:
    planned = schedule(people)
    for person in (people.officer, manager_as_officer(), *strangers(people)):
        api = Api(person)
        assert api.post("schedules/", NEW).status_code in (400, 403)
        for verb in ("pause", "resume"):
            assert api.post(f"schedules/{planned.pk}/{verb}/").status_code in (403, 404, 409)
    planned.refresh_from_db()
    assert Schedule.objects.count() == 1 and not planned.is_paused


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("programme", "nonsense"),
        ("programme", ["cybercrime"]),
        ("programme", None),
        ("title", ""),
        ("title", None),
        ("title", "x\x00y"),
        ("title", "x" * 300),
        ("frequency", "hourly"),
        ("frequency", ["weekly"]),
        ("valid_from", "soon"),
        ("valid_from", 5),
        ("valid_from", ["2026-07-01"]),
        ("valid_from", "9999-12-31"),
        ("cutoff_days", 0),
        ("cutoff_days", 1.5),
        ("cutoff_days", {}),
        ("cutoff_days", None),
        ("languages", "en"),
        ("languages", ["xx"]),
        ("languages", [[]]),
        ("languages", {"en": 1}),
        ("languages", []),
        ("formats", 5),
        ("formats", ["doc"]),
        ("recipients", "me"),
        ("recipients", [0]),
        ("recipients", [[1]]),
        ("recipients", ["x"]),
        ("colour", "red"),
    ],
)
def test_wrong_values_of_a_schedule_are_answered_by_field_with_a_sentence(
    people: People, field: str, value: Any
) -> None:
    errors = problem(Api(people.manager).post("schedules/", NEW | {field: value}), 400)["errors"]
    assert list(errors) == [field]
    found = errors[field]
    # of a list, by the item's place
    sentences = [s for item in found.values() for s in item] if isinstance(found, dict) else found
    assert sentences and all(isinstance(s, str) and len(s) > 10 for s in sentences), errors
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    "dates",
    [
        ["9999-01-01", "9999-12-31"],
        ["0001-01-01", "0001-02-01"],
        [f"{1 + n // 12 + 2000}-{n % 12 + 1:02}-01" for n in range(70)],
        ["2026-01-01"],
        ["x", "y"],
    ],
)
def test_given_dates_that_cannot_be_are_refused_as_in_the_page(
    people: People, dates: list[str]
) -> None:
    errors = problem(
        Api(people.manager).post("schedules/", NEW | {"frequency": "dates", "dates": dates}), 400
    )["errors"]
    assert list(errors) == ["dates"] and not Schedule.objects.exists()


@pytest.mark.parametrize("body", [[], ["x"], "text", 5])
def test_what_is_no_object_is_refused_with_a_sentence(people: People, body: Any) -> None:
    problem(Api(people.manager).post("schedules/", body), 400)


def test_a_paused_schedule_makes_nothing_until_it_is_resumed(people: People) -> None:
    planned = schedule(people)
    api = Api(people.manager)
    assert api.post(f"schedules/{planned.pk}/pause/").json()["is_paused"] is True
    now = timezone.now()
    Report.objects.update(cutoff_at=now, due_at=now)
    assert produce_due() == 0 and not ReportRevision.objects.exists()
    assert api.post(f"schedules/{planned.pk}/resume/").json()["is_paused"] is False
    (line,) = api.rows("reports/")
    assert line["state"] == "skipped" and line["reason"]
    problem(Api(people.officer).post(f"schedules/{planned.pk}/pause/"), 403)


def test_who_manages_elsewhere_reads_why_they_may_not_pause_or_produce_here(people: People) -> None:
    planned, api = schedule(people), Api(manager_as_officer())
    for verb, body in (("pause", {}), ("resume", {}), ("produce", {"day": "2025-05-20"})):
        assert (
            problem(api.post(f"schedules/{planned.pk}/{verb}/", body), 409)["detail"]
            == "Only managers set schedules."
        )


def test_a_refused_period_is_answered_at_its_field(people: People) -> None:
    planned = schedule(people)
    errors = problem(
        Api(people.manager).post(
            f"schedules/{planned.pk}/produce/", {"day": str(make.programme().today())}
        ),
        400,
    )["errors"]
    assert list(errors) == ["day"] and "cut-off" in errors["day"][0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("period_from=2026-02-30", "Write a date that exists"),
        ("period_until=soon", "Write a date that exists"),
        ("kind=weekly", "There is no “weekly” here."),
        ("state=done", "There is no “done” here."),
    ],
)
def test_what_no_report_can_be_listed_by_is_answered_as_in_every_list(
    people: People, given: str, said: str
) -> None:
    errors = problem(Api(people.officer).get(f"reports/?{given}"), 400)["errors"]
    assert said in errors[given.partition("=")[0]][0]


# Records of others


def test_imported_records_stand_in_the_report_of_the_quarter_in_which_they_were_entered(
    people: People,
) -> None:
    call_command("import_tracker", str(LEGACY), "--apply", stdout=StringIO())
    planned = schedule(people, formats=["json", "csv"])
    report = produce(planned)
    api = Api(people.officer)
    figures = {f["code"]: f for f in api.get(f"reports/{report.pk}/").json()["figures"]}
    records = list(Engagement.objects.exclude(foreign_id=""))
    assert figures["records_without_dates"]["value"] == 60 == len(records)
    assert Decimal(figures["records_budget"]["value"]) == sum(
        e.budget for e in records if e.budget is not None
    )
    opened = api.get(figures["records_without_dates"]["rows_url"]).json()["results"]
    assert {r["reference"] for r in opened} == {e.reference for e in records}
    # the busy programme's
    assert (figures["engagements_delivered"]["value"], figures["participants"]["value"]) == (
        1,
        7,
    )
    assert report.current is not None
    assert len(contents_of(report.current)["annex"]["engagement"]) == 60 + 1


def test_a_record_made_whole_leaves_the_records_and_counts_as_delivered(people: People) -> None:
    call_command("import_tracker", str(LEGACY), "--apply", stdout=StringIO())
    record = Engagement.objects.get(foreign_id="00012637")
    values = {
        "pillar": make.Pillar.objects.get(code="prevention"),
        "type": "workshop",
        "modality": "in_person",
    }
    make.engagement_services.update_engagement(
        people.officer, record.pk, values, [make.part(days=1, FJI={"women": 3, "men": 4})]
    )
    report = produce(schedule(people, formats=["json"]))
    api = Api(people.officer)
    figures = {f["code"]: f for f in api.get(f"reports/{report.pk}/").json()["figures"]}
    assert (
        figures["records_without_dates"]["value"],
        figures["engagements_delivered"]["value"],
        figures["participants"]["value"],
    ) == (
        59,
        1 + 1,
        7 + 7,
    )
    assert record.reference in [
        r["reference"]
        for r in api.get(figures["engagements_delivered"]["rows_url"]).json()["results"]
    ]
