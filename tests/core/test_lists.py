"""Lists: columns by reader, cells that are text, heads that sort, filters as chips, empty lists."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Role, User
from core.filters import Order
from core.tables import Column, Sorting, Table, staff
from tests import make
from tests.make import People

TITLE = Order("title", "Title", lambda: ("title", "-id"), "Title, turned round")
LATEST = Order("latest", "Latest", lambda: ("-id",), is_descending=True)
TABLE: Table[str] = Table(
    caption="Words",
    empty="None fits.",
    none_yet="None yet.",
    columns=(
        Column("word", "Word", lambda w: w, sort="title", heads_row=True),
        Column("bold", "Bold", lambda w: format_html("<b>{}</b>", w), css="n", sort="latest"),
        Column("inside", "Inside", lambda w: len(w), audience=staff),
        Column("long", "Long", value=lambda w: w * 2),
    ),
)


OUTSIDE, INSIDE = User(role=Role.FOCAL_POINT), User(role=Role.OFFICER)


def heads(query: str, now: str) -> dict[str, tuple[str, str]]:
    """Address and direction of each head of a list that stands so."""
    sorting = Sorting({"title": TITLE, "latest": LATEST}, now, QueryDict(query))
    shown = TABLE.on_page(INSIDE, [], sorting)
    return {str(head.label): (head.address, head.direction) for head in shown.heads}


def test_cells_are_text_unless_they_are_markup() -> None:
    (row,) = TABLE.on_page(OUTSIDE, ["<i>"]).rows
    assert row == '<th scope="row">&lt;i&gt;</th>\n<td class="n"><b>&lt;i&gt;</b></td>'


def test_a_reader_sees_the_columns_meant_for_them() -> None:
    outside, inside = (TABLE.on_page(reader, ["abc"]) for reader in (OUTSIDE, INSIDE))
    assert [h.label for h in outside.heads] == ["Word", "Bold"]
    assert [h.label for h in inside.heads] == ["Word", "Bold", "Inside"]
    assert "3" not in outside.rows[0] and "<td>3</td>" in inside.rows[0]
    assert [c.code for c in TABLE.exported(OUTSIDE)] == ["long"]


def test_a_head_sorts_then_turns_round_then_back() -> None:
    query = "q=a&page=3"
    assert heads(query, "latest") == {
        "Word": ("?q=a&sort=title", ""),
        "Bold": ("?q=a", "descending"),  # cannot be turned round: taken back
        "Inside": ("", ""),
    }
    assert heads(query, "title")["Word"] == ("?q=a&sort=-title", "ascending")
    assert heads(query, "-title")["Word"] == ("?q=a&sort=title", "descending")


def test_an_order_turns_each_of_its_columns_round() -> None:
    assert TITLE.terms_of("title") == ("title", "-id")
    assert TITLE.terms_of("-title") == ("-title", "id")


def test_an_empty_list_says_whether_filters_emptied_it() -> None:
    assert TABLE.on_page(OUTSIDE, []).empty == "None yet."
    assert TABLE.on_page(OUTSIDE, [], is_narrowed=True).empty == "None fits."


def found(client: Client, query: str) -> Any:
    """The list of requests with these filters."""
    return client.get(f"{reverse('requests')}?{query}")


@pytest.mark.django_db
def test_each_filter_that_is_set_is_a_chip_that_takes_it_away(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    page = found(
        client,
        "state=closed&state=lapsed&q=a%26b&open=yes&country=KEN&received_from=2026-01-02"
        "&sort=title&page=2",
    )
    chips = {chip.label: chip.address for chip in page.context["chips"]}
    rest = "&q=a%26b&open=yes&country=KEN&received_from=2026-01-02&sort=title"
    assert (
        chips["State: Closed"]
        == "?q=a%26b&open=yes&country=KEN&received_from=2026-01-02&sort=title&state=lapsed"
    )
    assert chips["Still open: Yes"] == f"?state=closed&state=lapsed{rest.replace('&open=yes', '')}"
    assert (
        chips["Country: Kenya"] == f"?state=closed&state=lapsed{rest.replace('&country=KEN', '')}"
    )
    assert set(chips) == {
        "Words or reference: a&b",
        "State: Closed",
        "State: Lapsed",
        "Still open: Yes",
        "Country: Kenya",
        "Received from: 2 January 2026",
    }
    for label in chips:
        assert f"Take away the filter “{label.replace('&', '&amp;')}”" in page.content.decode()
    assert found(client, "sort=title").context["chips"] == []
    assert found(client, "state=nowhere&open=yes").context["chips"][0].label == "Still open: Yes"


@pytest.mark.django_db
def test_filters_are_made_where_the_reader_opens_them(people: People, client: Client) -> None:
    client.force_login(people.officer)
    make.submitted(people.kenya)
    closed = found(client, "state=submitted&page=1").content.decode()
    assert "<select" not in closed
    assert 'href="?state=submitted&amp;filters=open#filters"' in closed
    opened = found(client, "state=submitted&filters=open")
    page = opened.content.decode()
    assert '<option value="KEN"' in page and re.search('value="submitted"[^>]*selected', page)
    assert opened.context["chips"][0].address == "?"  # closed, on the first page
    assert all("filters=" not in head.address for head in opened.context["table"].heads)
    assert "filters=open" not in page.partition("</form>")[2].partition("Download as CSV")[0]
    wrong = found(client, "country=XXX").content.decode()
    assert "There is no country with the code “XXX”" in wrong and '<option value="KEN"' in wrong


@pytest.mark.django_db
def test_a_list_is_counted_only_where_it_goes_on(people: People, client: Client) -> None:
    client.force_login(people.officer)
    for title in ("one", "two"):
        make.submitted(people.kenya, title=title)
    found(client, "")
    with CaptureQueriesContext(connection) as asked:
        assert found(client, "").context["total"] == {"count": 2, "exact": True}
        few = len(asked)
    for number in range(24):
        make.submitted(people.kenya, title=f"more {number}")
    with CaptureQueriesContext(connection) as asked:
        assert found(client, "").context["total"] == {"count": 26, "exact": True}
        assert len(asked) == few + 1
    assert found(client, "page=2").context["total"] == {"count": 26, "exact": True}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["requests", "engagements", "countries", "reports"])
def test_every_head_that_sorts_leads_to_a_list_that_stands_so(
    people: People, client: Client, name: str
) -> None:
    client.force_login(people.manager)
    make.advanced(people, "under_review")
    make.engagement(people.officer)
    seen, waiting = set(), [reverse(name)]
    while waiting:
        address = waiting.pop()
        page: Any = client.get(address)
        assert page.status_code == 200 and not page.context["wrong"], address
        for head in page.context["table"].heads:
            following = reverse(name) + head.address
            if head.address and following not in seen:
                seen.add(following)
                waiting.append(following)
                changed: Any = client.get(following)
                (now,) = [h for h in changed.context["table"].heads if h.label == head.label]
                assert now.direction or "sort" not in head.address, following
                pattern = f'aria-sort="{now.direction}"'
                assert (
                    not changed.context["page"].rows
                    or not now.direction
                    or re.search(pattern, changed.content.decode())
                )
    assert len(seen) >= 3


@pytest.mark.django_db
def test_a_list_turned_round_is_the_same_list_from_its_end(people: People, client: Client) -> None:
    client.force_login(people.officer)
    for title in ("b", "a", "c", "a"):
        make.submitted(people.kenya, title=title)
    forth, back = (
        [case.pk for case in found(client, f"sort={sort}").context["page"].rows]
        for sort in ("title", "-title")
    )
    assert forth == back[::-1] and len(forth) == 4
