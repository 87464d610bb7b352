"""Words that are typed and not sent: kept with scripts and without, on a line that breaks, in two
windows, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.line import Line
from tests.journeys.person import Person
from tests.journeys.stack import Stack
from tests.make import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEED = """
from tests import make
from accounts.models import User
who = {u.email.split('@')[0]: u for u in User.objects.all()}
people = make.People.__new__(make.People)
for name in ('kenya', 'fiji', 'officer', 'manager', 'administrator'):
    setattr(people, name, who[name])
case = make.do(people.officer, make.advanced(people, 'under_review'), 'ask', questions='How many?')
print(case.pk)
"""
HELD = "Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def path(stack: Stack) -> str:
    """Where Kenya answers a question."""
    return f"/requests/{int(stack.run(SEED))}/do/answer/"


@pytest.fixture
def line(stack: Stack) -> Iterator[Line]:
    """The line over which a person reaches the product."""
    laid = Line(stack.port)
    yield laid
    laid.cut()


def sign_in(browser: Any, at: Stack | Line, email: str, *, remember: bool) -> Person:
    """In a window without a session, with the box ticked or not."""
    person = Person.__new__(Person)
    person.url = at.url
    person.context = browser.new_context(viewport=PHONE)
    person.page = person.context.new_page()
    person.page.set_default_timeout(15_000)
    person.visit("/accounts/login/")
    if remember:
        person.page.get_by_label("Keep me signed in on this device").check()
    person.fill(login=email, password=PASSWORD)
    person.press("Sign in")
    return person


def write(person: Person, words: str) -> None:
    """Types an answer."""
    person.page.locator("[name=answer_1]").fill(words)


def close_without_a_line(person: Person, line: Line) -> None:
    """Closes the window while the line is cut, and opens another once it is mended."""
    person.page.close(run_before_unload=False)
    line.mend()
    person.page = person.context.new_page()


def said(person: Person) -> Any:
    """What the page says of the draft."""
    return person.page.locator("[data-draft-said]")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_typed_is_there_after_the_window_was_closed(
    stack: Stack, browser: Any, path: str, language: str
) -> None:
    kenya = sign_in(browser, stack, "kenya@example.org", remember=False)
    kenya.page.locator(f"footer button[value={language}]").click()
    kenya.visit(path)
    write(kenya, "Forty, in two groups")
    expect(said(kenya)).not_to_be_empty()
    assert kenya.sideways() == 0
    kenya.page.close()  # unasked: what is confirmed is not lost
    kenya.page = kenya.context.new_page()
    kenya.visit(path)
    expect(kenya.page.locator("[name=answer_1]")).to_have_value("Forty, in two groups")
    assert kenya.page.evaluate(HELD) == 0
    kenya.page.locator("button[name=discard_draft]").click()
    expect(kenya.page.locator("[name=answer_1]")).to_have_value("")
    kenya.page.locator("footer button[value=en]").click()
    kenya.leave()


@pytest.mark.parametrize("remember", [True, False])
def test_on_a_line_that_breaks_words_stay_on_a_device_that_is_ones_own(
    line: Line, browser: Any, path: str, remember: bool
) -> None:
    kenya = sign_in(browser, line, "kenya@example.org", remember=remember)
    kenya.visit(path)
    line.cut()
    write(kenya, "Written in the train")
    expect(said(kenya)).to_contain_text("no connection")
    assert kenya.page.evaluate(HELD) == (1 if remember else 0)
    close_without_a_line(kenya, line)
    kenya.visit(path)
    words = "Written in the train" if remember else ""
    expect(kenya.page.locator("[name=answer_1]")).to_have_value(words)
    if remember:
        expect(said(kenya)).to_contain_text("Draft saved")
    assert kenya.page.evaluate(HELD) == 0  # confirmed, and gone from the device
    kenya.leave()


def test_what_a_device_holds_is_gone_when_another_person_signs_in_or_when_one_signs_out(
    line: Line, browser: Any, path: str
) -> None:
    kenya = sign_in(browser, line, "kenya@example.org", remember=True)
    for leaves in ("another signs in", "signs out"):
        kenya.visit(path)
        line.cut()
        write(kenya, f"Not for others: {leaves}")
        expect(said(kenya)).to_contain_text("no connection")
        assert kenya.page.evaluate(HELD) == 1
        close_without_a_line(kenya, line)
        if leaves == "signs out":
            kenya.visit("/account/")
            kenya.page.get_by_role("button", name="Sign out").first.click()
        else:
            kenya.context.clear_cookies()
            kenya.sign_in("fiji@example.org")
            kenya.page.locator("[role=search]").wait_for()
            assert kenya.page.evaluate(HELD) == 0
            kenya.context.clear_cookies()
            kenya.visit("/accounts/login/")
            kenya.page.get_by_label("Keep me signed in on this device").check()
            kenya.fill(login="kenya@example.org", password=PASSWORD)
            kenya.press("Sign in")
            continue
        kenya.visit("/accounts/login/")
        assert kenya.page.evaluate(HELD) == 0
    kenya.leave()


def test_who_leaves_with_unsaved_words_is_asked(line: Line, browser: Any, path: str) -> None:
    kenya = sign_in(browser, line, "kenya@example.org", remember=False)
    kenya.visit(path)
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    kenya.page.on("dialog", stay)
    line.cut()
    write(kenya, "Not saved yet")
    kenya.page.locator("header a.name").click()
    kenya.page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and kenya.page.url.endswith(path)
    line.mend()
    kenya.page.evaluate("window.dispatchEvent(new Event('online'))")  # sooner than it tries again
    expect(said(kenya)).to_contain_text("Draft saved", timeout=20_000)
    kenya.page.locator("header a.name").click()
    kenya.page.wait_for_url("**/")
    assert asked == ["beforeunload"]
    kenya.leave()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_session_that_ends_gives_back_what_was_typed(
    stack: Stack, browser: Any, path: str, scripts: bool
) -> None:
    kenya = Person.__new__(Person)
    kenya.url = stack.url
    kenya.context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
    kenya.page = kenya.context.new_page()
    kenya.page.set_default_timeout(15_000)
    kenya.sign_in("kenya@example.org")
    kenya.visit(path)
    key = next(c["value"] for c in kenya.context.cookies() if c["name"] == "sessionid")
    stack.run(
        "from django.contrib.sessions.backends.cached_db import SessionStore\n"
        f"SessionStore({key!r}).delete()"
    )
    write(kenya, "Written before lunch")
    kenya.page.locator("main button.primary").click()
    kenya.page.wait_for_url("**/accounts/login/**")
    kenya.reads("what you typed is kept for two hours")
    kenya.fill(login="kenya@example.org", password=PASSWORD)
    kenya.press("Sign in")
    assert kenya.page.url.endswith(path)
    expect(kenya.page.locator("[name=answer_1]")).to_have_value("Written before lunch")
    kenya.leave()


@pytest.mark.parametrize("scripts", [True, False])
def test_going_to_another_step_saves_this_one(stack: Stack, browser: Any, scripts: bool) -> None:
    kenya = Person(
        browser,
        stack.url,
        "kenya@example.org",
        viewport=PHONE,
        java_script_enabled=scripts,
    )
    kenya.visit("/requests/new/")
    kenya.fill(title="Steps", pillar=pillar_of(kenya))
    go_to(kenya, "What is the problem?")
    kenya.page.wait_for_url("**/edit/problem/")
    kenya.fill(tried_before="Nothing so far")
    go_to(kenya, "What is it about?")
    kenya.page.wait_for_url("**/edit/subject/")
    expect(kenya.page.locator("[name=title]")).to_have_value("Steps")
    go_to(kenya, "What is the problem?")
    kenya.page.wait_for_url("**/edit/problem/")
    expect(kenya.page.locator("[name=tried_before]")).to_have_value("Nothing so far")
    assert kenya.sideways() == 0
    kenya.leave()


def pillar_of(person: Person) -> str:
    """The first pillar that the form offers."""
    return str(person.page.locator("[name=pillar]").first.get_attribute("value"))


def go_to(person: Person, step: str) -> None:
    """Another step of the form, from the list of steps above it."""
    person.page.locator(".form-steps summary").click()
    person.page.get_by_role("button", name=step).click()
