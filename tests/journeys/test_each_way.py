"""Each point of a day's work, wide and on a telephone, with scripts and without, in English and in
Arabic. Nothing here is found by its words, which differ."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stack import Stack
from tests.journeys.ways import WAYS, Way, goes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEED = """
from tests import make
from accounts.models import User
who = {u.email.split('@')[0]: u for u in User.objects.all()}
people = make.People.__new__(make.People)
for name in ('kenya', 'fiji', 'officer', 'manager', 'administrator'):
    setattr(people, name, who[name])
"""


def seeded(stack: Stack, made: str) -> int:
    """The number of what is made."""
    return int(stack.run(f"{SEED}print({made}.pk)"))


def send(person: Person, selector: str) -> None:
    """Presses a button and waits for the page that comes."""
    person.page.locator(f"main {selector}").first.click()
    person.page.wait_for_load_state()
    assert person.sideways() == 0


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_of_an_answer_is_kept_and_some_questions_are_answered_now(
    stack: Stack, browser: Any, way: Way
) -> None:
    pk = seeded(
        stack,
        "make.do(people.officer, make.advanced(people, 'under_review'), 'ask',"
        " questions='How many?\\nWhich law?')",
    )
    with goes(stack, browser, "kenya@example.org", way) as kenya:
        kenya.visit(f"/requests/{pk}/do/answer/")
        kenya.page.locator("[name=answer_1]").fill("Forty")
        send(kenya, "form#action button[name=save_draft]")
        expect(kenya.page.locator("[name=answer_1]")).to_have_value("Forty")
        send(kenya, "form#action button.primary")
        kenya.visit(f"/requests/{pk}/do/answer/")
        expect(kenya.page.locator("[name=answer_1]")).to_have_count(0)
        expect(kenya.page.locator("[name=answer_2]")).to_have_value("")


@pytest.mark.parametrize("way", WAYS)
def test_the_first_page_leads_to_what_is_awaited(stack: Stack, browser: Any, way: Way) -> None:
    seeded(stack, "make.advanced(people, 'under_review')")
    with goes(stack, browser, "officer@example.org", way) as officer:
        officer.visit("/?country=KEN&filters=open")
        assert officer.sideways() == 0
        expect(officer.page.locator("select[name=pillar]")).to_have_count(1)
        link = officer.page.locator("#awaited-me a.title").first
        address = link.get_attribute("href")
        link.click()
        officer.page.wait_for_url(f"**{address}")
        expect(officer.page.locator(".turn-box").first).to_be_visible()


@pytest.mark.parametrize("way", WAYS)
def test_a_plan_is_drafted_with_a_fourth_step(stack: Stack, browser: Any, way: Way) -> None:
    pk = seeded(stack, "make.advanced(people, 'accepted')")
    with goes(stack, browser, "officer@example.org", way) as officer:
        officer.visit(f"/requests/{pk}/do/propose_plan/")
        officer.page.locator("button[value='steps:add']").click()
        officer.page.locator("[name=steps-3-what]").wait_for()
        officer.page.locator("[name=steps-3-what]").fill("A fourth step")
        officer.page.locator("[name=steps-3-cost]").fill("14500")
        send(officer, "form#action button[name=save_draft]")
        expect(officer.page.locator("details.preview")).to_contain_text("A fourth step")
        expect(officer.page.locator("[name=steps-0-what]")).to_have_count(1)


@pytest.mark.parametrize("way", WAYS)
def test_a_request_is_assessed_beside_its_text(stack: Stack, browser: Any, way: Way) -> None:
    pk = seeded(stack, "make.advanced(people, 'under_review')")
    with goes(stack, browser, "officer@example.org", way) as officer:
        officer.visit(f"/requests/{pk}/do/mark_complete/")
        expect(officer.page.locator("aside.request-text")).to_be_visible()
        officer.page.locator("[name=checklist]").first.check()
        officer.page.locator("[name=note_problem]").fill("With fourteen cases")
        send(officer, "form#action button[name=save_draft]")
        expect(officer.page.locator("[name=checklist]").first).to_be_checked()
        expect(officer.page.locator("[name=note_problem]")).to_have_value("With fourteen cases")


@pytest.mark.parametrize("way", WAYS)
def test_a_request_is_accepted_in_part(stack: Stack, browser: Any, way: Way) -> None:
    pk = seeded(stack, "make.advanced(people, 'complete')")
    with goes(stack, browser, "manager@example.org", way) as manager:
        manager.visit(f"/requests/{pk}/do/accept/?accept_in_part=1")
        assert manager.sideways() == 0
        decision = manager.page.locator("details.decision[open]")
        decision.locator("[name=priority]").first.check()
        decision.locator("[name=estimate]").fill("46000")
        decision.locator("[name=funding]").select_option(index=1)
        decision.locator("[name=not_covered]").fill("The vehicles")
        decision.locator("button.primary").click()
        manager.page.wait_for_url(f"**/requests/{pk}/")


@pytest.mark.parametrize("way", WAYS)
def test_an_engagement_is_logged_as_delivered(stack: Stack, browser: Any, way: Way) -> None:
    pk = seeded(stack, "make.advanced(people, 'in_delivery')")
    day = str(date.today() - timedelta(days=1))
    with goes(stack, browser, "officer@example.org", way) as officer:
        officer.visit(f"/engagements/new/?request={pk}")
        officer.fill(title="A workshop", type="workshop", place="Mombasa")
        officer.fill(**{"part0-starts_on": day, "part0-ends_on": day})
        officer.page.locator("[name=has_taken_place]").check()
        officer.fill(**{"part0row0-women": "7", "part0row0-men": "9"})
        send(officer, "form.entry button.primary")
        assert "/engagements/new/" not in officer.page.url
        expect(officer.page.locator(".state.done").first).to_be_visible()


@pytest.mark.parametrize("way", WAYS)
def test_a_call_is_noted(stack: Stack, browser: Any, way: Way) -> None:
    with goes(stack, browser, "officer@example.org", way) as officer:
        officer.visit("/notes/new/?country=FJI")
        officer.fill(whom="The head of the unit", said=f"Spoken in {way.language}")
        send(officer, "form button.primary")
        expect(officer.page.locator("#notes")).to_contain_text(f"Spoken in {way.language}")


@pytest.mark.parametrize("way", WAYS)
def test_a_request_is_checked_declared_and_confirmed(stack: Stack, browser: Any, way: Way) -> None:
    pk = seeded(stack, "make.draft(people.fiji, 'FJI')")
    with goes(stack, browser, "fiji@example.org", way) as fiji:
        fiji.visit(f"/requests/{pk}/do/submit/")
        assert fiji.sideways() == 0
        send(fiji, "form#action button.primary")
        assert fiji.page.url.endswith(f"/requests/{pk}/submitted/")
        expect(fiji.page.locator("main .figure")).to_contain_text("FJI-")
        copy = fiji.page.locator("a[href$='copy.pdf']").get_attribute("href")
        answer = fiji.context.request.get(fiji.url + str(copy))
        assert answer.status == 200 and answer.body().startswith(b"%PDF-")
