"""A manager decides, officers write a plan together and save a view, wide and on a telephone, with
scripts and without."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEED = """
from tests import make
from accounts.models import User
who = {u.email.split('@')[0]: u for u in User.objects.all()}
people = make.People.__new__(make.People)
for name in ('kenya', 'fiji', 'officer', 'manager', 'administrator'):
    setattr(people, name, who[name])
print(make.advanced(people, '%s').pk)
"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
WAYS = [(WIDE, True), (PHONE, False)]  # in words; `test_each_way.py` has the others


def seeded(stack: Stack, state: str) -> int:
    """A request of Kenya's in a state."""
    return int(stack.run(SEED % state))


@pytest.mark.parametrize(("window", "scripts"), WAYS)
def test_a_manager_accepts_in_part_from_one_page(
    stack: Stack, browser: Any, window: dict[str, int], scripts: bool
) -> None:
    path = f"/requests/{seeded(stack, 'complete')}/"
    manager = Person(
        browser, stack.url, "manager@example.org", viewport=window, java_script_enabled=scripts
    )
    manager.visit(path)
    manager.press("Decide")
    manager.reads("The request in short", "Assessment", "Funds that fit", "Your decision")
    assert manager.sideways() == 0
    decision = manager.page.locator("details.decision", has_text="Accept in part")
    decision.locator("summary").first.click()
    decision.locator("[name=priority]").first.check()
    decision.locator("[name=estimate]").fill("46,000")
    decision.locator("[name=funding]").select_option(index=1)
    if scripts:
        expect(manager.page.locator("td[data-after]").first).to_be_visible()
    decision.locator("button.primary").click()
    manager.page.wait_for_load_state()
    manager.reads("What is not covered", "The request in short")  # it is asked for, nothing is lost
    decision = manager.page.locator("details.decision[open]")
    expect(decision.locator("[name=estimate]")).to_have_value("46,000")
    decision.locator("[name=not_covered]").fill("The vehicles")
    decision.locator("button.primary").click()
    manager.page.wait_for_url(f"**{path}")
    manager.reads("Accepted")
    manager.leave()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_a_decision_fits_a_telephone_in_both_directions(
    stack: Stack, browser: Any, language: str
) -> None:
    manager = Person(browser, stack.url, "manager@example.org", viewport=PHONE)
    path = f"/requests/{seeded(stack, 'complete')}/do/decline/"
    manager.visit("/")
    manager.page.locator(f"footer button[value={language}]").click()
    manager.visit(path)
    assert manager.sideways() == 0
    expect(manager.page.locator("details.decision[open]")).to_have_count(1)
    manager.page.locator("footer button[value=en]").click()
    manager.leave()


@pytest.mark.parametrize(("window", "scripts"), WAYS)
def test_two_officers_write_one_plan(
    stack: Stack, browser: Any, window: dict[str, int], scripts: bool
) -> None:
    path = f"/requests/{seeded(stack, 'accepted')}/do/propose_plan/"
    first, second = (
        Person(browser, stack.url, email, viewport=window, java_script_enabled=scripts)
        for email in ("officer@example.org", "second@example.org")
    )
    for officer in (first, second):
        officer.visit(path)
    day = str(date.today() + timedelta(days=30))
    first.fill(
        **{
            "steps-0-what": "A course",
            "steps-0-starts_on": day,
            "steps-0-ends_on": day,
            "steps-0-who": "Programme",
            "steps-0-cost": "14500",
        }
    )
    first.page.locator("form#action button[name=save_draft]").click()
    first.page.wait_for_load_state()
    first.reads("As the country will see it", "USD 14,500", "Estimate when it was accepted")
    second.fill(summary="In two stages")
    second.page.locator("form#action button[name=save_draft]").click()
    second.page.wait_for_load_state()
    second.reads("saved this plan at", "A course")  # both are there; neither is overwritten
    expect(second.page.locator("[name=summary]")).to_have_value("In two stages")
    assert second.sideways() == 0
    first.leave()
    second.leave()


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_are_saved_as_a_view_and_found_on_the_first_page(
    stack: Stack, browser: Any, scripts: bool
) -> None:
    seeded(stack, "accepted")
    officer = Person(
        browser, stack.url, "officer@example.org", viewport=PHONE, java_script_enabled=scripts
    )
    officer.visit("/requests/?state=accepted")
    officer.page.locator("summary", has_text="Save this view").click()
    officer.fill(name=f"Accepted {scripts}")
    officer.page.locator("main details button", has_text="Save").click()
    officer.page.wait_for_load_state()
    officer.visit("/")
    officer.press(f"Accepted {scripts}")
    assert "state=accepted" in officer.page.url and officer.sideways() == 0
    officer.leave()
