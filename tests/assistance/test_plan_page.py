"""Writing a plan: one draft of the programme's officers, steps of other plans, the total beside the
estimate, and how the country will see it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from accounts.drafts.models import Draft
from accounts.models import Role, User
from assistance.plans.models import PlanDraft
from assistance.requests.models import AssistanceRequest
from core.db.country_role import as_country
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
STEP = {
    "steps-0-what": "A course of zinnias",
    "steps-0-starts_on": "2027-01-18",
    "steps-0-ends_on": "2027-01-22",
    "steps-0-who": "Programme",
    "steps-0-cost": "14500",
}
INDICATOR = {
    "indicators-0-title": "Phones examined",
    "indicators-0-unit": "phones",
    "indicators-0-baseline": "3",
    "indicators-0-target": "12",
}


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def plan_page(case: AssistanceRequest, action: str = "propose_plan") -> str:
    """Where the plan is written."""
    return reverse("request_act", args=[case.pk, action])


def shown(user: User, address: str) -> str:
    """A page as somebody reads it, without its line breaks."""
    return " ".join(signed_in(user).get(address).content.decode().split())


def save(user: User, case: AssistanceRequest, number: Any = 0, **texts: str) -> Any:
    """Saves a draft with the button."""
    sent = {"save_draft": "1", "plan_number": number} | STEP | texts
    return signed_in(user).post(plan_page(case), sent)


def test_officers_of_the_programme_work_on_one_draft(people: People) -> None:
    case = make.advanced(people, "accepted")
    assert save(people.officer, case).status_code == 302
    colleague = make.staff(Role.OFFICER, name="Ben Okafor")
    page = shown(colleague, plan_page(case))
    assert "A course of zinnias" in page and "saved by Anna Rossi" in page
    assert save(colleague, case, number=1, summary="In two stages").status_code == 302
    page = shown(people.officer, plan_page(case))
    assert "In two stages" in page and "saved by Ben Okafor" in page
    assert PlanDraft.objects.count() == 1


def test_who_saves_second_is_shown_both_and_overwrites_nothing(people: People) -> None:
    case = make.advanced(people, "accepted")
    colleague = make.staff(Role.OFFICER)
    save(people.officer, case, summary="Words of Anna")
    refused = save(colleague, case, number=0, summary="Words of Ben")
    page = " ".join(refused.content.decode().split())
    assert refused.status_code == 409
    assert "Words of Ben</textarea>" in page and ">Words of Anna</p>" in page
    assert PlanDraft.objects.get().texts["summary"] == ["Words of Anna"]
    number = refused.context["draft"].shared_number
    assert save(colleague, case, number=number, summary="Words of both").status_code == 302
    assert PlanDraft.objects.get().texts["summary"] == ["Words of both"]


def test_the_country_reads_nothing_of_a_draft(people: People) -> None:
    case = make.advanced(people, "accepted")
    save(people.officer, case)
    for address in (
        case.get_absolute_url(),
        plan_page(case),
        f"/api/v1/requests/{case.pk}/",
        "/",
        "/requests/?q=zinnias",
    ):
        assert b"A course of zinnias" not in signed_in(people.kenya).get(address).content, address
    with as_country(people.kenya), pytest.raises(ProgrammingError), transaction.atomic():
        list(PlanDraft.objects.all())
    case.refresh_from_db()
    assert case.events.filter(action__contains="plan").count() == 0


def test_a_proposed_plan_takes_the_draft_away(people: People) -> None:
    case = make.advanced(people, "accepted")
    save(people.officer, case)
    sent = signed_in(people.officer).post(
        plan_page(case), {"version": case.version, "plan_number": 1} | STEP | INDICATOR
    )
    assert sent.status_code == 302 and not PlanDraft.objects.exists()


def test_what_an_officer_types_is_theirs_until_they_save_it(people: People) -> None:
    case, client = make.advanced(people, "accepted"), signed_in(people.officer)
    save(people.officer, case, summary="Saved words")
    stamp = client.get(plan_page(case)).context["draft"].stamp
    typed = {"stamp": stamp, "draft_number": 0, "summary": "Words being typed"} | STEP
    assert client.post(reverse("draft_save"), typed).status_code == 200
    assert "Words being typed" in shown(people.officer, plan_page(case))
    assert "Words being typed" not in shown(make.staff(Role.OFFICER), plan_page(case))
    client.post(plan_page(case), {"discard_draft": "1"})
    assert "Saved words" in shown(people.officer, plan_page(case))
    client.post(plan_page(case), {"discard_draft": "1"})  # sent twice: it takes nothing more away
    assert PlanDraft.objects.exists() and not Draft.objects.exists()
    client.post(plan_page(case), {"discard_draft": "1", "plan_number": 1})
    assert not PlanDraft.objects.exists()


def test_a_colleagues_saving_stands_beside_ones_own_words(people: People) -> None:
    case, client = make.advanced(people, "accepted"), signed_in(people.officer)
    save(people.officer, case, summary="Saved words")
    stamp = client.get(plan_page(case)).context["draft"].stamp
    typed = {"stamp": stamp, "draft_number": 0, "plan_number": 1, "summary": "My own words"} | STEP
    client.post(reverse("draft_save"), typed)
    save(make.staff(Role.OFFICER, name="Ben Okafor"), case, number=1, summary="Words of Ben")
    page = client.get(plan_page(case))
    text = " ".join(page.content.decode().split())
    assert "My own words</textarea>" in text and ">Words of Ben</p>" in text
    assert "Ben Okafor saved this plan at" in text
    number = page.context["draft"].shared_number
    assert save(people.officer, case, number=number, summary="My own words").status_code == 409
    assert PlanDraft.objects.get().texts["summary"] == ["Words of Ben"]


def test_a_plan_that_is_proposed_leaves_what_a_colleague_has_saved_since(people: People) -> None:
    case = make.advanced(people, "accepted")
    save(people.officer, case)
    save(make.staff(Role.OFFICER), case, number=1, summary="Newer")
    make_proposal = {"version": case.version, "plan_number": 1} | STEP | INDICATOR
    assert signed_in(people.officer).post(plan_page(case), make_proposal).status_code == 302
    assert PlanDraft.objects.get().texts["summary"] == ["Newer"]


def test_the_total_stands_beside_the_estimate(people: People) -> None:
    case = make.advanced(people, "accepted")
    assert case.estimate == Decimal(50_000)
    save(people.officer, case)
    page = shown(people.officer, plan_page(case))
    assert "Estimate when it was accepted" in page
    assert "USD <bdi>14,500</bdi>" in page and "USD <bdi>50,000</bdi>" in page
    assert "USD <bdi>35,500</bdi>" in page
    save(people.officer, case, number=1, **{"steps-0-cost": "60000"})
    assert "USD <bdi>-10,000</bdi>" in shown(people.officer, plan_page(case))


def test_the_plan_is_shown_as_the_country_will_see_it(people: People) -> None:
    case = make.advanced(people, "accepted")
    assert "As the country will see it" not in shown(people.officer, plan_page(case))
    save(people.officer, case, summary="In short", **{"steps-1-what": "No day yet"})
    page = shown(people.officer, plan_page(case))
    preview = page.partition("As the country will see it")[2]
    assert "In short" in preview and "18 January 2027 – 22 January 2027" in preview
    assert "No day yet" in preview and "USD 14,500" in preview


def test_steps_of_another_plan_are_added_below_ones_own(people: People) -> None:
    case = make.advanced(people, "planned", title="Similar")
    theirs = case.plans.get()
    mine = make.advanced(people, "accepted")
    AssistanceRequest.objects.filter(pk=mine.pk).update(theme_codes=case.theme_codes)
    sent = {"bring_in": "1", "from_plan": theirs.pk} | STEP
    answer = signed_in(people.officer).post(plan_page(mine), sent)
    initial = answer.context["form"].initial["steps"]
    assert answer.status_code == 200
    assert [row["what"] for row in initial] == [
        "A course of zinnias",
        *theirs.steps.values_list("what", flat=True),
    ]
    assert initial[1]["starts_on"] is None  # the days of another country's plan are its own
    assert mine.plans.count() == 0


def test_steps_of_a_plan_that_the_officer_may_not_see_are_not_brought_in(people: People) -> None:
    other = make.advanced(people, "planned")
    mine = make.advanced(people, "accepted", theme_codes=["darknet"])
    sent = {"bring_in": "1", "from_plan": other.plans.get().pk} | STEP
    answer = signed_in(people.officer).post(plan_page(mine), sent)
    assert len(answer.context["form"].initial["steps"]) == 1


def test_a_revision_starts_from_an_earlier_version(people: People) -> None:
    case = make.advanced(people, "planned")
    page = signed_in(people.officer).get(plan_page(case, "revise_plan"))
    assert page.context["plans"] == [case.plans.get()]
    sent = {"bring_in": "1", "from_plan": case.plans.get().pk}
    answer = signed_in(people.officer).post(plan_page(case, "revise_plan"), sent)
    step = case.plans.get().steps.first()
    assert step is not None and isinstance(step.starts_on, date)
    assert answer.context["form"].initial["steps"][0]["starts_on"] == step.starts_on
