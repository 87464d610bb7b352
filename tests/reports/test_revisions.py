"""Corrections: a published report is never touched; a numbered revision says why and what changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assistance.engagements.part_models import CountryParticipation
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.documents.assembly import build_document
from reports.documents.storage import rewrite_all
from reports.editions.models import ReportEdition
from reports.reports import services as report_services
from reports.reports import verification
from reports.reports.models import Report
from reports.reports.production import produce_due
from reports.schedules import services
from tests.config.test_verify import behind_its_back
from tests.make import People
from tests.reports.history import recorded_at
from tests.reports.producing import busy_people, contents_of, produced, publish

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


@pytest.fixture
def published(people: People) -> Report:
    """A report with three women and four men of Kenya, published."""
    report = produced(people, formats=["html", "json"])
    report_services.set_highlights(people.officer, report.pk, "A good quarter.")
    rewrite_all()
    publish(people, report)
    return report


def corrected(people: People, report: Report) -> Report:
    """After fifty women more were found."""
    with recorded_at(timezone.now()):  # not at the beginning of the test's transaction
        CountryParticipation.objects.filter(country__iso3="KEN").update(women=53)
    report_services.perform_action(
        people.manager, report.pk, "correct", reason="Fifty women were left out."
    )
    assert produce_due() == 1
    report.refresh_from_db()
    return report


def text_of(revision: Any) -> str:
    """All sentences and cells of a revision's document."""
    document = build_document(contents_of(revision), revision.highlights, "en")
    return "\n".join(
        [x for s in document.sections for x in s.sentences]
        + [c.text for s in document.sections for t in s.tables for r in t.rows for c in r]
    )


def test_a_correction_is_a_new_revision_that_says_why_and_what_changed(
    people: People, published: Report
) -> None:
    first = published.current
    assert first is not None
    report = corrected(people, published)
    second = report.current
    assert second is not None and (second.number, second.reason, second.made_by) == (
        2,
        "Fifty women were left out.",
        people.manager,
    )
    assert report.state == "produced" and second.highlights == "A good quarter."
    said = contents_of(second)["revision"]
    assert "participants.women" in said["changes"] and "requests_received" not in said["changes"]
    assert "Fifty women were left out." in text_of(second) and "Participations: Women" in text_of(
        second
    )
    assert contents_of(second)["figures"]["participants.women"]["value"] == 53
    first.refresh_from_db()
    assert (
        not first.is_current and contents_of(first)["figures"]["participants.women"]["value"] == 3
    )


def test_until_the_correction_is_published_readers_find_the_revision_before(
    people: People, published: Report
) -> None:
    before = ReportEdition.objects.get(is_current=True)
    kept = before.snapshot
    report = corrected(people, published)
    assert ReportEdition.objects.get(is_current=True) == before
    publish(people, report)
    after = ReportEdition.objects.get(is_current=True)
    assert after != before and after.number == 2
    before.refresh_from_db()
    assert before.snapshot == kept and before.published_at is not None
    client = Client()
    client.force_login(people.kenya)
    page = client.get(before.get_absolute_url()).content.decode()
    assert (
        after.get_absolute_url() in page
        and "Fifty women" not in client.get(after.get_absolute_url()).content.decode()
    )


def test_former_revisions_stay_readable_as_they_were(people: People, published: Report) -> None:
    report = corrected(people, published)
    client = Client()
    client.force_login(people.officer)
    assert (
        reverse("report_revision", args=[report.pk, 1])
        in client.get(report.get_absolute_url()).content.decode()
    )
    assert (
        "This is revision 1"
        in client.get(reverse("report_revision", args=[report.pk, 1])).content.decode()
    )
    assert client.get(reverse("report_revision", args=[report.pk, 2])).status_code == 302
    assert client.get(reverse("report_revision", args=[report.pk, 3])).status_code == 404


def test_everything_still_follows_from_the_rows_after_a_correction(
    people: People, published: Report
) -> None:
    corrected(people, published)
    assert list(verification.findings()) == []
    with behind_its_back("reports_reportedition"):
        ReportEdition.objects.update(snapshot="{}")
    assert any("is not what its hash says" in f for f in verification.findings())


def test_a_correction_needs_a_manager_a_reason_and_something_published(
    people: People, published: Report
) -> None:
    with pytest.raises(ActionNotAllowed):
        report_services.perform_action(people.officer, published.pk, "correct", reason="Because")
    with pytest.raises(DomainError):
        report_services.perform_action(people.manager, published.pk, "correct", reason=" ")
    other = produced(people, title="Another")
    with pytest.raises(ActionNotAllowed):
        report_services.perform_action(people.manager, other.pk, "correct", reason="Because")


def test_a_published_report_takes_no_other_words(people: People, published: Report) -> None:
    with pytest.raises(ActionNotAllowed):
        report_services.set_highlights(people.officer, published.pk, "Better words.")


def test_a_pause_holds_back_no_correction(people: People, published: Report) -> None:
    services.pause_schedule(people.manager, published.version.schedule_id, paused=True)
    assert corrected(people, published).state == "produced"
