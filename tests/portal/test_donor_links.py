"""A donor reads its edition by a link: until a day, nothing else, each opening recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assistance.funding.models import Donor
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.documents.models import ReportDocument
from reports.donor_links.models import DonorLink, DonorLinkOpening
from reports.donor_links.services import MOST_DAYS, end_link, make_link
from reports.reports.models import Report
from tests import make
from tests.databases import connect
from tests.make import People
from tests.portal.public_world import read, world
from tests.reports.producing import produced, publish

people = world  # the fixture
PAGE = "/en/donor-edition/"


def tomorrow() -> Any:
    """A last day that is right."""
    return timezone.now().date() + timedelta(days=1)


@pytest.fixture
def report(people: People) -> Report:
    """A published report to a donor."""
    make.funding()
    made = produced(people, kind="donor", donor=Donor.objects.get(), languages=["en", "ar"])
    return publish(people, made)


def test_a_link_opens_the_edition_and_its_documents_and_records_it(
    people: People, report: Report
) -> None:
    link, key = make_link(people.manager, report, tomorrow())
    assert key not in str(DonorLink.objects.values()) and len(key) > 40
    answer = Client().get(PAGE, {"key": key})
    page = answer.content.decode()
    assert answer.status_code == 200 and "for the donor" in page
    assert page.index("English</dt>") < page.index("العربية</dt>"), "the reader's own first"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer" and not answer.cookies
    mine = ReportDocument.objects.filter(audience="donor", edition__revision__report=report)
    for document in mine:
        path = f"/en/donor-edition/{document.key}/"
        assert path in page
        got = Client().get(path, {"key": key})
        assert bytes(got.content) == bytes(document.content)
        assert got.headers["Cache-Control"] == "private, no-store"
    assert Client().head(PAGE, {"key": key}).status_code == 405
    assert Client().get(PAGE, {"key": key}).status_code == 200, "once an hour it is recorded"
    opened = DonorLinkOpening.objects.filter(link=link).values_list("document", flat=True)
    assert sorted(opened) == sorted(["", *(f"{d.language}.{d.format}" for d in mine)])
    with (
        connect(connection.settings_dict["NAME"], "meridian") as owner,
        pytest.raises(Exception, match=r"[Cc]annot"),
    ):
        owner.execute("DELETE FROM reports_donorlinkopening")


def test_it_opens_nothing_else(people: People, report: Report) -> None:
    _link, key = make_link(people.manager, report, tomorrow())
    others = ReportDocument.objects.exclude(audience="donor")
    assert others.exists()
    for document in others:
        assert Client().get(f"/en/donor-edition/{document.key}/", {"key": key}).status_code == 404
    for wrong in ("", "x", key[:-1], key.upper(), "' OR 1=1 --"):
        assert Client().get(PAGE, {"key": wrong}).status_code == 404, wrong
    assert DonorLinkOpening.objects.count() == 0
    document = ReportDocument.objects.filter(audience="donor")[0]
    read(f"/en/donor-edition/{document.key}/", 404)
    read(f"/en/cybercrime/reports/{document.key}/", 404)


def test_a_link_ends_with_its_day_and_when_it_is_ended(people: People, report: Report) -> None:
    first, key = make_link(people.manager, report, timezone.now().date())
    assert Client().get(PAGE, {"key": key}).status_code == 200
    DonorLink.objects.filter(pk=first.pk).update(ends_on=timezone.now().date() - timedelta(days=1))
    assert Client().get(PAGE, {"key": key}).status_code == 404
    second, key = make_link(people.manager, report, tomorrow())
    end_link(people.manager, second.pk)
    assert Client().get(PAGE, {"key": key}).status_code == 404


def test_managers_make_links_for_published_donor_editions_in_bounds(
    people: People, report: Report
) -> None:
    for user in (people.officer, people.kenya, people.administrator):
        with pytest.raises(ActionNotAllowed):
            make_link(user, report, tomorrow())
    today = timezone.now().date()
    for day in (today - timedelta(days=1), today + timedelta(days=MOST_DAYS + 1)):
        with pytest.raises(DomainError) as refused:
            make_link(people.manager, report, day)
        assert list(refused.value.errors) == ["ends_on"]
    progress = publish(people, produced(people))
    with pytest.raises(DomainError, match="no published edition for a donor"):
        make_link(people.manager, progress, tomorrow())


def test_the_page_shows_a_new_link_once_and_its_openings(people: People, report: Report) -> None:
    browser = Client()
    browser.force_login(people.manager)
    path = reverse("donor_links", args=[report.pk])
    assert path in read(report.get_absolute_url(), client=browser)
    refused = browser.post(path, {"ends_on": "soon"})
    assert refused.status_code == 422 and not DonorLink.objects.exists()
    made = browser.post(path, {"ends_on": tomorrow().isoformat()}).content.decode()
    key = made.split("?key=")[1].split("<")[0].strip()
    assert key not in read(path, client=browser)
    assert Client().get(PAGE, {"key": key}).status_code == 200
    assert "the page" in read(path, client=browser)
    link = DonorLink.objects.get()
    for user in (people.officer, people.kenya, people.administrator):
        other = Client()
        other.force_login(user)
        assert other.get(path).status_code in (403, 404), user
        assert other.post(reverse("donor_link_end", args=[link.pk])).status_code in (403, 404)
    assert browser.post(reverse("donor_link_end", args=[link.pk])).status_code == 302
    assert Client().get(PAGE, {"key": key}).status_code == 404
