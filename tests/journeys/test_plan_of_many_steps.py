"""An officer writes a plan of more steps than the page begins with: rows come in the page with
scripts, and by posting it without."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

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
print(make.advanced(people, 'accepted').pk)
"""
FOCUSED = "document.activeElement.name || document.activeElement.textContent"


def fill_step(officer: Person, place: int, cost: str) -> None:
    """Everything that a step needs."""
    day = date.today() + timedelta(days=place)
    officer.fill(
        **{
            f"steps-{place}-what": f"Step {place}",
            f"steps-{place}-starts_on": str(day),
            f"steps-{place}-ends_on": str(day),
        }
    )
    officer.fill(**{f"steps-{place}-who": "Programme", f"steps-{place}-cost": cost})


@pytest.mark.parametrize("scripts", [True, False])
def test_a_plan_of_five_steps_is_written_row_by_row(
    stack: Stack, browser: Any, scripts: bool
) -> None:
    path = f"/requests/{int(stack.run(SEED))}/"
    officer = Person(browser, stack.url, "officer@example.org", java_script_enabled=scripts)
    page = officer.page
    wrong: list[str] = []
    page.on(
        "console",
        lambda message: (
            wrong.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    officer.visit(f"{path}do/propose_plan/")
    add = page.get_by_role("button", name="Add a row").first
    for place, cost in enumerate(("20,000", "1 500.50", "", "300", "7")):
        if place > 2:
            add.click()
            page.locator(f"[name=steps-{place}-what]").wait_for()
            if scripts:
                assert page.evaluate(FOCUSED) == f"steps-{place}-what"
        fill_step(officer, place, cost)
    if scripts:
        officer.reads("USD 21,807.50")
    page.get_by_role("button", name="Remove row 3").first.click()
    page.locator("[name=steps-4-what]").wait_for(state="detached")
    officer.reads("USD 21,807.50")
    assert [page.input_value(f"[name=steps-{place}-what]") for place in range(4)] == [
        "Step 0",
        "Step 1",
        "Step 3",
        "Step 4",
    ]
    assert page.get_by_label("What, row 4", exact=True).input_value() == "Step 4"
    officer.fill(
        **{
            "indicators-0-title": "Officers certified",
            "indicators-0-unit": "people",
            "indicators-0-baseline": "0",
        }
    )
    officer.press("Propose the plan")
    officer.reads("Row 1, Target: This field is required.")
    officer.fill(**{"indicators-0-target": "40"})
    officer.press("Propose the plan")
    officer.reads("Step 4", "USD 21,807")
    officer.leave()
    assert not wrong


def test_amounts_are_added_up_while_they_are_typed(stack: Stack, browser: Any) -> None:
    officer = Person(browser, stack.url, "officer@example.org")
    officer.visit(f"/requests/{int(stack.run(SEED))}/do/propose_plan/")
    for typed, said in (
        ("1 234,5", "1,234.50"),
        ("1,234,567", "1,234,567"),
        ("١٢", "12"),
        ("12.345", "not a number: row 1"),
        ("", "USD 0"),
    ):
        officer.fill(**{"steps-0-cost": typed})
        officer.reads(said)
    officer.page.locator("[name=steps-2-cost]").press("Enter")
    assert officer.page.evaluate(FOCUSED) == "steps-3-cost", (
        "a row more, in the same column; nothing is sent"
    )
    for _row in range(4, 100):
        officer.page.get_by_role("button", name="Add a row").first.click()
    officer.reads("At most 100 rows can be kept here.")
    assert officer.page.get_by_role("button", name="Add a row").first.is_disabled()
    officer.leave()


def test_the_cost_is_in_sight_and_rows_stack_on_a_phone(stack: Stack, browser: Any) -> None:
    path = f"/requests/{int(stack.run(SEED))}/do/propose_plan/"
    for width, beside in ((1280, True), (360, False)):
        officer = Person(
            browser, stack.url, "officer@example.org", viewport={"width": width, "height": 800}
        )
        officer.visit(path)
        what, cost = (
            officer.page.locator(f"[name=steps-0-{name}]").bounding_box()
            for name in ("what", "cost")
        )
        assert what and cost and cost["x"] + cost["width"] <= width, "nothing is out of sight"
        assert (cost["y"] < what["y"] + what["height"]) is beside
        assert what["width"] > (300 if beside else 280)
        officer.leave()
