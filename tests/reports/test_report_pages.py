"""Pages of reports and schedules: who opens them, what they say, what may be done on them."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notification
from reports import tasks
from reports.documents import render
from reports.documents.models import ReportDocument
from reports.documents.storage import REWRITING, rewrite_all
from reports.reports import services
from reports.reports.models import Report, ReportRevision
from reports.reports.production import produce_due
from reports.schedules.models import Schedule
from reports.snapshots.canonical import canonical_json
from tests import make
from tests.make import People
from tests.reports.producing import (
    busy_people,
    contents_of,
    manager_as_officer,
    produce,
    produced,
    publish,
    schedule,
    strangers,
)

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


def text(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def act(client: Client, report: Report, action: str, **data: str) -> Any:
    """Takes an action on the page of a report."""
    return client.post(reverse("report_act", args=[report.pk, action]), data)


def publish_confirmed(client: Client, report: Report) -> Any:
    """Publishes from the page that says what publishing does."""
    page = text(client, reverse("report_publish", args=[report.pk]))
    mark = re.search(r'name="confirm" value="(\w+)"', page)
    assert mark
    return act(client, report, "publish", confirm=mark[1])


def pages_of(report: Report) -> list[str]:
    """Every address behind which a report can be read."""
    documents = [
        reverse("report_document", args=[d.key])
        for d in ReportDocument.objects.filter(revision__report=report)
    ]
    figures = [reverse("figure", args=[report.pk, "requests_received"])]
    return [
        report.get_absolute_url(),
        reverse("report_preview", args=[report.pk]),
        *figures,
        *documents,
    ]


def filled(**changes: Any) -> dict[str, Any]:
    """What the form of a schedule sends."""
    return {
        "programme": make.programme().pk,
        "title": "Quarterly report",
        "frequency": "quarterly",
        "valid_from": "2026-07-15",
        "cutoff_days": "11",
        "languages": ["en", "fr"],
        "formats": ["html", "pdf"],
    } | changes


# Who opens what


def test_staff_of_the_programme_open_a_report_and_everything_in_it(
    people: People, client: Client
) -> None:
    report = produced(people)
    for person in (people.officer, people.manager):
        client.force_login(person)
        assert "Progress report" in text(client, reverse("reports"))
        for address in pages_of(report):
            assert client.get(address, follow=True).status_code == 200, address


def test_nobody_else_opens_anything_of_it_nor_gets_a_byte_of_a_document(
    people: People, client: Client
) -> None:
    report = produced(people, title="Secret of the programme")
    for person in strangers(people):
        client.force_login(person)
        for address in pages_of(report):
            response = client.get(address)
            assert response.status_code == 404, address
            assert (
                b"Secret of the programme" not in response.content
                and b"requests_received" not in response.content
            )
        for action in ("review", "publish", "send_back", "highlights", "skip"):
            assert act(client, report, action, reason="x", highlights="x").status_code == 404
        for name in ("reports", "schedules"):
            response = client.get(reverse(name))
            assert response.status_code == (200 if person.is_programme_staff else 403)
            assert b"Secret of the programme" not in response.content
    report.refresh_from_db()
    assert report.state == "produced"


def test_who_is_not_signed_in_is_asked_to_sign_in(people: People, client: Client) -> None:
    for address in pages_of(produced(people)):
        response = client.get(address)
        assert response.status_code == 302 and "login" in response["Location"]


def test_documents_are_the_stored_bytes(people: People, client: Client) -> None:
    report = produced(people, formats=["html", "pdf", "xlsx", "csv", "json"])
    client.force_login(people.officer)
    kept = list(ReportDocument.objects.filter(revision__report=report))
    assert sorted((d.audience, d.format) for d in kept) == [
        (a, f) for a in ("internal", "public") for f in ("csv", "html", "json", "pdf", "xlsx")
    ]
    for document in kept:
        response = client.get(reverse("report_document", args=[document.key]))
        assert (
            hashlib.sha256(response.content).hexdigest() == document.sha256
            and len(response.content) == document.size
        )
        assert (
            response["ETag"] == f'"{document.sha256}"'
            and response["X-Content-Type-Options"] == "nosniff"
        )
        policy = response["Content-Security-Policy"]
        assert (
            policy.startswith("default-src 'none'; ")
            and "; sandbox" in policy
            and "unsafe" not in policy
        )
        styles = (
            re.findall(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
            if document.format == "html"
            else []
        )
        assert [
            base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in styles
        ] == re.findall("'sha256-([^']+)'", policy)
        assert len(styles) == (document.format == "html") and (
            document.format != "html" or b" style=" not in response.content
        )
        assert response["Content-Disposition"].startswith("attachment") and response[
            "Content-Disposition"
        ].endswith(f'.{document.format}"')


def test_every_figure_on_the_page_opens_its_rows(people: People, client: Client) -> None:
    report = produced(people)
    client.force_login(people.officer)
    page = text(client, report.get_absolute_url())
    addresses = set(re.findall(rf'href="(/reports/{report.pk}/figures/[^"]+)"', page))
    assert len(addresses) > 10
    assert report.current is not None
    figures = contents_of(report.current)["figures"]
    for address in addresses:
        code = address.rstrip("/").rpartition("/")[2]
        rows = text(client, address).partition("<tbody>")[2].count("<tr>")
        assert rows == len(figures[code]["rows"]["ids"])
        assert rows == figures[code]["value"] or figures[code]["unit"] != "count", code
    received = text(client, reverse("figure", args=[report.pk, "requests_received"]))
    assert "KEN-" in received and "FJI-" in received
    for code in ("nonsense", "requests_received.pillar.nonsense", "a.b.c"):
        text(client, reverse("figure", args=[report.pk, code]), status=404)


# What may be done


def test_officers_review_and_only_managers_of_the_programme_publish(
    people: People, client: Client
) -> None:
    report = produced(people)
    client.force_login(people.officer)
    assert act(client, report, "review").status_code == 302
    assert "Publish" not in text(client, report.get_absolute_url())
    for person in (people.officer, manager_as_officer()):
        client.force_login(person)
        for action in ("publish", "send_back"):
            assert act(client, report, action, reason="Again").status_code == 409
    client.force_login(people.manager)
    assert publish_confirmed(client, report).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.published_by) == ("published", people.manager)
    page = text(client, report.get_absolute_url())
    assert "published by Lina Haddad" in page and "reviewed by Anna Rossi" in page


def test_sending_back_needs_a_reason_and_says_so(people: People, client: Client) -> None:
    report = produced(people)
    client.force_login(people.manager)
    act(client, report, "review")
    refused = act(client, report, "send_back", reason="  ")
    assert refused.status_code == 422 and "Give a reason." in refused.content.decode()
    assert act(client, report, "send_back", reason="Figures of Fiji?").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.reason) == ("produced", "Figures of Fiji?")
    assert "Figures of Fiji?" in text(client, report.get_absolute_url())


def test_what_was_typed_is_kept_where_the_report_has_moved_on_in_the_meantime(
    people: People, client: Client
) -> None:
    report = produced(people)
    publish(people, report)
    client.force_login(people.manager)
    late = act(client, report, "send_back", reason="Typed at length")
    assert late.status_code == 409 and "Published" in late.content.decode()
    client.force_login(people.officer)
    late = act(client, report, "highlights", highlights="A law was passed in <Fiji>.")
    assert late.status_code == 409 and "A law was passed in &lt;Fiji&gt;." in late.content.decode()
    assert report.current is not None and report.current.highlights == ""


def test_highlights_stand_on_the_page_and_in_every_document(people: People, client: Client) -> None:
    report = produced(people)
    before = set(ReportDocument.objects.values_list("sha256", flat=True))
    client.force_login(people.officer)
    assert (
        act(client, report, "highlights", highlights="A law was passed in Fiji.").status_code == 302
    )
    assert "being made anew" in text(client, report.get_absolute_url())
    # until then the former ones can be had
    assert len(set(ReportDocument.objects.values_list("sha256", flat=True)) & before) == 4
    assert tasks.tick() == 0 and rewrite_all() == 1
    page = text(client, report.get_absolute_url())
    assert "A law was passed in Fiji." in page and "being made anew" not in page
    after = list(ReportDocument.objects.filter(revision__report=report))
    assert len(after) == 4 and not before & {d.sha256 for d in after if d.format == "html"}
    assert all(
        b"A law was passed in Fiji." in bytes(d.content) for d in after if d.format == "html"
    )


def test_words_that_are_too_long_are_refused_and_kept_in_the_form(
    people: People, client: Client
) -> None:
    report = produced(people)
    client.force_login(people.manager)
    long = act(client, report, "highlights", highlights="x" * 20_001)
    assert (
        long.status_code == 422
        and "20001 characters" in long.content.decode()
        and "x" * 20_001 in long.content.decode()
    )
    act(client, report, "review")
    long = act(client, report, "send_back", reason="y" * 501)
    assert (
        long.status_code == 422
        and "501 characters" in long.content.decode()
        and "y" * 501 in long.content.decode()
    )
    report.refresh_from_db()
    assert (
        report.state == "in_review"
        and report.current is not None
        and report.current.highlights == ""
    )


def test_highlights_that_change_while_the_documents_are_written_stand_in_them_in_the_end(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = produced(people, formats=["html"])
    services.set_highlights(people.officer, report.pk, "First words.")
    document = render.render_document

    def meanwhile(*given: Any) -> bytes:
        monkeypatch.undo()
        services.set_highlights(people.officer, report.pk, "Second words.")
        return document(*given)

    monkeypatch.setattr(render, "render_document", meanwhile)
    assert rewrite_all() == 0 and rewrite_all() == 1
    assert all(b"Second words." in bytes(d.content) for d in ReportDocument.objects.all())


def test_two_at_once_do_not_write_the_same_documents_and_one_that_died_holds_up_nobody(
    people: People,
) -> None:
    report = produced(people, formats=["html"])
    services.set_highlights(people.officer, report.pk, "Words.")
    assert report.current is not None
    key = REWRITING + report.current.pk
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    assert rewrite_all() == 0
    other.close()  # as when its process is killed; the database notices a moment later
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [key, key])
    assert rewrite_all() == 1


def test_an_edition_that_no_longer_is_to_be_goes_with_its_documents(people: People) -> None:
    report = produced(people, formats=["html"])
    assert report.current is not None and report.current.editions.get().audience == "public"
    report.version.countries.set(make.Country.objects.filter(iso3="KEN"))
    services.set_highlights(people.officer, report.pk, "Words.")
    assert rewrite_all() == 1
    assert not report.current.editions.exists() and {
        d.audience for d in report.current.documents.all()
    } == {"internal"}


def test_documents_that_cannot_be_written_hold_up_no_others(people: People) -> None:
    report = produced(people, formats=["html"])
    other = produce(schedule(people, title="Other", formats=["csv"]))
    for one in (report, other):
        services.set_highlights(people.officer, one.pk, "Words.")
    ReportRevision.objects.filter(report=report).update(snapshot="{}")
    assert rewrite_all() == 1
    assert list(
        ReportRevision.objects.filter(rewrite_asked_at=None).values_list("report_id", flat=True)
    ) == [other.pk]


def test_an_action_that_does_not_exist_answers_404(people: People, client: Client) -> None:
    report = produced(people)
    client.force_login(people.manager)
    assert act(client, report, "burn").status_code == 404
    assert client.get(reverse("report_act", args=[report.pk, "review"])).status_code == 405


def test_a_period_is_skipped_with_a_reason_and_by_name(people: People, client: Client) -> None:
    schedule(people)
    report = Report.objects.get()
    client.force_login(people.manager)
    assert act(client, report, "skip").status_code == 422
    assert act(client, report, "skip", reason="Programme not yet begun").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.skipped_by, report.reason) == (
        "skipped",
        people.manager,
        "Programme not yet begun",
    )
    Report.objects.update(cutoff_at=report.created_at, due_at=report.created_at)
    assert produce_due() == 0


def test_a_preview_is_live_labelled_and_stored_nowhere(people: People, client: Client) -> None:
    schedule(people)
    report = Report.objects.get()
    client.force_login(people.officer)
    address = reverse("report_preview", args=[report.pk])
    assert "Preview" in text(client, address) and "not stored" in text(client, address)
    make.submitted(people.kenya)
    received = re.search(r'Requests received</p><span class="figure">(\d+)<', text(client, address))
    assert received and received[1] == "3"  # with the two of the busy programme
    assert not ReportRevision.objects.exists() and not ReportDocument.objects.exists()
    report.refresh_from_db()
    assert report.state == "expected"
    produce(Schedule.objects.get())
    assert client.get(address)["Location"] == report.get_absolute_url()


def test_recipients_and_managers_are_told_once(people: People, client: Client) -> None:
    planned = schedule(people, recipients=[people.officer, people.manager, people.kenya])
    report = produce(planned)
    assert produce_due() == 0

    def told(kind: str) -> list[str]:
        return sorted(Notification.objects.filter(kind=kind).values_list("user__name", flat=True))

    assert told("report.produced") == ["Anna Rossi", "Lina Haddad"]
    client.force_login(people.manager)
    act(client, report, "review")
    act(client, report, "send_back", reason="Again")
    publish(people, report)
    assert act(client, report, "publish").status_code == 409
    assert told("report.published") == ["Anna Rossi", "Lina Haddad"]
    assert told("report.produced") == ["Anna Rossi", "Lina Haddad"]
    page = text(client, report.get_absolute_url())
    assert "Told" in page and "Anna Rossi" in page and "Jane Wanjiru" not in page


# Schedules


def test_managers_set_a_schedule_that_begins_with_its_period(
    people: People, client: Client
) -> None:
    client.force_login(people.manager)
    assert (
        client.post(reverse("schedule_new"), filled(recipients=[people.officer.pk])).status_code
        == 302
    )
    planned = Schedule.objects.get()
    version = planned.versions.get()
    assert (str(version.valid_from), version.languages, version.formats) == (
        "2026-07-01",
        ["en", "fr"],
        ["html", "pdf"],
    )
    assert (
        list(version.recipients.all()) == [people.officer] and planned.created_by == people.manager
    )
    page = text(client, reverse("schedules"))
    assert "Quarterly report" in page and page.count("<li>") >= 5


def test_only_managers_of_the_programme_set_or_pause_schedules(
    people: People, client: Client
) -> None:
    planned = schedule(people)
    for person in (people.officer, manager_as_officer(), *strangers(people)):
        client.force_login(person)
        assert client.post(reverse("schedule_new"), filled()).status_code in (403, 422)
        assert client.post(
            reverse("schedule_pause", args=[planned.pk]), {"paused": "yes"}
        ).status_code in (403, 404)
    assert Schedule.objects.get() == planned and not planned.is_paused
    client.force_login(people.officer)
    page = text(client, reverse("schedules"))
    assert (
        reverse("schedule_new") not in page
        and reverse("schedule_pause", args=[planned.pk]) not in page
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Give the report a title."),
        ("title", "x" * 201, "200"),
        ("frequency", "hourly", "hourly"),
        ("valid_from", "soon", "date"),
        ("valid_from", "0026-07-01", "26 cannot be right"),
        ("cutoff_days", "0", "1"),
        ("cutoff_days", "many", "number"),
        ("languages", ["xx"], "xx"),
        ("formats", [], "required"),
        ("recipients", ["0"], "0"),
        ("programme", "9999999", "choice"),
    ],
)
def test_wrong_values_of_a_schedule_get_a_sentence_and_what_was_typed_is_kept(
    people: People, client: Client, field: str, value: Any, sentence: str
) -> None:
    client.force_login(people.manager)
    response = client.post(
        reverse("schedule_new"), filled(**{"title": "Typed title", field: value})
    )
    page = response.content.decode()
    assert response.status_code == 422 and sentence in page
    assert field == "title" or "Typed title" in page
    assert not Schedule.objects.exists()


def test_a_paused_schedule_makes_nothing_and_says_so(people: People, client: Client) -> None:
    planned = schedule(people)
    client.force_login(people.manager)
    assert (
        client.post(reverse("schedule_pause", args=[planned.pk]), {"paused": "yes"}).status_code
        == 302
    )
    assert "Paused" in text(client, reverse("schedules"))
    now = timezone.now()
    Report.objects.update(cutoff_at=now, due_at=now)
    assert produce_due() == 0
    client.post(reverse("schedule_pause", args=[planned.pk]), {"paused": "no"})
    skipped = Report.objects.get(state="skipped")
    assert skipped.skipped_by == people.manager and "Paused when it was due." in text(
        client, reverse("reports")
    )


def test_the_queries_of_lists_do_not_grow(people: People, client: Client) -> None:
    client.force_login(people.officer)

    def queries(name: str) -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name)).status_code == 200
        return len(found)

    schedule(people, title="One")
    few = queries("reports"), queries("schedules")
    for number in range(4):
        schedule(
            people,
            title=f"More {number}",
            frequency="weekly",
            valid_from=make.programme().today() - timedelta(days=60),
        )
    assert Report.objects.count() > 10
    # a list that goes on is counted
    assert (queries("reports"), queries("schedules")) == (few[0] + 1, few[1])


def test_a_report_that_failed_stands_on_the_managers_first_page_with_its_reason_and_a_button(
    people: People, client: Client
) -> None:
    report = produced(people)
    Report.objects.filter(pk=report.pk).update(
        state="failed", reason="ValueError: a stone", tries=6
    )
    client.force_login(people.manager)
    page = client.get("/").content.decode()
    assert (
        "ValueError: a stone" in page and reverse("report_act", args=[report.pk, "retry"]) in page
    )
    assert client.post(reverse("report_act", args=[report.pk, "retry"])).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.tries) == ("expected", 0)


def test_a_report_of_former_times_opens_though_a_figure_of_it_is_no_longer_defined(
    people: People,
) -> None:
    report = produced(people)
    revision: Any = report.current
    snapshot = contents_of(revision)
    former = {"unit": "count", "value": 3, "rows": {"kind": "request", "ids": []}}
    snapshot["figures"] |= {"counted_once": former, "counted_once.region.Africa": former}
    ReportRevision.objects.filter(pk=revision.pk).update(snapshot=canonical_json(snapshot))
    manager = Client()
    manager.force_login(people.manager)
    assert "Requests received" in text(manager, report.get_absolute_url())
    for code in ("counted_once", "counted_once.region.Africa"):
        assert code in text(manager, reverse("figure", args=[report.pk, code]))
    listed = manager.get(reverse("api-report-detail", args=[report.pk])).json()["figures"]
    assert {"counted_once", "counted_once.region.Africa"} <= {f["code"] for f in listed}
