"""Publishing follows a review by somebody else, and asks once more: which editions, who is told,
how many can read them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from core.workflow.exceptions import ActionNotAllowed
from notifications.models import Notification
from reports.deliveries.models import Webhook
from reports.documents.models import ReportDocument
from reports.reports import services
from reports.reports.models import Report, ReportRevision
from reports.reports.production import produce_due
from tests import make
from tests.make import People
from tests.markup import compact
from tests.reports.producing import busy_people, produced, publish, strangers
from tests.reports.test_batches import address, briefs, chosen, confirmed, reports_of

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


def page_of(client: Client, report: Report, status: int = 200) -> str:
    """The page that asks once more, its words in a row."""
    answer = client.get(reverse("report_publish", args=[report.pk]))
    assert answer.status_code == status
    return unescape(compact(answer.content.decode()))


def in_review(people: People, **values: Any) -> Report:
    """A report that the officer reviewed."""
    return services.perform_action(people.officer, produced(people, **values).pk, "review")


def test_nothing_is_published_that_was_not_reviewed(people: People, client: Client) -> None:
    report = produced(people)
    with pytest.raises(ActionNotAllowed, match="take it into review first"):
        services.perform_action(people.manager, report.pk, "publish")
    client.force_login(people.manager)
    assert "take it into review first" in page_of(client, report, 409)
    assert 'do/publish/"' not in client.get(report.get_absolute_url()).content.decode()
    report.refresh_from_db()
    assert (
        report.state == "produced"
        and not Notification.objects.filter(kind="report.published").exists()
    )


def test_who_reviewed_does_not_publish_where_another_manager_can(
    people: People, client: Client
) -> None:
    second = make.staff(Role.MANAGER, name="Omar Said")
    report = produced(people)
    services.perform_action(people.manager, report.pk, "review")
    client.force_login(people.manager)
    sentence = "You reviewed it, so somebody else publishes it: Omar Said."
    assert sentence in page_of(client, report, 409)
    page = client.get(report.get_absolute_url()).content.decode()
    assert sentence in page and 'do/publish/"' not in page
    with pytest.raises(ActionNotAllowed, match="somebody else publishes it"):
        services.perform_action(people.manager, report.pk, "publish")
    assert services.perform_action(second, report.pk, "publish").published_by == second
    assert report.current is not None and report.current.reviewed_by == people.manager


def test_the_only_manager_sends_back_what_they_reviewed_for_somebody_else_to_review(
    people: People,
) -> None:
    report = produced(people)
    services.perform_action(people.manager, report.pk, "review")
    with pytest.raises(
        ActionNotAllowed,
        match="Send it back, so that somebody else can review it: Anna Rossi",
    ):
        services.perform_action(people.manager, report.pk, "publish")
    services.perform_action(
        people.manager, report.pk, "send_back", reason="For a second pair of eyes"
    )
    revision = report.current
    assert revision is not None and revision.reviewed_by is None and revision.reviewed_at is None
    assert publish(people, report).state == "published"


def test_where_nobody_else_works_for_the_programme_one_person_does_both(people: People) -> None:
    report = produced(people)
    make.ProgrammeMembership.objects.exclude(user=people.manager).update(
        valid_until=make.LONG_AGO.replace(year=2021)
    )
    services.perform_action(people.manager, report.pk, "review")
    assert services.perform_action(people.manager, report.pk, "publish").state == "published"


def test_each_revision_says_who_reviewed_it(people: People) -> None:
    report = publish(people, produced(people))
    services.perform_action(people.manager, report.pk, "correct", reason="A course was missing")
    assert produce_due() == 1
    first, second = ReportRevision.objects.filter(report=report).order_by("number")
    assert (
        first.reviewed_by == people.officer
        and first.reviewed_at is not None
        and second.reviewed_by is None
    )
    with pytest.raises(ActionNotAllowed, match="review"):
        services.perform_action(people.manager, report.pk, "publish")


def test_the_page_says_which_editions_who_is_told_and_how_many_can_read_them(
    people: People, client: Client
) -> None:
    report = in_review(
        people,
        languages=["en", "fr"],
        formats=["html", "csv"],
        recipients=[people.officer, people.kenya],
    )
    Webhook.objects.create(
        programme=make.programme(),
        url="https://example.org/in",
        secret="x" * 32,
        created_by=people.manager,
    )
    client.force_login(people.manager)
    page = page_of(client, report)
    assert "reviewed by Anna Rossi" in page and "Publish this report?" in page
    assert re.search(
        r"Internal</th><td[^>]*>English, French</td><td[^>]*>Page, CSV</td><td[^>]*><strong>2"
        r" people",
        page,
    )
    assert re.search(
        r"Public</th>.*?<strong>4 people</strong><span[^>]*>the focal points of all countries",
        page,
    )
    assert "Managers of the programme: 1</dt><dd>Lina Haddad" in page
    assert "Recipients of the schedule: 1</dt><dd>Anna Rossi" in page and "Other systems: 1" in page
    assert "Jane Wanjiru" not in page, "a recipient who is no staff is told nothing"
    report.refresh_from_db()
    assert (
        report.state == "in_review"
        and not Notification.objects.filter(kind="report.published").exists()
    ), "looking does nothing"


def test_who_the_page_names_is_who_is_told(people: People, client: Client) -> None:
    planned = briefs(people)
    first = reports_of(planned)[0].period_start
    services.perform_all(people.officer, planned.pk, first, chosen(planned), "review")
    client.force_login(people.manager)
    asked = client.post(
        address(planned, "report_batch_act"), {"report": chosen(planned), "action": "publish"}
    )
    page = unescape(compact(asked.content.decode()))
    assert client.get(address(planned, "report_batch_act"))["Location"] == address(planned), (
        "as when the language is changed there"
    )
    assert "Publish these 3 reports?" in page and "Publish all 3" in page and "× 3" in page
    assert "Managers of the programme: 1</dt><dd>Lina Haddad" in page
    assert (
        "Focal points, of their own country's brief: 2</dt><dd>Ana Tuisawau, Jane Wanjiru" in page
    )
    assert (
        client.post(
            address(planned, "report_batch_act"), confirmed(asked.content.decode())
        ).status_code
        == 302
    )
    told = Notification.objects.filter(kind="report.published").values_list("user__name", flat=True)
    assert sorted(set(told)) == ["Ana Tuisawau", "Jane Wanjiru", "Lina Haddad"]


def test_without_the_confirmation_nothing_is_published(people: People, client: Client) -> None:
    report = in_review(people)
    client.force_login(people.manager)
    assert client.post(reverse("report_publish", args=[report.pk])).status_code == 200
    report.refresh_from_db()
    assert report.state == "in_review"
    mark = re.search(r'name="confirm" value="(\w+)"', page_of(client, report))
    assert mark
    assert (
        client.post(reverse("report_publish", args=[report.pk]), {"confirm": mark[1]}).status_code
        == 302
    )
    report.refresh_from_db()
    assert report.state == "published"


def test_what_has_changed_since_somebody_looked_is_shown_again_and_not_published(
    people: People, client: Client
) -> None:
    report = in_review(people)
    client.force_login(people.manager)
    mark = re.search(r'name="confirm" value="(\w+)"', page_of(client, report))
    assert mark
    ReportRevision.objects.filter(report=report).update(
        highlights="Other words than those that were looked at."
    )
    answer = client.post(reverse("report_publish", args=[report.pk]), {"confirm": mark[1]})
    assert answer.status_code == 409 and "has changed since you looked" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "in_review"


def test_of_many_each_must_have_been_reviewed_by_somebody_else(
    people: People, client: Client
) -> None:
    planned = briefs(people)
    first, second, third = reports_of(planned)
    services.perform_action(people.officer, first.pk, "review")
    services.perform_action(people.manager, second.pk, "review")
    client.force_login(people.manager)
    for pks, sentence in (
        ([first.pk, third.pk], "take it into review first"),
        ([first.pk, second.pk], "You reviewed it"),
    ):
        answer = client.post(
            address(planned, "report_batch_act"), {"report": pks, "action": "publish"}
        )
        assert answer.status_code == 409 and sentence in answer.content.decode()
        with pytest.raises(ActionNotAllowed, match=sentence):
            services.perform_all(people.manager, planned.pk, first.period_start, pks, "publish")
    assert not Report.objects.filter(state="published").exists()


def test_it_is_shown_to_nobody_who_may_not_publish(people: People, client: Client) -> None:
    report = in_review(people)
    for person in strangers(people):
        client.force_login(person)
        page_of(client, report, 404)
    client.force_login(people.officer)
    assert "This cannot be done now" in page_of(client, report, 409)


def test_the_page_takes_no_more_queries_for_more_reports(people: People, client: Client) -> None:
    planned = briefs(people)
    services.perform_all(
        people.officer, planned.pk, reports_of(planned)[0].period_start, chosen(planned), "review"
    )
    client.force_login(people.manager)
    counts = []
    for pks in (chosen(planned)[:1], chosen(planned)):
        client.post(address(planned, "report_batch_act"), {"report": pks, "action": "publish"})
        with CaptureQueriesContext(connection) as queries:
            client.post(address(planned, "report_batch_act"), {"report": pks, "action": "publish"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert ReportDocument.objects.exists()
