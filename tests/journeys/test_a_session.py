"""An officer prepares a session: pays for delegates of twelve countries, and reports afterwards who
attended. Nothing here is found by its words, which differ by language."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.journeys.person import Person
from tests.journeys.stack import Stack
from tests.journeys.ways import WAYS, Way, goes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TWELVE = ("KEN", "FJI", "LAO", "MOZ", "TLS", "VUT", "NPL", "BTN", "TGO", "RWA", "PER", "JAM")
READ = """
import json
from countries.processes.models import ProcessSession
s = ProcessSession.objects.get(pk=%s)
e = s.engagements.get()
print(json.dumps({
    "state": e.state,
    "people": sum((p.women or 0) + (p.men or 0) for q in e.parts.all() for p in q.participations.all()),
    "attended": sorted(a.country.iso3 for a in s.attendances.all()),
    "delegates": sum(a.delegates or 0 for a in s.attendances.all()),
}))
"""


def send(person: Person, selector: str) -> None:
    """Presses a button or a link and waits for the page that comes."""
    person.page.locator(f"main {selector}").first.click()
    person.page.wait_for_load_state()
    assert person.sideways() == 0


def new_session(officer: Person, way: Way) -> int:
    """A session of the Conference that ended some days ago; its number."""
    officer.visit("/processes/states-parties/")
    send(officer, "a[href$='/sessions/new/']")
    # each way has a session of its own, since no two begin on one day
    first = date.today() - timedelta(days=20 + 7 * [p.values[0] for p in WAYS].index(way))
    officer.page.locator("[name=name_en]").fill(f"Session of {first}")
    officer.page.locator("[name=starts_on]").fill(first.isoformat())
    officer.page.locator("[name=ends_on]").fill((first + timedelta(days=4)).isoformat())
    officer.page.locator("[name=place]").fill("Vienna")
    send(officer, "form[method=post] button.primary")
    return int(officer.page.url.rstrip("/").rpartition("/")[2])


def log_support(officer: Person, session: int) -> None:
    """One engagement brings a woman and a man of each of the twelve."""
    officer.visit(f"/processes/sessions/{session}/")
    send(officer, f"a[href$='/engagements/new/?session={session}']")
    page = officer.page
    page.locator("[name=has_taken_place]").check()
    page.locator("[name=pillar]").nth(2).check()
    page.locator("[name=outcome]").fill("Their experts took part.")
    while page.locator("[name^=part0row][name$=country]").count() < len(TWELVE):
        send(officer, "button[name=more_rows]")
    for n, iso3 in enumerate(TWELVE):
        page.locator(f"[name=part0row{n}-country]").fill(iso3)
        page.locator(f"[name=part0row{n}-women]").fill("1")
        page.locator(f"[name=part0row{n}-men]").fill("1")
    send(officer, "form button.primary")
    assert "/engagements/" in page.url and "new" not in page.url


def report_attendance(officer: Person, session: int) -> None:
    """The grid has a line for each country that was supported; three more came by themselves."""
    officer.visit(f"/processes/sessions/{session}/attendance/")
    page = officer.page
    lines = page.locator("[name^=line][name$=country]")
    supported = [n for n in range(lines.count()) if lines.nth(n).input_value()]
    assert len(supported) == len(TWELVE)
    for n in supported:
        page.locator(f"[name=line{n}-women]").fill("2")
        page.locator(f"[name=line{n}-men]").fill("1")
    # fewer delegates than were supported is refused, and what was typed is kept
    page.locator("[name=line0-women]").fill("0")
    send(officer, "form[method=post] button.primary")
    assert page.locator("#errors").count() == 1
    assert page.locator("[name=line1-women]").input_value() == "2"
    page.locator("[name=line0-women]").fill("2")
    for n, iso3 in enumerate(("BRA", "AUS", "CAN"), len(supported)):
        page.locator(f"[name=line{n}-country]").fill(iso3)
        page.locator(f"[name=line{n}-unknown]").fill("4")
    page.locator("[name=is_whole]").check()
    send(officer, "form[method=post] button.primary")
    assert page.url.endswith(f"/processes/sessions/{session}/")


@pytest.mark.parametrize("way", WAYS)
def test_a_session_is_prepared_and_its_attendance_reported(
    stack: Stack, browser: Any, way: Way
) -> None:
    with goes(stack, browser, "officer@example.org", way) as officer:
        session = new_session(officer, way)
        log_support(officer, session)
        report_attendance(officer, session)
        told = json.loads(stack.run(READ % session))
        assert told == {
            "state": "delivered",
            "people": 24,
            "attended": sorted([*TWELVE, "BRA", "AUS", "CAN"]),
            "delegates": 48,
        }
        rows = officer.page.locator("#attendance tbody tr")
        assert rows.count() == 15
        officer.visit("/processes/states-parties/")
        assert officer.sideways() == 0
        assert officer.page.locator(".tiles .corner").count() >= len(TWELVE)
    with goes(stack, browser, "kenya@example.org", way) as kenya:
        kenya.visit(f"/processes/sessions/{session}/")
        assert kenya.sideways() == 0
        assert kenya.page.locator("#attendance tbody tr").count() == 1
        assert "15" in kenya.page.locator("aside .facts").first.inner_text()
