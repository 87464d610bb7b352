"""A person at a browser."""

from __future__ import annotations

import re
from typing import Any

from tests.make import PASSWORD

# cookies of who has signed in, by the installation's address and theirs
SESSIONS: dict[tuple[str, str], Any] = {}


class Person:
    """Signed in, with a window of their own."""

    def __init__(self, browser: Any, url: str, email: str, **window: Any) -> None:
        self.url = url
        before = SESSIONS.get((url, email))
        self.context = browser.new_context(
            **({"viewport": {"width": 1280, "height": 900}} | window), storage_state=before
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        if before is None:
            self.sign_in(email)
            SESSIONS[url, email] = self.context.storage_state()

    def sign_in(self, email: str) -> None:
        """With the password of all; a second window of theirs goes on with the same session."""
        self.visit("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Sign in")

    def visit(self, path: str) -> Any:
        """Opens a page; must not be a server error."""
        response = self.page.goto(path if path.startswith("http") else self.url + path)
        assert response is not None and response.status < 500, path
        return response

    def press(self, label: str) -> None:
        """A button or a link of the page's main part, by what it says."""
        main = self.page.locator("main")
        control = main.get_by_role("button", name=label, exact=True).or_(
            main.get_by_role("link", name=label, exact=True)
        )
        control.first.click()
        self.page.wait_for_load_state()

    def fill(self, **values: str) -> None:
        """Fields by name; a list of a single character ticks or chooses."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']").first
            kind = field.get_attribute("type")
            if kind in ("checkbox", "radio"):
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def reads(self, *texts: str) -> None:
        """All of these stand on the page."""
        body = re.sub(r"\s+", " ", self.page.locator("main").inner_text())
        for text in texts:
            assert text in body, f"“{text}” is not on {self.page.url}: {body[:1500]}"

    def sideways(self) -> int:
        """Pixels by which the page is wider than the window."""
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(wider))

    def leave(self) -> None:
        """Closes the window."""
        self.context.close()
