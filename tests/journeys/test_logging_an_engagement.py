"""An officer on a mission logs a workshop on a telephone: at most twelve fields, and twenty taps
outside text."""

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
print(make.advanced(people, 'in_delivery').pk)
"""
PHONE = {"width": 360, "height": 740}


class Counting:
    """A person's hands: counts fields that are filled in and taps that are no typing."""

    def __init__(self, person: Person) -> None:
        self.person, self.fields, self.taps = person, 0, 0

    def type(self, name: str, text: str) -> None:
        """A field of text: a tap into it, and words."""
        self.fields, self.taps = self.fields + 1, self.taps + 1
        self.person.page.locator(f"main [name='{name}']").fill(text)

    def choose(self, name: str, value: str) -> None:
        """A list: a tap to open it, and one on the choice."""
        self.fields, self.taps = self.fields + 1, self.taps + 2
        self.person.page.locator(f"main [name='{name}']").select_option(value)

    def tick(self, name: str) -> None:
        """A box."""
        self.fields, self.taps = self.fields + 1, self.taps + 1
        self.person.page.locator(f"main [name='{name}']").check()

    def press(self, label: str) -> None:
        """A button or a link."""
        self.taps += 1
        self.person.press(label)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_workshop_is_logged_in_a_dozen_fields(stack: Stack, browser: Any, scripts: bool) -> None:
    path = f"/requests/{int(stack.run(SEED))}/"
    officer = Person(
        browser, stack.url, "officer@example.org", viewport=PHONE, java_script_enabled=scripts
    )
    hands, yesterday = Counting(officer), date.today() - timedelta(days=1)
    officer.visit(path)
    hands.press("Log an engagement")
    assert officer.sideways() == 0
    hands.type("title", "Workshop on contact points")
    hands.choose("type", "workshop")
    hands.type("place", "Mombasa")
    hands.type("part0-starts_on", str(yesterday - timedelta(days=2)))
    hands.type("part0-ends_on", str(yesterday))
    hands.tick("has_taken_place")
    hands.type("outcome", "Nine contact points agreed on one form.")
    hands.type("part0row0-women", "7")
    hands.type("part0row0-men", "9")
    hands.press("Save")
    officer.reads("Workshop on contact points", "Delivered", "Mombasa", "16")
    assert hands.fields <= 12 and hands.taps <= 20, (hands.fields, hands.taps)
    officer.visit(path)
    officer.reads("Workshop on contact points")
    officer.leave()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_request_is_found_by_its_words(stack: Stack, browser: Any, language: str) -> None:
    pk = int(stack.run(SEED))
    officer = Person(browser, stack.url, "officer@example.org", viewport=PHONE)
    officer.visit("/engagements/new/")
    officer.page.locator(f"footer button[value={language}]").click()
    officer.visit("/engagements/new/")
    officer.fill(title="Kept while looking", find_request="first responders")
    officer.page.locator("button[name=find]").click()
    officer.page.locator(f"main input[name=requests][value='{pk}']").wait_for()
    assert officer.page.locator("main [name=title]").input_value() == "Kept while looking"
    assert officer.sideways() == 0
    officer.page.locator("footer button[value=en]").click()
    officer.leave()
