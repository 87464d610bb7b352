"""The page on which a manager decides: what is decided on, one list of decisions, and nothing of it
for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assistance.funding.balances import balances_of
from assistance.requests.decision_memo import funds_for, similar_requests
from assistance.requests.models import AssistanceRequest
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def decide(case: AssistanceRequest, code: str = "accept") -> str:
    """Where it is decided."""
    return reverse("request_act", args=[case.pk, code])


def page(user: User, address: str) -> str:
    """As somebody reads it, without its line breaks."""
    return " ".join(signed_in(user).get(address).content.decode().split())


def test_a_manager_reads_on_one_page_what_is_decided_on(people: People) -> None:
    make.engagement(people.officer, make.part(None, KEN={"women": 3}), title="Earlier course")
    earlier = make.advanced(people, "accepted", title="Earlier request")
    case = make.advanced(people, "complete", title="The request to decide on")
    shown = page(people.manager, decide(case))
    assert case.problem in shown and "recommends:" in shown
    assert "Earlier course" in shown and "Earlier request" in shown
    assert shown.count(str(earlier.reference)) == 2  # of the country, and similar
    for decision in (
        "Accept in part",
        "Put on the waiting list",
        "Pass on to another provider",
        "Decline",
        "Return the assessment",
    ):
        assert f"<strong>{decision}</strong>" in shown
    assert shown.count("Who will be told what") == 6


@pytest.mark.parametrize("code", ["accept", "waitlist", "refer", "decline", "return_assessment"])
def test_nobody_else_reads_the_memo(people: People, code: str) -> None:
    case = make.advanced(people, "complete")
    for reader in (people.kenya, people.fiji, people.officer):
        assert signed_in(reader).get(decide(case, code)).status_code == 404


def test_each_decision_asks_for_its_own_fields_and_takes_its_own_action(people: People) -> None:
    funds = make.funding()
    case = make.advanced(people, "complete")
    client = signed_in(people.manager)
    sent = {
        "version": case.version,
        "priority": "high",
        "lead_officer": people.officer.pk,
        "estimate": "20000",
        "funding": funds.pk,
    }
    refused = client.post(decide(case), sent | {"accept_in_part": "1"})
    assert refused.status_code == 422 and "What is not covered" in refused.content.decode()
    assert refused.content.decode().count("<details") > 5  # the memo is there all the same
    accepted = client.post(decide(case), sent | {"accept_in_part": "1", "not_covered": "Vehicles"})
    assert accepted.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.not_covered) == ("accepted", "Vehicles")


def test_what_was_typed_into_one_decision_is_not_lost_for_another(people: People) -> None:
    case, client = make.advanced(people, "complete"), signed_in(people.manager)
    saved = client.post(decide(case, "decline"), {"save_draft": "1", "note": "Words to weigh"})
    assert saved.status_code == 302 and saved["Location"] == decide(case, "decline")
    shown = page(people.manager, decide(case))
    assert "Words to weigh" in shown
    assert "Words to weigh" not in page(make.staff(make.Role.MANAGER), decide(case))


def test_a_draft_of_another_decision_is_there_after_a_mistake(people: People) -> None:
    case, client = make.advanced(people, "complete"), signed_in(people.manager)
    client.post(decide(case, "decline"), {"save_draft": "1", "note": "Long words of refusal"})
    refused = client.post(decide(case), {"estimate": "wrong", "version": case.version})
    assert refused.status_code == 422 and "Long words of refusal" in refused.content.decode()


def test_funds_that_cannot_be_used_stand_apart_with_the_reason(people: People) -> None:
    case = make.advanced(people, "complete", pillar=make.Pillar.objects.get(code="prevention"))
    today = case.programme.today()
    fits = make.funding(title="For all")
    other = make.funding(title="Other pillar", pillar=make.Pillar.objects.get(code="research"))
    over = make.funding(title="Over", valid_until=today)
    ahead = make.funding(title="Ahead", valid_from=today + timedelta(days=3))
    found = {fund.balance.funding.title: fund.why_not for fund in funds_for(case)}
    assert found["For all"] == ""
    assert found["Other pillar"] == "Earmarked for Research."
    assert found["Over"].startswith("Could be used until")
    assert found["Ahead"].startswith("Can be used from")
    shown = page(people.manager, decide(case))
    for fund in (other, over, ahead):
        assert f'<option value="{fund.pk}"' not in shown and fund.title in shown
    assert f'<option value="{fits.pk}"' in shown


def test_what_is_left_is_what_was_neither_spent_nor_spoken_for(people: People) -> None:
    funds = make.funding(amount=Decimal(100_000))
    case = make.advanced(people, "complete")
    accepted = {
        "priority": "normal",
        "lead_officer": people.officer,
        "estimate": Decimal(30_000),
        "funding": funds,
    }
    case = make.do(people.manager, case, "accept", **accepted)

    def left(but: int | None = None) -> tuple[int, int, int]:
        (found,) = balances_of([funds], but=but)
        return int(found.spent), int(found.committed), int(found.left)

    assert left() == (0, 30_000, 70_000)
    assert left(but=case.pk) == (0, 0, 100_000)
    # an engagement for two requests bears a half of the estimate of each
    second = make.advanced(people, "accepted")
    ahead = case.programme.today() + timedelta(days=30)
    part = replace(make.part(ahead, KEN={}), planned_cost=Decimal(8_000), actual_cost=None)
    engagement = make.engagement(people.officer, part, requests=[case, second], funding=funds)
    assert left() == (0, 26_000 + 8_000, 66_000)
    row = engagement.parts.get()
    row.actual_cost = Decimal(10_000)
    row.held_on = row.ends_on
    row.save()
    assert left() == (10_000, 25_000, 65_000)
    # one in another currency lowers nothing; one of a merged request is the target's
    elsewhere = make.engagement(people.officer, part, requests=[case])
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(currency="KES")
    assert left() == (10_000, 25_000, 65_000)
    merged = make.advanced(people, "under_review")
    theirs = make.engagement(people.officer, part, requests=[merged])
    make.do(people.officer, merged, "merge", merged_into=case)
    assert left() == (10_000, 17_000, 73_000) and theirs.currency == "USD"
    case.refresh_from_db()
    case = make.do(people.manager, case, "discontinue", **reason_of("discontinue"))
    assert left() == (10_000, 0, 90_000)


def reason_of(action: str) -> dict[str, object]:
    """What a reason that is shown needs."""
    from assistance.programmes.models import ReasonCode

    return {"reason_code": ReasonCode.objects.filter(used_for=action).first(), "note": "So."}


def test_what_an_estimate_leaves_of_the_funds_is_said_without_scripts_too(people: People) -> None:
    make.funding(amount=Decimal(60_000))
    case, client = make.advanced(people, "complete"), signed_in(people.manager)
    assert "USD 14,000" not in page(people.manager, decide(case))
    client.post(decide(case), {"save_draft": "1", "estimate": "46 000"})
    assert "USD 14,000" in page(people.manager, decide(case))
    refused = client.post(decide(case), {"estimate": "70,000", "version": case.version})
    assert refused.status_code == 422 and "USD -10,000" in refused.content.decode()


def test_an_early_engagement_is_not_taken_from_the_funds_twice(people: People) -> None:
    funds = make.funding(amount=Decimal(60_000))
    case = make.advanced(people, "complete")
    ahead = case.programme.today() + timedelta(days=30)
    part = replace(make.part(ahead, KEN={}), planned_cost=Decimal(9_000), actual_cost=None)
    make.engagement(people.officer, part, requests=[case], funding=funds)
    client = signed_in(people.manager)
    client.post(decide(case), {"save_draft": "1", "estimate": "46000"})
    shown = page(people.manager, decide(case))
    assert "USD 51,000" in shown and "USD 14,000" in shown


def test_similar_requests_are_those_with_most_in_common_that_the_reader_may_see(
    people: People,
) -> None:
    def closed(title: str, *themes: str) -> AssistanceRequest:
        case = make.advanced(people, "accepted", title=title)
        AssistanceRequest.objects.filter(pk=case.pk).update(theme_codes=list(themes))
        return case

    both = closed("Both", "digital-forensics", "legislation")
    one = closed("One", "digital-forensics")
    closed("None", "darknet")
    case = make.advanced(people, "complete")
    case.theme_codes = ["digital-forensics", "legislation"]
    assert similar_requests(case, people.manager) == [both, one]
    assert similar_requests(case, people.fiji) == []


def test_the_page_takes_no_more_queries_with_more_rows(people: People) -> None:
    case = make.advanced(people, "complete")
    client = signed_in(people.manager)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(decide(case)).status_code == 200
        return len(captured)

    make.advanced(people, "accepted")
    make.engagement(people.officer, make.part(None, KEN={"women": 3}))
    make.funding()
    before = queries()
    for _number in range(3):
        make.advanced(people, "accepted")
        make.engagement(people.officer, make.part(None, KEN={"women": 3}))
        make.funding()
    assert queries() == before


def test_the_timeline_names_the_funds_and_not_their_number(people: People) -> None:
    case = make.advanced(people, "accepted")
    assert case.funding is not None
    shown = page(people.officer, case.get_absolute_url())
    happened = shown.partition("What has happened")[2]
    assert str(case.funding) in happened
    assert str(case.funding) not in page(people.kenya, case.get_absolute_url())
