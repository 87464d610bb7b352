"""Another programme, from its file to its published report: its own words, days and money, and none of the
seeded one's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.person import Person
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LOAD = """
from django.core.management import call_command
call_command('load_programme', 'statistics')
from assistance.models import Programme, ProgrammeMembership
from tests import make
statistics = Programme.objects.get(code='statistics')
for name, role in (('counting', make.Role.OFFICER), ('deciding', make.Role.MANAGER)):
    user = make.user(role, name=name.title(), email=f'{name}@example.org')
    ProgrammeMembership.objects.create(user=user, programme=statistics, role=role, valid_from=make.LONG_AGO)
dhaka = make.user(make.Role.FOCAL_POINT, name='Rahim Uddin', email='dhaka@example.org')
make.designate(dhaka, 'BGD', statistics)
"""
# what the first journey shows step by step is done here at once
DELIVER = """
from django.utils import timezone
from accounts.models import User
from assistance.engagements import services as engagements
from assistance.models import AssistanceRequest, Engagement, Pillar, Programme
from reports.reports import services as report_services
from reports.reports.models import Report
from reports.reports.production import produce_due
from tests import make
from tests.reports.producing import schedule
import time
statistics = Programme.objects.get(code='statistics')
make.programme = lambda: statistics
who = {u.email.split('@')[0]: u for u in User.objects.filter(email__in=[f'{n}@example.org' for n in ('counting', 'deciding', 'dhaka')])}
people = make.People(*([who['dhaka']] * 2), who['counting'], who['deciding'], who['deciding'])
case = AssistanceRequest.objects.get(programme=statistics)
steps = (
    ('counting', 'start_review', {'lead_officer': people.officer, 'letter': 'authenticated'}),
    ('counting', 'mark_complete', make.ASSESSED),
    ('deciding', 'accept', {'priority': 'normal', 'lead_officer': people.officer, 'estimate': 30000, 'funding': make.funding(currency='EUR')}),
    ('counting', 'propose_plan', make.PLAN),
    ('dhaka', 'agree', {'agreed_by_name': 'R. Uddin'}),
    ('counting', 'start_delivery', {}),
)
for name, code, data in steps:
    case = make.do(who[name], case, code, **data)
about = {'pillar': Pillar.objects.get(code='collection'), 'title': 'Field test of the census', 'place': 'Dhaka'}
deed = make.engagement(people.officer, make.part(BGD={'women': 9, 'men': 8}), requests=[case], **about)
engagements.perform_action(people.officer, deed.pk, 'deliver', {'outcome': 'The questionnaire is tested.'})
made = schedule(people, title='Statistics, quarterly')
Report.objects.filter(version__schedule=made).update(cutoff_at=timezone.now(), due_at=timezone.now())
while Report.objects.filter(version__schedule=made).exclude(state='produced').exists():
    produce_due(); time.sleep(0.5)
report = made.versions.get().reports.first()
report_services.perform_action(people.officer, report.pk, 'review')
print(deed.pk, report.pk)
"""
FOREIGN = ("Cooperation", "Darknet", "Digital forensics", "Cybercrime")


def reads_none_of(person: Person, *words: str) -> None:
    """None of these stands on the page."""
    text = person.page.locator("main").inner_text()
    found = {word: text[max(text.find(word) - 80, 0) :][:160] for word in words if word in text}
    assert not found


def test_a_second_programme_from_its_file_to_its_published_report(
    stack: Stack, browser: Any
) -> None:
    stack.run(LOAD)
    dhaka = Person(browser, stack.url, "dhaka@example.org", viewport={"width": 360, "height": 740})
    dhaka.visit("/")
    dhaka.press("New request")
    dhaka.reads("Data collection", "Population census")
    reads_none_of(dhaka, *FOREIGN)
    dhaka.fill(title="A field test of the census", theme_codes="population-census")
    dhaka.page.locator("main [name=pillar]").first.check()
    dhaka.press("Save and continue")
    dhaka.fill(problem="The questionnaire was never tried.")
    dhaka.press("Save and continue")
    dhaka.fill(
        assistance_types="training_course",
        assistance_asked="A field test.",
        expected_results="A questionnaire that works.",
        beneficiaries="The bureau of statistics.",
    )
    dhaka.press("Save and continue")
    dhaka.press("Save and continue")
    dhaka.fill(signatory_name="R. Uddin", signatory_title="Director")
    dhaka.press("Save and review")
    dhaka.press("Submit")
    dhaka.reads("Request submitted", "BGD-")

    deed, report = stack.run(DELIVER).split()
    officer = Person(browser, stack.url, "counting@example.org")
    officer.visit(f"/engagements/{deed}/")
    officer.reads("Data collection", "EUR", "Statistical Capacity Programme")
    officer.visit("/requests/")
    officer.reads("A field test of the census")
    reads_none_of(officer, "KEN-", *FOREIGN)

    manager = Person(browser, stack.url, "deciding@example.org")
    manager.visit(f"/reports/{report}/")
    manager.press("Publish")
    manager.page.locator("main form button.primary").click()
    manager.visit(f"/reports/{report}/")
    manager.reads("Published", "Statistical Capacity Programme", "Data collection", "17")
    reads_none_of(manager, *FOREIGN)
    # nobody of the one programme reads the other's
    for email in ("officer@example.org", "kenya@example.org"):
        other = Person(browser, stack.url, email)
        assert other.visit(f"/engagements/{deed}/").status == 404
        assert other.visit(f"/reports/{report}/").status == 404
        other.leave()
    for person in (dhaka, officer, manager):
        person.leave()
