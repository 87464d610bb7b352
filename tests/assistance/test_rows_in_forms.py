"""Tables in the forms of actions, as somebody without scripts fills them in: rows are added and
removed, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from assistance.requests.models import AssistanceRequest
from core.workflow.rows import CHANGE, MOST_ROWS
from tests import make
from tests.kept import kept_people
from tests.make import People
from tests.markup import compact

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


@pytest.fixture
def case(people: People, client: Client) -> AssistanceRequest:
    """A case of which the officer at the browser is to propose the plan."""
    client.force_login(people.officer)
    return make.advanced(people, "accepted")


def address(case: AssistanceRequest, action: str = "propose_plan") -> str:
    """The page of an action."""
    return f"/requests/{case.pk}/do/{action}/"


def step(place: int, **changes: str) -> dict[str, str]:
    """What the fields of a step hold."""
    given = {
        "what": f"Step no. {place}",
        "starts_on": "2027-03-01",
        "ends_on": "2027-03-05",
        "who": "Programme",
        "cost": "1000.50",
    } | changes
    return {f"steps-{place}-{name}": value for name, value in given.items()}


def plan(steps: int = 1, **changes: Any) -> dict[str, Any]:
    """A page filled in with so many steps and one indicator."""
    sent: dict[str, Any] = {
        "summary": "Two sentences.",
        "indicators-0-title": "Officers certified",
        "indicators-0-unit": "people",
    }
    sent |= {"indicators-0-baseline": "0", "indicators-0-target": "40"}
    for place in range(steps):
        sent |= step(place)
    return sent | changes


def rows_of(page: str, table: str = "steps") -> list[str]:
    """The rows of a table on a page, without the one that scripts copy."""
    body = re.search(rf'id="id_{table}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert body
    return body[1].split("</tr>")[:-1]


def post(
    client: Client,
    case: AssistanceRequest,
    sent: dict[str, Any],
    status: int = 200,
    action: str = "propose_plan",
) -> str:
    """The page that answers."""
    answer = client.post(address(case, action), sent | {"version": str(case.version)})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return unescape(answer.content.decode())


def test_a_row_is_added_and_everything_typed_stays_and_nothing_is_done(
    people: People, client: Client, case: AssistanceRequest
) -> None:
    assert len(rows_of(client.get(address(case)).content.decode())) == 3
    page = post(client, case, plan(3) | {CHANGE: "steps:add"})
    rows = rows_of(page)
    assert (
        len(rows) == 4
        and "Step no. 2" in rows[2]
        and "Two sentences." in page
        and "Officers certified" in page
    )
    assert (
        re.search(r'<textarea name="steps-3-what"[^>]* autofocus', rows[3])
        and page.count(" autofocus") == 1
    )
    assert 'class="notice error"' not in page and not case.plans.exists()
    assert rows_of(post(client, case, plan(4) | {CHANGE: "steps:add"}))[4:], "and another"


def test_blank_rows_that_stand_there_stay_when_another_is_added(
    client: Client, case: AssistanceRequest
) -> None:
    blank = step(1, what="", starts_on="", ends_on="", who="", cost="") | step(
        2, what="", starts_on="", ends_on="", who="", cost=""
    )
    page = post(client, case, plan(1) | blank | {CHANGE: "indicators:add"})
    assert len(rows_of(page)) == 3 and len(rows_of(page, "indicators")) == 2


def test_a_row_is_removed_and_the_next_takes_its_place_and_the_focus(
    client: Client, case: AssistanceRequest
) -> None:
    rows = rows_of(post(client, case, plan(4) | {CHANGE: "steps:remove:2"}))
    assert [re.search(r"Step no\. \d", row)[0] for row in rows] == [  # type: ignore[index]
        "Step no. 0",
        "Step no. 2",
        "Step no. 3",
    ]
    assert " autofocus" in rows[1] and not case.plans.exists()
    last = rows_of(post(client, case, plan(4) | {CHANGE: "steps:remove:4"}))
    assert len(last) == 3 and " autofocus" in last[2]
    only = rows_of(post(client, case, plan(1) | {CHANGE: "steps:remove:1"}))
    assert only and "Step no." not in "".join(only)


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "steps",
        "steps:remove:0",
        "steps:remove:99",
        "steps:remove:x",
        "nothing:add",
        "steps:burn",
    ],
)
def test_a_button_that_asks_for_nothing_known_changes_and_does_nothing(
    client: Client, case: AssistanceRequest, wanted: str
) -> None:
    assert len(rows_of(post(client, case, plan(3) | {CHANGE: wanted}))) == 3
    assert not case.plans.exists()


def test_enter_in_a_field_works_out_the_totals_and_sends_no_plan(
    client: Client, case: AssistanceRequest
) -> None:
    page = client.get(address(case)).content.decode()
    form = page[page.index('enctype="multipart/form-data"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first and f'name="{CHANGE}"' in first[0] and 'value=""' in first[0], (
        "browsers press the first button of a form on Enter"
    )


def test_costs_add_up_in_the_programmes_currency_and_say_which_is_no_number(
    client: Client, case: AssistanceRequest
) -> None:
    case.programme.currency = "EUR"
    case.programme.save()
    sent = (
        plan(5)
        | step(1, cost="20,000")
        | step(2, cost="")
        | step(3, cost="many")
        | {CHANGE: "steps:add"}
    )
    page = post(client, case, sent)
    total = compact(page[page.index("<tfoot>") : page.index("</tfoot>")])
    assert (
        "EUR <bdi>22,001</bdi>" in total
        and "<bdi data-unread>4</bdi>" in total
        and "hidden" not in total
    )
    assert "Estimated cost (EUR)" in page and "EUR" not in of_indicators(page)
    assert "EUR <bdi>3,001.50</bdi>" in compact(post(client, case, plan(3) | {CHANGE: "steps:add"}))


def test_a_plan_of_many_steps_and_indicators_is_kept_whole(
    people: People, client: Client, case: AssistanceRequest
) -> None:
    sent = plan(25)
    for place in range(1, 12):
        sent |= {
            f"indicators-{place}-{name}": value
            for name, value in (
                ("title", f"No. {place}"),
                ("unit", "%"),
                ("baseline", "1"),
                ("target", "2"),
            )
        }
    post(client, case, sent, 302)
    kept = case.plans.get()
    assert (
        kept.steps.count() == 25
        and kept.indicators.count() == 12
        and kept.cost == Decimal("25012.50")
    )
    make.do(
        people.kenya, AssistanceRequest.objects.get(pk=case.pk), "agree", agreed_by_name="P. Otieno"
    )
    page = client.get(address(case, "revise_plan")).content.decode()
    assert len(rows_of(page)) == 26 and len(rows_of(page, "indicators")) == 13, (
        "with a blank row each to go on in"
    )


def test_an_error_names_row_and_column_leads_to_the_cell_and_keeps_what_was_typed(
    client: Client, case: AssistanceRequest
) -> None:
    page = post(
        client,
        case,
        plan(6) | step(4, starts_on="soon", what="A fifth") | step(5, ends_on="2027-02-01"),
        422,
    )
    assert "Row 5, From: Write a date that exists" in page
    assert "Row 6, Until: This is before the day on which it begins." in page
    assert 'href="#id_steps-4-starts_on"' in page and 'value="soon"' in page and "A fifth" in page
    cell = re.search(r'<input[^>]*name="steps-4-starts_on"[^>]*>', page)
    assert (
        cell
        and 'aria-invalid="true"' in cell[0]
        and 'aria-describedby="id_steps-4-starts_on_error"' in cell[0]
    )
    assert re.search(r'id="id_steps-4-starts_on_error">Write a date that exists', page), (
        "it is said in the cell too"
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("aria-invalid") == 2 and len(rows_of(page)) == 7


def test_the_bound_is_said_and_no_row_is_added_beyond_it(
    client: Client, case: AssistanceRequest
) -> None:
    sentence = f"At most {MOST_ROWS} rows can be kept here."
    button = r'value="steps:add" data-add( disabled)?>'
    within = post(client, case, plan(MOST_ROWS - 1) | {CHANGE: "steps:add"})
    for given in (within, post(client, case, plan(MOST_ROWS) | {CHANGE: "steps:add"})):
        page = compact(given)
        assert len(rows_of(page)) == MOST_ROWS and f"data-full>{sentence}" in page
        found = re.search(button, page)
        assert found and found[1], "nothing more to add"
    assert f"data-full hidden>{sentence}" in compact(client.get(address(case)).content.decode())
    refused = post(client, case, plan(MOST_ROWS + 1), 422)
    assert (
        f"At most {MOST_ROWS} rows can be sent; here are {MOST_ROWS + 1}." in refused
        and f"Step no. {MOST_ROWS}" in refused
    )
    post(client, case, plan(MOST_ROWS), 302)


def test_every_field_has_a_name_of_its_own_and_the_table_one_for_all(
    client: Client, case: AssistanceRequest
) -> None:
    page = post(client, case, plan(4) | {CHANGE: "steps:add"})
    labels = re.findall(r'aria-label="([^"]+)"', "".join(rows_of(page)))
    assert len(labels) == len(set(labels)) == 5 * 6, "five columns and the button"
    assert {"What, row 5", "Estimated cost (USD), row 5", "Remove row 5"} <= set(labels)
    assert "<legend>Steps" in compact(page) and "<legend>Indicators" in compact(page)


def test_who_changed_rows_learns_that_the_case_moved_on_meanwhile(
    people: People, client: Client, case: AssistanceRequest
) -> None:
    """The page keeps the version that it was first made from, however often a row is added."""
    make.do(people.manager, case, "hold", reason="Elections", next_look_on=date(2030, 1, 1))
    page = post(client, case, plan(2) | {CHANGE: "steps:add"})
    assert f'name="version" value="{case.version}"' in page
    assert "Step no. 1" in post(client, case, plan(2), 409)


def test_a_line_pasted_with_line_ends_is_one_line_and_one_too_long_is_refused(
    client: Client, case: AssistanceRequest
) -> None:
    refused = post(
        client, case, plan(1) | step(0, who="x" * 201) | {"indicators-0-unit": "u" * 61}, 422
    )
    assert (
        "Row 1, Who: This has 201 characters; at most 200" in refused
        and "Row 1, Unit: This has 61 characters; at most 60" in refused
    )
    post(client, case, plan(1) | step(0, what="Course\r\n in Nairobi"), 302)
    assert case.plans.get().steps.get().what == "Course in Nairobi"


def of_indicators(page: str) -> str:
    """The table of indicators in the form."""
    return page.partition('id="id_indicators"')[2].partition("</table>")[0]
