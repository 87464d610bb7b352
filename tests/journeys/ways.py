"""The ways in which each point of a day's work is gone through: wide and narrow, with scripts and
without, in English and in Arabic, each beside each other at least once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys.person import Person
from tests.journeys.stack import Stack

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@dataclass(frozen=True)
class Way:
    """A window, whether scripts run in it, and the language of its pages."""

    window: dict[str, int]
    scripts: bool
    language: str


WAYS = [
    pytest.param(Way(WIDE, True, "en"), id="wide-en-scripts"),
    pytest.param(Way(WIDE, False, "ar"), id="wide-ar-plain"),
    pytest.param(Way(PHONE, False, "en"), id="phone-en-plain"),
    pytest.param(Way(PHONE, True, "ar"), id="phone-ar-scripts"),
]


@contextmanager
def goes(stack: Stack, browser: Any, email: str, way: Way) -> Iterator[Person]:
    """Somebody at a window of that kind; their language is English again afterwards."""
    person = Person(
        browser,
        stack.url,
        email,
        viewport=way.window,
        java_script_enabled=way.scripts,
    )
    speak(person, way.language)
    try:
        yield person
    finally:
        speak(person, "en")
        person.leave()


def speak(person: Person, language: str) -> None:
    """Chooses the language at the foot of the page."""
    person.visit("/")
    if person.page.locator("html").get_attribute("lang") != language:
        person.page.locator(f"footer button[value={language}]").click()
        person.page.wait_for_load_state()
