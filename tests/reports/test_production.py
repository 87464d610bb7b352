"""Reports are made once, whatever breaks in between."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from core.workflow.exceptions import ActionNotAllowed
from notifications.models import Notification
from reports.documents.assembly import build_document
from reports.documents.storage import rewrite_all
from reports.reports import services
from reports.reports.models import Report, ReportRevision
from reports.reports.planning import expect_reports
from reports.reports.production import produce_due
from reports.schedules.models import Schedule, ScheduleVersion
from reports.schedules.periods import period_of
from reports.schedules.services import create_schedule, pause_schedule
from reports.snapshots.canonical import read_snapshot
from tests import make
from tests.make import People
from tests.reports.producing import task

LAST_YEAR = timezone.now().year - 1


def schedule(people: People, frequency: str = "quarterly") -> Schedule:
    """A schedule from the beginning of last year on."""
    first = period_of("yearly", datetime(LAST_YEAR, 6, 1, tzinfo=UTC).date()).start
    return create_schedule(
        people.manager,
        {
            "programme": make.programme(),
            "title": "Progress report",
            "frequency": frequency,
            "valid_from": first,
            "cutoff_days": 11,
            "languages": ["en"],
            "formats": ["csv"],
        },
    )


@pytest.mark.django_db
def test_past_periods_are_caught_up_and_the_open_one_waits_for_its_cut_off(people: People) -> None:
    schedule(people)
    produce_due()
    states = dict(Report.objects.values_list("period_start", "state"))
    assert all(
        state == "produced"
        for start, state in states.items()
        if start.year == LAST_YEAR and start.month < 10
    )
    assert states[period_of("quarterly", make.programme().today()).start] == "expected"
    assert not Report.objects.filter(state="produced", cutoff_at__gt=timezone.now()).exists()


@pytest.mark.django_db
def test_a_second_tick_makes_nothing_twice(people: People) -> None:
    schedule(people)
    produce_due()
    made = (Report.objects.count(), ReportRevision.objects.count(), Notification.objects.count())
    assert expect_reports() == 0
    assert produce_due() == 0
    assert (
        Report.objects.count(),
        ReportRevision.objects.count(),
        Notification.objects.count(),
    ) == made


@pytest.mark.django_db
def test_the_figures_are_equal_in_all_five_formats(people: People) -> None:
    make.advanced(people, "accepted")
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3, "men": 4}))
    make.engagement_services.perform_action(
        people.officer, engagement.pk, "deliver", {"outcome": "Done."}
    )
    from reports.documents import render
    from reports.snapshots.build import build_snapshot
    from reports.snapshots.canonical import canonical_json

    period = period_of("quarterly", make.programme().today())
    found = build_snapshot(task(period, timezone.now() + timedelta(seconds=1)))
    text = canonical_json(found)
    headlines = {h.label: h.cell for h in build_document(json.loads(text), "", "en").headlines}
    bodies = {
        form: render.render_document(read_snapshot(text), "", "en", form)
        for form in ("html", "pdf", "xlsx", "csv", "json")
    }
    from pypdf import PdfReader

    pdf = " ".join(page.extract_text() for page in PdfReader(BytesIO(bodies["pdf"])).pages)
    first_sheet = (
        CalamineWorkbook.from_filelike(BytesIO(bodies["xlsx"])).get_sheet_by_index(0).to_python()
    )
    sheet = {row[0]: row[1] for row in first_sheet if row and row[0]}
    table = {row[0]: row for row in csv.reader(StringIO(bodies["csv"].decode("utf-8-sig")))}
    as_json = {f["code"]: f for f in json.loads(bodies["json"])["figures"]}
    for label, code in (
        ("Requests received", "requests_received"),
        ("Engagements delivered", "engagements_delivered"),
        ("Participations", "participants"),
        ("Countries served", "countries_served"),
    ):
        value = found["figures"][code]["value"]
        assert headlines[label].value == value
        assert sheet[label] == value and isinstance(sheet[label], int | float)
        assert int(table[code][3]) == as_json[code]["value"] == value
        assert (
            headlines[label].text in pdf and f">{headlines[label].text}<" in bodies["html"].decode()
        )
    assert b"PDF/UA" in bodies["pdf"] or b"pdfuaid" in bodies["pdf"]


@pytest.mark.django_db
def test_a_report_that_fails_says_why_and_is_tried_again(people: People, settings: object) -> None:
    version = ScheduleVersion.objects.get(schedule=schedule(people))
    version.formats = ["csv", "stone"]
    version.save()
    produce_due()
    failed = Report.objects.filter(state="failed")
    assert failed.exists() and all("stone" in r.reason for r in failed)
    assert not ReportRevision.objects.exists()
    version.formats = ["csv"]
    version.save()
    assert produce_due() == 0  # not before its time
    assert produce_due(timezone.now() + timedelta(minutes=2)) > 0
    assert not Report.objects.filter(state="failed").exists()


@pytest.mark.django_db
def test_periods_of_a_pause_are_skipped_by_name(people: People) -> None:
    planned = schedule(people)
    pause_schedule(people.manager, planned.pk, paused=True)
    now = timezone.now()
    Report.objects.update(cutoff_at=now, due_at=now)
    assert produce_due() == 0
    pause_schedule(people.manager, planned.pk, paused=False)
    skipped = Report.objects.filter(state="skipped")
    assert skipped.exists() and all(r.skipped_by == people.manager and r.why for r in skipped)
    assert produce_due() == 0


@pytest.mark.django_db
def test_what_is_published_is_not_written_again(people: People) -> None:
    schedule(people)
    produce_due()
    report = Report.objects.filter(state="produced").first()
    assert report is not None
    services.set_highlights(people.officer, report.pk, "A law was passed.")
    services.perform_action(people.officer, report.pk, "review")
    with pytest.raises(ActionNotAllowed, match="made anew"):
        services.perform_action(people.manager, report.pk, "publish")
    assert rewrite_all() == 1 and rewrite_all() == 0
    with pytest.raises(ActionNotAllowed):
        services.perform_action(people.officer, report.pk, "publish")
    services.perform_action(people.manager, report.pk, "publish")
    with pytest.raises(ActionNotAllowed):
        services.set_highlights(people.officer, report.pk, "Something else.")
    assert report.current is not None and report.current.highlights == "A law was passed."
