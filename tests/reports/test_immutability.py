"""What is published stays as it is: the database refuses what the product does not do, and
`manage.py verify` sees what was done past it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from reports.documents.models import ReportDocument
from reports.documents.render import document_hash
from reports.editions.models import ReportEdition
from reports.reports.models import ReportRevision
from reports.snapshots.models import AnnexRow, FigureRows
from tests.config.test_verify import behind_its_back, verify
from tests.make import People
from tests.reports.producing import produced, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(people: People) -> Any:
    report = produced(people, languages=["en", "fr"])
    publish(people, report)
    report.refresh_from_db()
    return report


def refused(change: Any) -> None:
    with pytest.raises(DatabaseError, match="Published is never changed"), transaction.atomic():
        change()


def test_documents_of_a_published_report_cannot_be_changed_or_removed(published: Any) -> None:
    csv = ReportDocument.objects.filter(format="csv")
    refused(lambda: csv.update(content=b"x", sha256=document_hash(b"x")))
    refused(lambda: csv.update(content=b"x"))
    refused(lambda: csv.delete())
    assert verify()[0] == 0


def test_snapshots_of_a_published_report_cannot_be_changed_or_removed(published: Any) -> None:
    for rows in (ReportRevision.objects.all(), ReportEdition.objects.all()):
        for change in (
            {"snapshot": "{}"},
            {"sha256": "0" * 64},
            {"highlights": "Better."},
            {"published_at": None},
        ):
            refused(lambda rows=rows, change=change: rows.update(**change))
    refused(lambda: ReportEdition.objects.all()._raw_delete("default"))
    refused(lambda: ReportRevision.objects.all()._raw_delete("default"))


def test_rows_behind_a_published_report_cannot_be_changed_or_removed(published: Any) -> None:
    refused(lambda: AnnexRow.objects.filter(kind="request").update(content="{}"))
    refused(lambda: FigureRows.objects.filter(audience="public").update(ids=[]))
    refused(lambda: AnnexRow.objects.all().delete())
    refused(lambda: FigureRows.objects.all().delete())


def test_a_report_that_is_not_published_can_be_made_anew(people: People) -> None:
    report = produced(people)
    assert report.current is not None
    assert report.current.documents.all().delete()[0] == 4


def test_verify_names_what_was_changed_after_publication(published: Any) -> None:
    with behind_its_back(
        "reports_reportrevision"
    ):  # all of a test is of one instant to the database
        ReportRevision.objects.update(published_at=published.published_at - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'reports_reportdocument'::regclass AND"
            " tgname LIKE '%published_documents_stay%'"
        )
        ((refusing,),) = cursor.fetchall()
        cursor.execute(f'ALTER TABLE reports_reportdocument DISABLE TRIGGER "{refusing}"')
        ReportDocument.objects.filter(format="csv", language="fr", audience="internal").delete()
        cursor.execute(f'ALTER TABLE reports_reportdocument ENABLE TRIGGER "{refusing}"')
    status, said = verify()
    assert status == 1
    assert "1 documents were changed or removed after it was published" in said
    assert "the csv in fr for “internal” is missing" in said


def test_verify_misses_documents_that_are_not_there(published: Any) -> None:
    with behind_its_back("reports_reportdocument"):
        ReportDocument.objects.all().delete()
    assert "it has no documents" in verify()[1]
