"""Somebody who attended a course answers in Arabic on a telephone, without an account; the officer
reads what five said."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stack import Stack
from tests.journeys.test_every_page import RULES, RUN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"width": 360, "height": 740}
SEED = """
from tests import make
from accounts.models import User
officer = User.objects.get(email='officer@example.org')
print(make.engagement(officer, make.part(KEN={'women': 3, 'men': 3})).pk)
"""


def telephone(browser: Any, address: str, **window: Any) -> Any:
    """A page of a stranger who reads Arabic."""
    context = browser.new_context(viewport=PHONE, locale="ar", **window)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.add_init_script(Axe().axe_script)
    page.goto(address)
    return page


def test_a_room_answers_in_arabic_and_the_officer_reads_it(stack: Stack, browser: Any) -> None:
    deed = int(stack.run(SEED))
    officer = Person(browser, stack.url, "officer@example.org")
    officer.visit(f"/engagements/{deed}/")
    officer.press("Evaluation")
    expect(officer.page.locator("[name=asked]")).to_have_value("6")
    officer.press("Ask by a link")
    officer.reads("0 of 6 answered")
    expect(officer.page.locator(".qr svg")).to_be_visible()
    address = str(officer.page.locator(".address a").get_attribute("href"))
    for number in range(5):
        page = telephone(browser, address, java_script_enabled=number != 1)
        if number == 0:
            expect(page.locator("html")).to_have_attribute("dir", "rtl")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
            assert page.evaluate(RUN, [[], RULES]) == []
            page.locator("main button.primary").click()  # nothing is answered yet
            expect(page.locator("main [role=alert]")).to_be_visible()
        page.locator(f"[name=relevance][value='{4 if number else 5}']").check()
        page.locator("[name=comment]").fill("دورة مفيدة")
        page.locator("main button.primary").click()
        expect(page.locator("main form")).to_have_count(0)
        page.goto(address)  # from one device once
        expect(page.locator("main form")).to_have_count(0)
        page.context.close()
    officer.visit(f"/engagements/{deed}/evaluation/")
    officer.reads("5 of 6 answered")
    officer.press("Close it now")
    officer.reads("4.20 / 5 (5)")
    officer.page.locator("summary").first.click()
    officer.reads("دورة مفيدة")
    officer.leave()
