"""A step of an agreed plan becomes an engagement: words, days and cost are carried over, and what was
done stands beside what was planned."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assistance.engagements.models import Engagement
from assistance.plans.models import PlannedStep
from assistance.plans.step_models import StepEngagement
from assistance.requests.models import AssistanceRequest
from core.db.country_role import as_country
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def step_of(case: AssistanceRequest) -> PlannedStep:
    """The one step of its plan."""
    return PlannedStep.objects.get(plan__request=case)


def browser(user: object) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def logged(people: People, case: AssistanceRequest) -> Engagement:
    """What an officer sends who logs the step as it is."""
    officer = browser(people.officer)
    address = f"{reverse('engagement_new')}?step={step_of(case).pk}"
    page = officer.get(address)
    form, part = page.context["form"], page.context["parts"][0].form
    sent = {
        "version": "",
        "parts": "1",
        "programme": make.programme().pk,
        "title": form["title"].value(),
        "type": "training_course",
        "modality": "in_person",
        "place": "Nairobi",
        "pillar": form["pillar"].value(),
        "theme_codes": "digital-forensics",
        "lead_officer": people.officer.pk,
        "requests": [case.pk],
        "part0rows": "1",
        "part0row0-country": "Kenya",
        "part0row0-women": "2",
    } | {
        f"part0-{name}": str(part[name].value())
        for name in ("starts_on", "ends_on", "planned_cost")
    }
    assert "Course" in page.content.decode()
    answer = officer.post(address, sent)
    assert answer.status_code == 302, answer.context["entry"].errors
    return Engagement.objects.get()


def test_words_days_and_cost_are_carried_over_and_both_stand_on_the_request(
    people: People,
) -> None:
    case = make.advanced(people, "planned")
    step = step_of(case)
    deed = logged(people, case)
    part = deed.parts.get()
    assert deed.title == step.what
    assert (part.starts_on, part.ends_on) == (step.starts_on, step.ends_on)
    assert part.planned_cost == Decimal(20000)
    assert StepEngagement.objects.get().step == step
    assert deed.requests.get() == case
    officer = browser(people.officer).get(case.get_absolute_url()).content.decode()
    assert str(deed.reference) in officer and "Log as an engagement" in officer
    type(part).objects.filter(pk=part.pk).update(actual_cost=Decimal(18750))
    officer = browser(people.officer).get(case.get_absolute_url()).content.decode()
    assert "18,750" in officer
    kenya = browser(people.kenya).get(case.get_absolute_url()).content.decode()
    assert str(deed.reference) in kenya
    assert "18,750" not in kenya and "Log as an engagement" not in kenya


def test_only_steps_of_agreed_plans_of_ones_own_requests_are_carried_over(people: People) -> None:
    proposed = make.advanced(people, "plan_proposed")
    foreign = make.advanced(people, "planned", "FJI")
    other = make.Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    AssistanceRequest.objects.filter(pk=foreign.pk).update(programme=other)
    officer = browser(people.officer)
    for step in (step_of(proposed).pk, step_of(foreign).pk, 987654, "x"):
        page = officer.get(f"{reverse('engagement_new')}?step={step}")
        assert page.status_code == 200 and not page.context["form"]["title"].value()


def test_the_country_role_reads_what_carries_out_its_own_steps(people: People) -> None:
    case = make.advanced(people, "planned")
    logged(people, case)
    for person, count in ((people.kenya, 1), (people.fiji, 0)):
        with as_country(person):
            assert StepEngagement.objects.count() == count
