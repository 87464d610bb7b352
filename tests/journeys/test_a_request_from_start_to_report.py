"""One request from the first word to the report that counts it, as three people live it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests import make
from tests.journeys.person import Person
from tests.journeys.stack import Stack
from tests.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOVED = (
    "assistancerequest",
    "requesthistory",
    "caseevent",
    "eventtext",
    "statespan",
    "caseclock",
    "engagement",
    "responseplan",
    "plannedstep",
    "countryparticipation",
    "nextstep",
)
WEEKS_BACK = 3  # the journey is moved into a week whose cut-off has passed
DUTY_STATION = ZoneInfo("Europe/Vienna")  # whose days and weeks reports count


def today() -> date:
    """The date there, which for an hour or two a day is another than here."""
    return datetime.now(DUTY_STATION).date()


def test_three_people_bring_a_request_from_draft_to_closed_and_the_report_counts_exactly_it(
    stack: Stack, browser: Any
) -> None:
    before = stack.run(
        "from assistance.models import AssistanceRequest\nprint(AssistanceRequest.objects.count())"
    )
    assert before.strip() == "0", (
        "this journey comes first (its file is named so): the report must count it and nothing else"
    )
    kenya = Person(browser, stack.url, "kenya@example.org", viewport={"width": 360, "height": 740})
    officer, manager = (
        Person(browser, stack.url, "officer@example.org"),
        Person(browser, stack.url, "manager@example.org"),
    )
    path = write_and_submit(kenya)
    review_with_questions(kenya, officer, path)
    accept_and_plan(kenya, officer, manager, path)
    deliver(officer, Person(browser, stack.url, "second@example.org"), path)
    close(kenya, officer, path)
    report_counts_exactly_it(stack, manager, path)


def write_and_submit(kenya: Person) -> str:
    """On an old phone, step by step; an empty field is answered beside it and nothing typed is
    lost. Returns the case's path."""
    kenya.visit("/")
    kenya.press("New request")
    kenya.fill(
        title="Training of first responders in the seizure of mobile devices",
        theme_codes="digital-forensics",
    )
    kenya.page.locator("main [name=pillar]").first.check()
    kenya.press("Save and continue")
    kenya.press("Save and continue")
    kenya.reads("Please describe the problem: this is what the programme decides on.")
    kenya.fill(problem="Phones are switched off when they are seized, and evidence is lost.")
    kenya.press("Save and continue")
    kenya.fill(
        assistance_types="training_course",
        assistance_asked="A course of five days.",
        expected_results="Evidence stands up in court.",
        beneficiaries="First responders.",
    )
    kenya.press("Save and continue")
    kenya.press("Save and continue")
    kenya.fill(signatory_name="P. Otieno", signatory_title="Director")
    kenya.press("Save and review")
    kenya.reads("Who will be told what")
    kenya.press("Submit")
    kenya.reads("Request submitted", f"KEN-{today().year}-0001", "What happens next")
    kenya.press("Open the request")
    kenya.reads(f"KEN-{today().year}-0001", "received")
    address: str = kenya.page.url
    return address.removeprefix(kenya.url)


def review_with_questions(kenya: Person, officer: Person, path: str) -> None:
    """The officer asks, the country answers, the request is complete."""
    officer.visit("/")
    officer.reads("Training of first responders")
    officer.visit(path)
    officer.press("Start the review")
    officer.fill(letter="authenticated")
    officer.press("Start the review")
    officer.press("Ask the country")
    officer.fill(questions="How many officers will take part?")
    officer.press("Ask the country")
    officer.reads("Returned with questions")
    kenya.visit(path)
    kenya.reads("How many officers will take part?", "Your turn", "question for you, by")
    kenya.press("Answer the questions")
    kenya.fill(answer_1="Forty, from ten counties.")
    kenya.press("Answer the questions")
    officer.visit(path)
    officer.reads("Forty, from ten counties.")
    officer.press("Mark as complete")
    for box in officer.page.locator("main [name=checklist]").all():
        box.check()
    officer.fill(**{name: text for name, text in make.ASSESSED.items() if name != "checklist"})
    officer.press("Mark as complete")


def accept_and_plan(kenya: Person, officer: Person, manager: Person, path: str) -> None:
    """The manager accepts; the officer proposes a plan; the country agrees."""
    manager.visit("/")
    manager.reads("Waiting for you", "Training of first responders")
    manager.visit(path)
    manager.press("Decide")
    manager.reads("The request in short", "Funds that fit", "Your decision")
    manager.page.locator("#id_accept_priority_0").check()
    manager.page.locator("#id_accept_estimate").fill("25000")
    manager.page.locator("#id_accept_funding").select_option(index=1)
    manager.press("Accept")
    manager.reads("Accepted")
    officer.visit(path)
    officer.press("Propose the plan")
    day = today()
    officer.fill(
        **{
            "steps-0-what": "Course",
            "steps-0-starts_on": str(day),
            "steps-0-ends_on": str(day),
            "steps-0-who": "Programme",
            "steps-0-cost": "20000",
        }
    )
    officer.fill(
        **{
            "indicators-0-title": "Officers certified",
            "indicators-0-unit": "people",
            "indicators-0-baseline": "0",
            "indicators-0-target": "40",
        }
    )
    officer.press("Propose the plan")
    kenya.visit(path)
    kenya.reads("Officers certified")
    kenya.press("Agree to the plan")
    kenya.fill(agreed_by_name="P. Otieno")
    kenya.press("Agree to the plan")
    kenya.reads("planned")


def deliver(officer: Person, second: Person, path: str) -> None:
    """An engagement is logged, confirmed, recorded as delivered, and verified by somebody else."""
    officer.visit(path)
    officer.press("Log an engagement")
    day = str(today())
    officer.fill(
        title="Course on mobile forensics",
        type="training_course",
        place="Nairobi",
    )
    officer.page.locator("summary", has_text="Days, hours and cost").click()
    officer.fill(
        **{
            "part0-starts_on": day,
            "part0-ends_on": day,
            "part0-days": "1",
            "part0-actual_cost": "9000",
        }
    )
    officer.fill(**{"part0row0-women": "17", "part0row0-men": "23"})
    officer.page.locator("main form button.primary").first.click()
    officer.page.wait_for_load_state()
    engagement = officer.page.url
    officer.reads("Course on mobile forensics", "40")
    officer.press("Confirm")
    officer.press("Confirm")
    officer.press("Record as delivered")
    officer.fill(outcome="Forty officers were trained.")
    officer.press("Record as delivered")
    officer.reads("Delivered")
    second.visit(engagement)
    second.press("Verify")
    second.press("Verify")
    second.reads("Verified")


def close(kenya: Person, officer: Person, path: str) -> None:
    """The officer completes; the country says how it went."""
    officer.visit(path)
    officer.press("Complete")
    officer.fill(summary="Forty officers of ten counties were trained.")
    officer.press("Complete")
    kenya.visit("/")
    kenya.reads("your turn: tell us how it went")
    assert kenya.sideways() == 0
    kenya.visit(path)
    kenya.reads("tell us how it went")
    kenya.press("Tell us how it went")
    kenya.fill(outcome="met", usefulness="5", timeliness="4")
    kenya.press("Tell us how it went")
    kenya.reads("closed: Needs met")


def report_counts_exactly_it(stack: Stack, manager: Person, path: str) -> None:
    """What happened is moved into the past; a schedule is set; beat, broker and worker make the
    report; its figures are the journey's."""
    move_into_the_past(stack, WEEKS_BACK)
    happened = today() - timedelta(weeks=WEEKS_BACK)
    manager.visit("/reports/schedules/new/")
    manager.fill(
        title="Weekly report", frequency="weekly", valid_from=str(happened), cutoff_days="3"
    )
    manager.press("Set the schedule")
    assert until(lambda: first_report_is_produced(stack), 120)
    manager.visit("/reports/")
    assert manager.page.locator("main tbody tr").last.locator(".state").inner_text() == "Produced"
    manager.page.locator("main a.title").last.click()
    manager.page.wait_for_load_state()
    manager.reads("Progress report")
    found = json.loads(
        stack.run(
            "from reports.reports.models import"
            " Report\nprint(Report.objects.order_by('period_start').first().current.snapshot)"
        )
    )["figures"]
    expected = {
        "requests_received": 1,
        "decisions": 1,
        "engagements_delivered": 1,
        "participants": 40,
        "participants.women": 17,
        "countries_served": 1,
        "open_requests": 0,
    }
    assert {code: found[code]["value"] for code in expected} == expected
    assert found["engagements_not_verified"]["value"] == 0
    manager.page.locator("a.figure").first.click()
    manager.page.wait_for_load_state()
    manager.reads(f"KEN-{today().year}-0001", "1 row")


def first_report_is_produced(stack: Stack) -> bool:
    """Asked of the database: a page that is opened every second costs more than the report."""
    with stack.connect() as connection:
        first = "SELECT state FROM reports_report ORDER BY period_start LIMIT 1"
        return connection.execute(first).fetchone() == ("produced",)


def move_into_the_past(stack: Stack, weeks: int) -> None:
    """Moves every date and time of the cases, engagements and their history back by whole weeks, as
    if they had happened then."""
    with stack.connect() as connection, connection.transaction():
        columns = connection.execute(
            """SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
               WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('date', 'timestamp with time zone') AND table_name ~ %s""",
            [f"^assistance_({'|'.join(MOVED)})"],
        ).fetchall()
        for table in {t for t, _ in columns}:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        for table, column in columns:
            connection.execute(
                f"UPDATE {table} SET {column} = {column} - interval '{weeks} weeks'".encode()
            )
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in {t for t, _ in columns}:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
