"""Who is told of a report: by mail with the PDF where its schedule says so, and nobody of what they
may not read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from assistance.programmes.models import ProgrammeMembership
from countries.models import Country, FocalPoint
from notifications.models import Notification
from notifications.tasks import send_notifications
from reports.deliveries.models import Delivery
from reports.documents.models import ReportDocument
from reports.reports.models import Report
from reports.schedules.models import ScheduleVersion
from tests import make
from tests.config.test_verify import behind_its_back
from tests.make import People
from tests.reports.producing import busy_people, produce, produced, publish, schedule
from tests.reports.test_feed import ATOM, address_of, read

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


def told(user: User) -> list[Any]:
    """Mails that somebody got of reports."""
    subjects = Notification.objects.filter(user=user, kind__startswith="report.").values_list(
        "subject", flat=True
    )
    return [
        m
        for m in mail.outbox
        if m.to == [user.email] and m.subject in {" ".join(s.split()) for s in subjects}
    ]


def brief(people: People) -> Report:
    """A country brief on Kenya, produced."""
    make.advanced(people, "accepted")
    kenya = Country.objects.get(iso3="KEN")
    planned = schedule(
        people,
        kind="country",
        title="Country brief",
        countries=[kenya],
        formats=["html", "pdf"],
        languages=["en", "fr"],
    )
    return produce(planned)


def test_a_countrys_focal_points_are_told_of_its_published_brief_and_of_nothing_before(
    people: People,
) -> None:
    report = brief(people)
    send_notifications()
    assert told(people.kenya) == [] and len(told(people.manager)) == 1
    publish(people, report)
    send_notifications()
    (sent,) = told(people.kenya)
    assert told(people.fiji) == []
    assert report.current is not None
    edition = report.current.editions.get()
    assert (
        edition.get_absolute_url() in sent.body
        and report.get_absolute_url() + "\n" not in sent.body + "\n"
    )
    client = Client()
    client.force_login(people.kenya)
    assert client.get(edition.get_absolute_url()).status_code == 200
    assert [
        e.findtext(f"{ATOM}id", "").endswith(f"edition/{edition.pk}")
        for e in read(address_of(people.kenya)).findall(f"{ATOM}entry")
    ] == [True]
    assert read(address_of(people.fiji)).findall(f"{ATOM}entry") == []
    assert Delivery.objects.filter(revision=report.current, user=people.kenya).count() == 1


def test_a_designation_that_ended_before_the_mail_went_out_gets_none(people: People) -> None:
    report = brief(people)
    publish(people, report)
    FocalPoint.objects.filter(user=people.kenya).update(valid_until=date(2021, 1, 1))
    ProgrammeMembership.objects.filter(user=people.manager).update(valid_until=date(2021, 1, 1))
    send_notifications()
    assert told(people.kenya) == [] and told(people.manager) == []
    assert not Notification.objects.unsent().filter(kind__startswith="report.").exists()


def test_the_pdf_goes_along_in_the_readers_language_where_the_schedule_says_so(
    people: People,
) -> None:
    User.objects.filter(pk=people.kenya.pk).update(language="fr")
    User.objects.filter(pk=people.manager.pk).update(language="ar")
    report = brief(people)
    ScheduleVersion.objects.filter(pk=report.version_id).update(attach=True)
    publish(people, report)
    send_notifications()
    ((name, content, media_type),) = told(people.kenya)[-1].attachments
    assert (
        name.endswith("-fr.pdf") and content.startswith(b"%PDF") and media_type == "application/pdf"
    )
    assert (
        bytes(
            ReportDocument.objects.get(edition__isnull=False, language="fr", format="pdf").content
        )
        == content
    )
    attached = {
        a.filename.rpartition("-")[2]: a.content
        for m in told(people.manager)
        for a in m.attachments
    }
    assert set(attached) == {"en.pdf"}  # Arabic was not made
    assert attached["en.pdf"] == bytes(
        ReportDocument.objects.get(edition__isnull=True, language="en", format="pdf").content
    )


def test_no_pdf_goes_along_otherwise_nor_one_that_is_too_large(people: People) -> None:
    report = produced(people, formats=["pdf"])
    publish(people, report)
    send_notifications()
    assert told(people.manager) and not any(m.attachments for m in told(people.manager))
    ScheduleVersion.objects.filter(pk=report.version_id).update(attach=True)
    with behind_its_back("reports_reportdocument"):  # published by now
        ReportDocument.objects.update(size=6 * 1024 * 1024)
    Notification.objects.filter(kind="report.published").update(sent_at=None)
    send_notifications()
    assert not any(m.attachments for m in told(people.manager))
