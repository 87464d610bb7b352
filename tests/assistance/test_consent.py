"""What a country lets others read of its request: narrowed by anyone at once, widened by who may
clear, read by strangers once an officer released it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.funding.models import Donor
from assistance.requests import consent
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import WORKFLOW
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.api import Api
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
NOTHING: dict[str, Any] = {"publish": "nothing"}
SUMMARY: dict[str, Any] = {"publish": "summary", "public_summary": "Training of investigators."}


@pytest.fixture
def approver(people: People) -> User:
    """A colleague who may clear."""
    return make.focal_point("KEN", may_clear=True)


def cleared(people: People, approver: User) -> AssistanceRequest:
    """A submitted request of Kenya."""
    return make.do(approver, make.submitted(people.kenya), "clear")


@pytest.mark.parametrize(
    ("before", "given", "fields"),
    [
        (NOTHING, {"publish": "title"}, ["publish"]),
        (NOTHING, SUMMARY, ["publish", "public_summary"]),
        (SUMMARY, SUMMARY | {"public_summary": "Training of spies."}, ["public_summary"]),
        (SUMMARY, SUMMARY | {"public_title": "A course"}, ["public_title"]),
        (NOTHING, NOTHING | {"show_need": True}, ["show_need"]),
    ],
)
def test_widening_and_changes_of_a_public_text_are_for_who_may_clear(
    people: People, approver: User, before: dict[str, Any], given: dict[str, Any], fields: list[str]
) -> None:
    case = make.do(approver, cleared(people, approver), "set_consent", **before)
    for who in (people.kenya, make.focal_point("KEN")):
        with pytest.raises(DomainError) as refused:
            make.do(who, case, "set_consent", **given)
        assert list(refused.value.errors) == fields
    case = make.do(approver, case, "set_consent", **given)
    assert (case.publish, case.show_need, case.consent_on) == (
        given["publish"],
        given.get("show_need", False),
        make.programme().today(),
    )


def test_an_author_who_may_clear_needs_a_colleague_for_it_too(
    people: People, approver: User
) -> None:
    second = make.focal_point("KEN", may_clear=True)
    case = make.do(second, make.submitted(approver), "clear")
    with pytest.raises(DomainError):
        make.do(approver, case, "set_consent", publish="title")
    assert make.do(second, case, "set_consent", publish="title").publish == "title"


def test_where_nobody_else_may_clear_any_focal_point_widens(people: People) -> None:
    assert (
        make.do(people.kenya, make.submitted(people.kenya), "set_consent", publish="title").publish
        == "title"
    )


def test_anybody_narrows_at_once_ends_included(people: People, approver: User) -> None:
    case = make.do(approver, cleared(people, approver), "set_consent", **SUMMARY, show_need=True)
    case = make.do(people.officer, case, "release_text")
    case = make.do(people.kenya, case, "withdraw", reason="Solved.")
    assert consent.released_texts(case)
    case = make.do(people.kenya, case, "set_consent", publish="nothing")
    assert (case.publish, case.show_need, consent.released_texts(case)) == ("nothing", False, {})


def test_strangers_read_a_text_only_once_an_officer_released_that_very_text(people: People) -> None:
    case = make.do(people.kenya, make.submitted(people.kenya), "set_consent", **SUMMARY)
    assert consent.released_texts(case) == {} and consent.waits_for_release(case)
    with pytest.raises(ActionNotAllowed):
        make.do(people.kenya, case, "release_text")
    case = make.do(people.officer, case, "release_text")
    assert consent.released_texts(case) == {
        "title": case.title,
        "summary": "Training of investigators.",
    }
    assert "release_text" not in {a.code for a in WORKFLOW.available(people.officer, case)}
    case = make.do(
        people.kenya, case, "set_consent", **(SUMMARY | {"public_summary": "Case against Mr X."})
    )
    assert consent.released_texts(case) == {"title": case.title}
    assert "release_text" in {a.code for a in WORKFLOW.available(people.officer, case)}


def test_donors_are_named_and_dated(people: People, approver: User) -> None:
    first, second = Donor.objects.create(title="Donor One"), Donor.objects.create(title="Donor Two")
    case = make.do(
        approver,
        cleared(people, approver),
        "set_consent",
        publish="nothing",
        donors=[first, second],
    )
    assert case.share_with_donors and consent.donors_of(case) == {first.pk, second.pk}
    with pytest.raises(DomainError) as refused:
        make.do(
            people.kenya,
            make.do(people.kenya, case, "set_consent", publish="nothing", donors=[first]),
            "set_consent",
            **NOTHING,
            donors=[second],
        )
    assert list(refused.value.errors) == ["donors"]
    today = make.programme().today()
    assert list(
        case.donor_consents.order_by("id").values_list("donor__title", "since", "until")
    ) == [
        ("Donor One", today, None),
        ("Donor Two", today, today),
    ]


def test_a_focal_point_says_it_on_the_page_as_the_countries_role(people: People) -> None:
    case = make.submitted(people.kenya)
    donor = Donor.objects.create(title="Donor One")
    client = Client()
    client.force_login(people.kenya)
    address = reverse("request_act", args=[case.pk, "set_consent"])
    assert "Donor One" in client.get(address).content.decode()
    refused = client.post(address, {"publish": "summary", "version": case.version})
    assert refused.status_code == 422 and "Write the summary" in refused.content.decode()
    assert (
        client.post(
            address, SUMMARY | {"donors": [donor.pk], "show_need": "on", "version": case.version}
        ).status_code
        == 302
    )
    shown = client.get(case.get_absolute_url()).content.decode()
    assert "Donor One" in shown and "waits until an officer has read it" in shown
    told = Api(people.officer).get(f"requests/{case.pk}/").json()
    assert (told["publish"], told["shared_with"], told["show_need"], told["released"]) == (
        "summary",
        ["Donor One"],
        True,
        {},
    )
    assert (
        Api(people.kenya)
        .post(
            f"requests/{case.pk}/actions/set_consent/", {"publish": "title", "donors": [donor.pk]}
        )
        .status_code
        == 200
    )


def test_a_draft_says_it_in_its_form_and_not_by_the_act(people: People) -> None:
    assert "set_consent" not in {
        a.code for a in WORKFLOW.available(people.kenya, make.draft(people.kenya))
    }
