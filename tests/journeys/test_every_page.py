"""Every page of the three people: no violation of accessibility rules, no sideways scrolling on a
phone, right to left, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.person import Person
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
RUN = (
    "([but, rules]) => axe.run(but.length ? {exclude: but} : document, rules)"
    ".then(r => r.violations)"
)
FRAME = ["header.bar", "footer.foot"]
JUDGED: set[tuple[int, str]] = set()  # pages by width
SEED = """
from tests import make
from accounts.models import User
from django.conf import settings
who = {u.email.split('@')[0]: u for u in User.objects.all()}
people = make.People.__new__(make.People)
for name in ('kenya', 'fiji', 'officer', 'manager', 'administrator'):
    setattr(people, name, who[name])
asked = make.advanced(people, 'under_review')
make.do(people.officer, asked, 'ask', questions='How many?')
make.advanced(people, 'complete', 'FJI')
accepted = make.advanced(people, 'accepted')
proposed = make.advanced(people, 'plan_proposed')
planned = make.advanced(people, 'planned')
deed = make.engagement(people.officer, make.part(KEN={'women': 3, 'men': 4}, FJI={'women': 1, 'men': 2}), requests=[planned])
draft = make.draft(people.kenya)
from assistance.participants import services
from assistance.programmes.models import ProgrammeMembership
ProgrammeMembership.objects.update(reads_names=True)
services.add_attendance(people.officer, deed.parts.get(), [{'name': 'Amina Otieno', 'country': planned.country, 'is_contact': True}])
person = deed.parts.get().attendances.get().person_id
import time
from datetime import date
from decimal import Decimal
from assistance.results.services import Reported, report_value
from tests.assistance.frameworks import loaded, the_indicator
loaded()
indicator = the_indicator()
value = report_value(people.officer, indicator, date(2026, 1, 1), date(2026, 4, 1), Reported('Gazette', Decimal(4)))
delivering = make.advanced(people, 'in_delivery')
forces = make.advanced(people, 'accepted', security_force='yes')
from assistance.evaluation.knowledge_tests import Question, open_test
from assistance.evaluation.surveys import close_by_id
from tests.assistance.evaluation import answered, opened
open_test(people.officer, deed, [Question('Which bag?', 'A Faraday bag', ('Paper', 'None'))])
answered(opened(deed), *[{'relevance': 4, 'sex': sex, 'comment': 'Good'} for sex in ['woman', 'man'] * 5])
close_by_id(deed.surveys.get().pk)
from django.utils import timezone
from countries.models import Country
from reports.reports import services as report_services
from reports.reports.models import Report
from reports.reports.production import produce_due
from tests.reports.producing import publish, schedule
countries = list(Country.objects.filter(iso3__in=('KEN', 'FJI')))
ours = [schedule(people), schedule(people, kind='country', title='Briefs', countries=countries), schedule(people, kind='management', title='Management')]
Report.objects.filter(version__schedule__in=ours).update(cutoff_at=timezone.now(), due_at=timezone.now())
while Report.objects.filter(version__schedule__in=ours).exclude(state='produced').exists():
    produce_due(); time.sleep(0.5)  # the worker of the installation makes some of them
report, brief, managing = (each.versions.get().reports.first() for each in ours)
publish(people, brief)
report_services.perform_action(people.officer, report.pk, 'review')
edition = brief.current.editions.get()
print(asked.pk, proposed.pk, planned.pk, deed.pk, draft.pk, person, people.officer.pk, report.pk, managing.pk, sep=' ', end=' ')
print(ours[1].pk, edition.pk, accepted.pk, indicator.pk, value.pk, delivering.pk, forces.pk, indicator.output_id)
print(brief.period_start)
"""


@pytest.fixture(scope="module")
def cases(stack: Stack) -> dict[str, Any]:
    """Cases in several states and reports, made after whatever other journeys left."""
    *numbers, start = stack.run(SEED).split()
    names = (
        "asked",
        "proposed",
        "planned",
        "deed",
        "draft",
        "person",
        "colleague",
        "report",
        "managing",
        "briefs",
        "edition",
        "accepted",
        "indicator",
        "value",
        "delivering",
        "forces",
        "output",
    )
    return dict(zip(names, map(int, numbers), strict=True)) | {"start": start}


def pages_of(who: str, cases: dict[str, Any]) -> Iterator[str]:
    """The pages that somebody opens in a day."""
    if who == "administrator":
        yield from (
            "/",
            "/countries/",
            "/account/",
            "/audit/",
            f"/handover/user/{cases['colleague']}/?is_active=false",
            "/nothing/here/",
        )
        return
    if who == "manager":  # what an officer does not have, or reads otherwise
        yield from (
            "/",
            "/requests/",
            f"/requests/{cases['asked']}/",
            f"/requests/{cases['planned']}/",
            f"/engagements/{cases['deed']}/",
            "/programme/",
        )
        yield from (
            f"/reports/{cases['report']}/",
            f"/reports/{cases['managing']}/",
            "/reports/schedules/",
            "/reports/webhooks/",
        )
        yield from (
            f"/reports/{cases['report']}/do/publish/",
            f"/reports/schedules/{cases['briefs']}/periods/{cases['start']}/",
        )
        yield from (
            "/results/",
            f"/results/indicators/{cases['indicator']}/",
            f"/results/indicators/{cases['indicator']}/rate/",
            f"/results/outputs/{cases['output']}/",
            f"/results/values/{cases['value']}/decide/",
            f"/requests/{cases['forces']}/due-diligence/",
        )
        yield from (
            "/audit/",
            f"/audit/request/{cases['planned']}/",
            f"/audit/engagement/{cases['deed']}/",
        )
        yield from (
            "/reports/schedules/new/",
            f"/requests/{cases['planned']}/do/discontinue/",
            f"/requests/{cases['accepted']}/do/propose_plan/",
        )
        return
    yield from (
        "/",
        "/requests/",
        "/requests/?country=XXX",
        "/engagements/",
        "/countries/",
        "/countries/KEN/",
        "/messages/",
        "/search/?q=evidence",
        "/search/?q=evidence&kind=tool",
        "/search/?q=zzz",
        "/account/",
    )
    yield from ("/accounts/2fa/", "/accounts/sessions/")
    yield from (
        "/processes/",
        "/processes/ad-hoc-committee/",
        "/processes/sessions/1/",
        "/processes/attendance/",
        "/instruments/",
        "/instruments/UN-CAC/",
        "/instruments/actions/",
        "/tools/",
        "/tools/practical-guide-e-evidence/",
    )
    yield f"/requests/{cases['asked']}/"
    yield f"/requests/{cases['planned']}/"
    yield f"/engagements/{cases['deed']}/"
    yield from ("/reports/published/", f"/reports/published/{cases['edition']}/")
    if who == "kenya":
        yield from (
            "/requests/new/",
            f"/requests/{cases['draft']}/",
            f"/requests/{cases['draft']}/edit/help/",
            f"/requests/{cases['draft']}/edit/authority/",
        )
        yield from (
            f"/requests/{cases['asked']}/do/answer/",
            f"/requests/{cases['proposed']}/do/agree/",
            f"/requests/{cases['draft']}/do/submit/",
        )
    else:
        yield from (
            "/programme/",
            "/reports/",
            "/reports/schedules/",
            f"/reports/{cases['report']}/",
            f"/reports/{cases['report']}/figures/requests_received/",
            f"/reports/{cases['managing']}/",
            f"/reports/schedules/{cases['briefs']}/periods/{cases['start']}/",
            "/programme/rows/requests_received/",
            "/engagements/new/",
            f"/engagements/{cases['deed']}/edit/",
            f"/engagements/{cases['deed']}/do/confirm/",
            f"/engagements/{cases['deed']}/attendance/",
            f"/engagements/{cases['deed']}/evaluation/",
            f"/engagements/{cases['deed']}/evaluation/scores/",
            "/instruments/BUDAPEST/help/",
            "/instruments/actions/new/",
            "/instruments/actions/import/",
            "/processes/ad-hoc-committee/sessions/new/",
            "/processes/sessions/1/attendance/",
            "/processes/sessions/1/attendance/import/",
            "/processes/sessions/1/recommendations/",
            "/tools/new/",
            f"/results/indicators/{cases['indicator']}/report/",
            f"/requests/{cases['delivering']}/",
            f"/requests/{cases['delivering']}/plan/results/",
            f"/requests/{cases['planned']}/commitments/",
            "/countries/KEN/contacts/",
            f"/persons/{cases['person']}/",
            f"/requests/{cases['accepted']}/do/propose_plan/",
        )


def speaks(stack: Stack, who: str, language: str) -> None:
    """Sets somebody's language."""
    with stack.connect() as connection:
        connection.execute(
            "UPDATE accounts_user SET language = %s WHERE email = %s",
            [language, f"{who}@example.org"],
        )


@pytest.mark.parametrize("who", ["kenya", "officer", "manager", "administrator"])
@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "ar")])
def test_pages_are_accessible_and_fit(
    stack: Stack, browser: Any, cases: dict[str, Any], who: str, width: int, language: str
) -> None:
    person = Person(
        browser,
        stack.url,
        f"{who}@example.org",
        viewport={"width": width, "height": 800},
        color_scheme="dark" if width == 360 else "light",
    )
    speaks(stack, who, language)
    person.context.add_init_script(Axe().axe_script)
    wrong = []
    person.page.on(
        "console",
        lambda m: (
            wrong.append(f"console: {m.text}") if "Content Security Policy" in m.text else None
        ),
    )
    for number, path in enumerate(pages_of(who, cases)):
        response = person.visit(path)
        if response.status != (404 if "nothing" in path else 200):
            wrong.append(f"{path}: HTTP {response.status}")
            continue
        if person.page.locator("html").get_attribute("dir") != (
            "rtl" if language == "ar" else "ltr"
        ):
            wrong.append(f"{path}: direction")
        if person.sideways() > 0:
            wrong.append(f"{path}: {person.sideways()} pixels too wide")
        # a report's text is the same whoever reads it: judged once a width, at two seconds each
        but = ["article.sheet"] if (width, path) in JUDGED else []
        # what stands above and below all pages of somebody is the same on each
        but += FRAME if number else []
        found = person.page.evaluate(RUN, [[[part] for part in but], RULES])
        JUDGED.add((width, path))
        wrong += [f"{path}: {v['id']} {v['nodes'][0]['html'][:140]}" for v in found]
    person.leave()
    speaks(stack, who, "en")
    assert not wrong, "\n".join(wrong)


def test_a_request_can_be_submitted_without_scripts(stack: Stack, browser: Any) -> None:
    fiji = Person(
        browser,
        stack.url,
        "fiji@example.org",
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    fiji.visit("/requests/new/")
    fiji.fill(title="Awareness campaign in the outer islands", theme_codes="public-awareness")
    fiji.page.locator("main [name=pillar]").nth(1).check()
    fiji.press("Save and continue")
    fiji.fill(problem="Children are approached online.")
    fiji.press("Save and continue")
    fiji.fill(
        assistance_types="awareness_campaign",
        assistance_asked="A campaign.",
        expected_results="Fewer victims.",
        beneficiaries="Schools.",
    )
    fiji.press("Save and continue")
    fiji.press("Save and continue")
    fiji.fill(signatory_name="M. Vakatora", signatory_title="Permanent Secretary")
    fiji.press("Save and review")
    fiji.press("Submit")
    fiji.reads("Request submitted", "FJI-")
    fiji.press("Open the request")
    fiji.reads("FJI-", "received")


def test_the_whole_form_works_by_keyboard(stack: Stack, browser: Any) -> None:
    kenya = Person(browser, stack.url, "kenya@example.org")
    kenya.visit("/requests/new/")
    kenya.page.keyboard.press("Tab")
    assert kenya.page.evaluate("document.activeElement.className") == "skip"
    kenya.page.locator("main [name=title]").focus()
    kenya.page.keyboard.type("Typed without a mouse")
    for _ in range(60):
        kenya.page.keyboard.press("Tab")
        if (
            kenya.page.evaluate("document.activeElement.textContent.trim()")
            == "Save and finish later"
        ):
            break
    with kenya.page.expect_navigation():
        kenya.page.keyboard.press("Enter")
    kenya.reads("Typed without a mouse")
