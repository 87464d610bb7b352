"""What each role reads on its pages, in a browser: blanks count there, and what a stylesheet hides
is not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from tests.browser import chromium
from tests.golden.answers import HOST, Answer, Found, steady

OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"
READ_ALL = """() => {
    const all = (selector, told) => [...document.querySelectorAll(selector)].map(told);
    const attributes = ['aria-label', 'title', 'alt', 'placeholder'];
    return [
        document.title,
        document.body.innerText,
        ...all(attributes.map(name => `[${name}]`).join(), each =>
            attributes.map(name => each.getAttribute(name) || '').join(' | ')),
        ...all('input:not([type=file], [name=csrfmiddlewaretoken]), select, textarea, button', each =>
            [each.tagName, each.type, each.name, each.value, each.checked, each.required].join(' | ')),
        ...all('a[href]', each => each.getAttribute('href')),
    ].join('\\n');
}"""


class Browser:
    """Shows answers that were asked for before, without asking anybody."""

    def __init__(self, page: Page) -> None:
        self.page, self.answers = page, dict[str, str]()
        page.route("**/*", self.serve)

    def serve(self, route: Route) -> None:
        """Gives the page, or a file that belongs to all pages; anything else is not there."""
        parts = urlsplit(route.request.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path in self.answers:
            route.fulfill(body=self.answers[path], content_type="text/html; charset=utf-8")
            return
        file = (
            finders.find(parts.path.removeprefix("/static/"))
            if parts.path.startswith("/static/")
            else None
        )
        if isinstance(file, str):
            route.fulfill(path=file)
        else:
            route.abort()

    def read(self, answer: Answer) -> str:
        """Title, text, attributes that are read aloud, values of fields, and where links lead."""
        self.answers = {answer.path: answer.body}
        self.page.goto(HOST + answer.path, wait_until="load")
        self.page.evaluate(OPEN_ALL)
        return str(self.page.evaluate(READ_ALL))


def texts(found: Found) -> Iterator[str]:
    """What each role reads on each page, and what else it is sent as text."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        browser = Browser(running.new_context(java_script_enabled=False).new_page())
        for role, answers in found.answers.items():
            for answer in sorted(answers, key=lambda each: (steady(each.path), each.kind)):
                yield steady(f"=== {role}: {answer.path} {answer.status} {answer.kind}")
                if answer.kind == "text/html":
                    yield from steady(browser.read(answer)).splitlines()
                elif "json" in answer.kind:
                    whole = json.dumps(json.loads(answer.body), indent=1, ensure_ascii=False)
                    yield from steady(whole).splitlines()
                elif answer.kind.startswith("text/"):
                    yield from steady(answer.body).splitlines()
        running.close()
