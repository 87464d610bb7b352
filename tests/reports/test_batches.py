"""Reports that come many at a time: told of once, looked through on one page, published together."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from countries.models import Country
from notifications.models import Notification
from notifications.tasks import send_notifications
from reports import tasks
from reports.deliveries.models import Delivery
from reports.deliveries.notifications import tell_batches
from reports.reports import services
from reports.reports.models import Report
from reports.reports.production import claim_report, produce_due, produce_report
from reports.reports.subjects import name_of
from reports.schedules.models import Schedule
from tests import make
from tests.make import People
from tests.reports.producing import manager_as_officer, publish, schedule, strangers

pytestmark = pytest.mark.django_db
THREE = ("KEN", "FJI", "UGA")


def briefs(people: People, *, made: bool = True) -> Schedule:
    """Briefs on three countries, due; produced where so asked."""
    countries = list(Country.objects.filter(iso3__in=THREE))
    planned = schedule(
        people, kind="country", title="Briefs", countries=countries, formats=["json"]
    )
    now = timezone.now()
    Report.objects.filter(version__schedule=planned).update(cutoff_at=now, due_at=now)
    if made:
        assert produce_due() == 3
    return planned


def address(planned: Schedule, what: str = "report_batch") -> str:
    """The page of its one period."""
    return reverse(
        what,
        args=[
            planned.pk,
            Report.objects.filter(version__schedule=planned)[0].period_start.isoformat(),
        ],
    )


def reports_of(planned: Schedule) -> list[Report]:
    """Its reports."""
    return list(Report.objects.filter(version__schedule=planned).order_by("pk"))


def chosen(planned: Schedule) -> list[int]:
    """The ids of all of them."""
    return [r.pk for r in reports_of(planned)]


def confirmed(page: str) -> dict[str, list[str]]:
    """What the page that asks once more sends when its button is pressed."""
    form = page[
        page.rindex('<form class="row" method="post">') : page.index(
            "</form>", page.rindex('<form class="row" method="post">')
        )
    ]
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', form):
        sent.setdefault(name, []).append(value)
    return sent


def told(person: make.User) -> list[str]:
    """What somebody was told of reports."""
    return list(
        Notification.objects.filter(user=person, kind__startswith="report.")
        .order_by("pk")
        .values_list("subject", flat=True)
    )


def test_people_hear_once_of_all_that_came_together(people: People) -> None:
    planned = briefs(people)
    (subject,) = told(people.manager)
    assert subject.startswith("Ready for review: Briefs, ") and subject.endswith(": 3 reports")
    assert Notification.objects.get(user=people.manager, kind="report.produced").path == address(
        planned
    )
    assert Delivery.objects.filter(user=people.manager, event="produced").count() == 3
    assert tell_batches() == 0 and tasks.tick() == 0
    assert len(told(people.manager)) == 1


def test_the_first_page_of_a_manager_has_one_line_for_them(people: People, client: Client) -> None:
    planned = briefs(people)
    services.perform_action(people.officer, reports_of(planned)[0].pk, "review")
    client.force_login(people.manager)
    page = client.get("/").content.decode()
    assert page.count(f'href="{address(planned)}"') == 1 and "Produced: 2" in page
    assert page.count(reports_of(planned)[0].get_absolute_url()) == 1  # the only one in review


def test_nobody_hears_of_them_before_the_last_is_made(people: People) -> None:
    briefs(people, made=False)
    for _report in range(2):
        found = claim_report(timezone.now())
        assert found is not None and produce_report(*found)
    assert tell_batches() == 0 and told(people.manager) == []
    last = claim_report(timezone.now())
    assert last is not None
    assert tell_batches() == 0, "the last is being made"
    assert produce_report(*last)
    assert tasks.tick() == 0  # whoever made the last died before telling: the next tick does
    assert len(told(people.manager)) == 1


def test_one_that_failed_holds_up_no_word_of_the_others_and_is_told_of_when_it_is_made(
    people: People,
) -> None:
    planned = briefs(people, made=False)
    first = reports_of(planned)[0]
    Report.objects.filter(pk=first.pk).update(state="failed", reason="ValueError: a stone", tries=6)
    assert produce_due() == 2
    assert [s.rpartition(": ")[2] for s in told(people.manager)] == ["2 reports"]
    services.perform_action(people.manager, first.pk, "retry")
    assert produce_due() == 1
    assert len(told(people.manager)) == 2 and "reports" not in told(people.manager)[-1]


def test_all_are_taken_into_review_and_published_from_one_page(
    people: People, client: Client
) -> None:
    planned = briefs(people)
    client.force_login(people.manager)
    page = client.get(address(planned)).content.decode()
    assert (
        page.count('name="report"') == 3 and "Kenya" in page and "Fiji" in page and "Uganda" in page
    )
    for action, state in (("review", "in_review"), ("send_back", "produced")):
        sent = client.post(
            address(planned, "report_batch_act"),
            {"report": chosen(planned), "action": action, "reason": "Look again."},
        )
        assert sent.status_code == 302 and sent["Location"] == address(planned)
        assert {r.state for r in reports_of(planned)} == {state}
    assert (
        services.perform_all(
            people.officer,
            planned.pk,
            reports_of(planned)[0].period_start,
            chosen(planned),
            "review",
        )
        == 3
    )
    asked = client.post(
        address(planned, "report_batch_act"), {"report": chosen(planned), "action": "publish"}
    )
    assert asked.status_code == 200 and {r.state for r in reports_of(planned)} == {"in_review"}, (
        "asked once more"
    )
    sent = client.post(address(planned, "report_batch_act"), confirmed(asked.content.decode()))
    assert sent.status_code == 302 and sent["Location"] == address(planned)
    assert {r.state for r in reports_of(planned)} == {"published"}
    assert [s.rpartition(": ")[2] for s in told(people.manager)] == ["3 reports"] * 2
    assert told(people.manager)[-1].startswith("Published: ")
    assert len(told(people.kenya)) == len(told(people.fiji)) == 1, (
        "each of the brief of their own country"
    )
    assert "Fiji" not in told(people.kenya)[0]
    send_notifications()
    assert not Notification.objects.unsent().exists()


def test_where_one_cannot_be_changed_none_is_and_the_choice_and_reason_stay(
    people: People, client: Client
) -> None:
    planned = briefs(people)
    first, second, third = reports_of(planned)
    publish(people, first)
    client.force_login(people.manager)
    answer = client.post(
        address(planned, "report_batch_act"),
        {"report": [first.pk, second.pk], "action": "publish", "reason": "Because"},
    )
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "Because" in page
        and f"{name_of(first, 'en')}: This cannot be done now" in page
    )
    assert f'value="{second.pk}"' in page and page.count(" checked") == 1
    assert [r.state for r in reports_of(planned)] == ["published", "produced", "produced"]
    assert (
        client.post(address(planned, "report_batch_act"), {"action": "publish"}).status_code == 422
    )
    for refused in ("correct", "nonsense"):
        assert (
            client.post(
                address(planned, "report_batch_act"), {"report": [third.pk], "action": refused}
            ).status_code
            == 409
        )
    unreasoned = {"report": [second.pk], "action": "review"}
    client.post(address(planned, "report_batch_act"), unreasoned)
    assert (
        client.post(
            address(planned, "report_batch_act"), unreasoned | {"action": "send_back"}
        ).status_code
        == 422
    )


def test_it_is_nobodys_who_may_not_read_the_reports_and_publishes_for_no_officer(
    people: People, client: Client
) -> None:
    planned = briefs(people)
    other = schedule(people, title="Other", formats=["json"])
    strange = Report.objects.filter(version__schedule=other).values_list("pk", flat=True)
    for person in strangers(people):
        client.force_login(person)
        assert client.get(address(planned)).status_code in (403, 404)
        assert client.post(
            address(planned, "report_batch_act"), {"report": chosen(planned), "action": "publish"}
        ).status_code in (403, 404)
    for person in (people.officer, manager_as_officer()):
        client.force_login(person)
        page = client.get(address(planned)).content.decode()
        assert 'value="review"' in page and 'value="publish"' not in page
        assert (
            client.post(
                address(planned, "report_batch_act"),
                {"report": chosen(planned), "action": "publish"},
            ).status_code
            == 409
        )
    assert {r.state for r in reports_of(planned)} == {"produced"}
    client.force_login(people.manager)
    assert (
        client.post(
            address(planned, "report_batch_act"), {"report": list(strange), "action": "publish"}
        ).status_code
        == 404
    )
    assert client.get(f"/reports/schedules/{planned.pk}/periods/yesterday/").status_code == 404
    assert client.get(f"/reports/schedules/{planned.pk}/periods/1999-01-01/").status_code == 404


def test_who_no_longer_works_for_the_programme_gets_no_mail_of_them(people: People) -> None:
    briefs(people)
    make.ProgrammeMembership.objects.filter(user=people.manager).update(
        valid_until=timezone.now().date()
    )
    send_notifications()
    row = Notification.objects.get(user=people.manager, kind="report.produced")
    assert row.given_up_at is not None or row.sent_at is None


def test_the_page_takes_no_more_queries_for_more_reports(people: People, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(people.manager)
    counts = []
    for names in (THREE[:2], (*THREE, "TZA", "RWA", "GHA")):
        planned = schedule(
            people,
            kind="country",
            title=str(names),
            countries=list(Country.objects.filter(iso3__in=names)),
            formats=["json"],
        )
        client.get(address(planned))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(planned))
        counts.append(len(queries))
    assert counts[0] == counts[1]
