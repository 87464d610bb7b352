"""The dashboard: live figures by period and scope, each of which opens its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.requests.models import AssistanceRequest
from reports.dashboard.figures import LiveFigures, compared_period, seconds_kept
from reports.documents.illustration import illustrated_document
from reports.figures.scope import ReportScope
from reports.schedules.periods import Rhythm
from reports.snapshots import rows
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json, read_snapshot
from tests import make
from tests.make import People
from tests.reports.producing import busy_people, strangers

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


@pytest.fixture
def client(people: People) -> Client:
    """The manager's browser, with something to count."""
    browser = Client()
    browser.force_login(people.manager)
    return browser


def this_year() -> str:
    """The choice of the running year: a week ago may lie in the quarter before."""
    return f"yearly.{make.programme().today().year}-01-01"


def test_every_number_opens_as_many_rows_as_it_says(client: Client) -> None:
    page = client.get(reverse("dashboard"), {"period": this_year()}).content.decode()
    links = sorted(set(re.findall(r'href="(/programme/rows/[^"]+)"', page)))
    assert len(links) > 20
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
        opened = answer.context["opened"]
        if opened.unit == "count":
            assert len(opened.rows) == opened.figure["value"], link


@pytest.mark.parametrize("given", [{}, {"period": ""}, {"period": "monthly"}])
def test_the_chosen_period_is_the_one_of_the_figures(client: Client, given: dict[str, str]) -> None:
    if given.get("period") == "monthly":
        given = {"period": f"monthly.{make.programme().today():%Y-%m}-01"}
    page = client.get(reverse("dashboard"), given).content.decode()
    chosen = re.findall(r"<option value=\"(\w+)\.[\d-]+\" selected>([^<]+)</option>", page)
    heading = re.search(r"<h1>Programme, ([^<]+)</h1>", page)
    assert heading is not None and chosen == [
        ("monthly" if given.get("period") else "quarterly", heading[1])
    ]


def test_a_scope_counts_its_own_and_stays_in_the_addresses_of_its_numbers(client: Client) -> None:
    page = client.get(reverse("dashboard"), {"period": this_year(), "pillar": "prevention"})
    words = page.content.decode()
    assert "pillar=prevention" in words
    opened = client.get(
        reverse("dashboard_rows", args=["requests_received"]),
        {"period": this_year(), "pillar": "prevention"},
    ).context["opened"]
    assert opened.figure["value"] == 1 and opened.rows[0]["country"] == "FJI"
    assert (
        client.get(reverse("dashboard"), {"period": this_year(), "region": "Europe"}).status_code
        == 200
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "quarterly.yesterday"},
        {"pillar": "magic"},
        {"region": "Atlantis"},
        {"group": "x"},
    ],
)
def test_nonsense_is_answered_at_its_field(client: Client, wrong: dict[str, str]) -> None:
    answer = client.get(reverse("dashboard"), wrong)
    assert answer.status_code == 422 and b"errors" in answer.content
    # nothing was to be saved
    assert b"cannot be shown" in answer.content and b"Not saved" not in answer.content
    assert (
        client.get(reverse("dashboard_rows", args=["requests_received"]), wrong).status_code == 404
    )


def test_a_region_without_a_country_of_the_group_is_answered_in_words(client: Client) -> None:
    some = client.get(reverse("dashboard"), {"region": "Africa", "group": "lldc"})
    none = client.get(reverse("dashboard"), {"region": "Oceania", "group": "lldc"})
    assert some.status_code == 200 and none.status_code == 422
    assert b"No country of this group lies in this region." in none.content


def test_a_figure_that_is_not_there_answers_404(client: Client) -> None:
    assert client.get(reverse("dashboard_rows", args=["nothing"])).status_code == 404


def test_nobody_else_sees_a_number(people: People, client: Client) -> None:
    for person in strangers(people):
        browser = Client()
        browser.force_login(person)
        answer = browser.get(
            reverse("dashboard_rows", args=["requests_received"]), {"period": this_year()}
        )
        # of a programme of their own
        assert answer.status_code in (403, 404) or answer.context["opened"].rows == []
        assert b"KEN-" not in answer.content + browser.get(reverse("dashboard")).content


def test_queries_do_not_grow_with_rows(people: People, client: Client) -> None:
    def queries(pillar: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert (
                client.get(
                    reverse("dashboard"), {"period": this_year(), "pillar": pillar}
                ).status_code
                == 200
            )
        return len(found)

    before = queries("prevention")
    for _n in range(5):
        make.submitted(people.fiji, "FJI", pillar=make.Pillar.objects.get(code="cooperation"))
    assert abs(queries("cooperation") - before) <= 2


def test_who_asked_in_the_period_and_who_has_an_open_request_have_two_names(
    client: Client, people: People
) -> None:
    uganda = make.submitted(make.focal_point("UGA"), "UGA")
    AssistanceRequest.objects.filter(pk=uganda.pk).update(
        received_on=make.programme().today() - timedelta(days=800)
    )
    page = client.get(reverse("dashboard"), {"period": this_year()}).content.decode()
    legend = re.search(r">Asked in the period, not served \((\d+)\)<", page)
    listed = re.search(r"<caption>Open request, not served \((\d+)\)</caption>", page)
    assert legend and listed and "Asked, not served" not in page
    assert int(listed[1]) == int(legend[1]) + 1, "Uganda asked long ago and still waits"


def test_many_rows_stand_on_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "ROWS_A_PAGE", 60)
    address = reverse("dashboard_rows", args=["countries_eligible.group.oda"])
    shown: list[str] = []
    for number in (1, 2, 3):
        answer = client.get(address, {"period": this_year(), "page": number})
        opened = answer.context["opened"]
        shown += [r["reference"] for r in opened.rows]
        assert f"{opened.total} rows" in answer.content.decode() and opened.rows[0]["name"]
        assert ('rel="next"' in answer.content.decode()) is (number < 3)
    assert len(set(shown)) == len(shown) == opened.total > 120


@pytest.fixture
def asked(people: People) -> LiveFigures:
    """The running year of the whole programme, of which nothing is kept yet."""
    cache.clear()
    programme, rhythm = make.programme(), Rhythm("yearly")
    period = rhythm.containing(programme.today())
    assert period is not None
    return LiveFigures(programme, rhythm, period, ReportScope())


def test_the_page_says_what_it_would_with_all_figures_and_rows(asked: LiveFigures) -> None:
    page = asked.page()
    spec = replace(
        asked.spec(datetime.fromisoformat(page["cutoff"])),
        previous=compared_period(asked.programme, asked.rhythm, asked.period),
        only=None,
        listed=None,
    )
    full = read_snapshot(canonical_json(build_snapshot(spec)))
    assert len(page["figures"]) < len(full["figures"])
    assert not any(page["annex"][kind] for kind in ("request", "engagement", "participation"))
    few, everything = (illustrated_document(snapshot, "", "en") for snapshot in (page, full))
    assert few.sections == everything.sections
    assert few.headlines == everything.headlines


def test_a_number_opens_its_rows_as_known_when_it_was_counted(asked: LiveFigures) -> None:
    page = asked.page()
    assert asked.with_rows("requests_received")["cutoff"] == page["cutoff"]
    assert asked.with_rows("participants.women")["cutoff"] == page["cutoff"]
    cache.clear()
    assert asked.with_rows("requests_received")["cutoff"] > page["cutoff"]


def test_the_first_days_of_the_period_before_are_counted_once_a_day(asked: LiveFigures) -> None:
    """They are as known at the end of the last of them, which is past."""
    with CaptureQueriesContext(connection) as at_first:
        page = asked.page()
    cache.delete(asked.key())
    with CaptureQueriesContext(connection) as later:
        again = asked.page()
    assert len(later) < len(at_first) - 15 and again["cutoff"] > page["cutoff"]
    assert again["figures"] == page["figures"]


def test_figures_that_take_long_to_count_are_kept_longer() -> None:
    assert seconds_kept(0.3) == 20 and seconds_kept(6.1) == 122
