"""One stack and one browser for all journeys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import chromium
from tests.journeys.stack import Stack

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def stack(browser: Any, django_db_setup: None) -> Iterator[Stack]:
    """A running installation with five people and money, and no case yet; none is started where no
    browser could visit it."""
    running = Stack("journey")
    try:
        running.start()
        running.run(
            "from tests import make\npeople = make.People()\nfor who in ('kenya', 'fiji',"
            " 'officer', 'manager', 'administrator'):\n    person = getattr(people, who);"
            " person.email = f'{who}@example.org'; person.save()\nmake.staff(make.Role.OFFICER,"
            " name='Ben Okafor', email='second@example.org')\nmake.funding()\n"
        )
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; skipped, and said so by `make test`, where there is
    none."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()
