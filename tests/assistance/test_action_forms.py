"""The forms of actions: one field a need, sentences for what is not right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone

from assistance.requests import services
from assistance.requests.actors import AUTHOR, CLEARER, FOCAL_POINT
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS, WORKFLOW
from core.workflow.forms import ActionForm, form_for
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def form(
    case: AssistanceRequest, user: Any, code: str, data: Any = None, files: Any = None
) -> ActionForm:
    """The form of an action by its code."""
    return form_for(WORKFLOW, ACTIONS[code], case, user, data, files)


def test_the_form_of_every_action_has_one_field_a_need_and_can_be_shown(people: People) -> None:
    case = make.submitted(people.kenya)
    for action in ACTIONS.values():
        shown = form(case, people.manager, action.code)
        assert list(shown.fields) == [
            n.name
            for n in WORKFLOW.fields_of(
                action, case, on_behalf=action.actor in (AUTHOR, CLEARER, FOCAL_POINT)
            )
        ]
        assert str(shown) or not shown.fields


def test_rows_are_read_from_the_fields_of_a_page_and_what_was_typed_is_kept(people: People) -> None:
    case = make.advanced(people, "accepted")
    page = QueryDict(mutable=True)
    page.update(
        {
            "steps-0-what": "Course",
            "steps-0-starts_on": "2027-03-01",
            "steps-0-ends_on": "2027-03-05",
            "steps-0-who": "Programme",
            "steps-0-cost": "20 000,50",
            "steps-1-what": "",
            "steps-1-starts_on": "",
            "steps-2-what": "Mentoring",
            "steps-2-starts_on": "soon",
            "steps-2-ends_on": "2027-06-01",
            "steps-2-who": "",
            "indicators-0-title": "Officers certified",
            "indicators-0-unit": "people",
            "indicators-0-baseline": "0",
            "indicators-0-target": "40",
        }
    )
    wrong = form(case, people.officer, "propose_plan", page)
    assert wrong.errors["steps"] == [
        "Row 3, From: Write a date that exists as year-month-day, such as 2026-03-31.",
        "Row 3, Who: This field is required.",
    ]
    assert 'value="soon"' in str(wrong["steps"]) and 'aria-label="From, row 3"' in str(
        wrong["steps"]
    )
    page["steps-2-starts_on"], page["steps-2-who"] = "2027-04-01", "A mentor"
    right = form(case, people.officer, "propose_plan", page)
    assert right.is_valid(), right.errors
    assert right.cleaned_data["steps"][0] == {
        "what": "Course",
        "starts_on": date(2027, 3, 1),
        "ends_on": date(2027, 3, 5),
        "who": "Programme",
        "cost": Decimal("20000.50"),
    }
    services.perform_action(people.officer, case.pk, "propose_plan", right.cleaned_data)
    assert case.plans.get().cost == Decimal("20000.50")


def test_a_table_needs_a_row(people: People) -> None:
    case = make.advanced(people, "accepted")
    errors = form(
        case, people.officer, "propose_plan", {"steps": [{}], "indicators": "many"}
    ).errors
    assert errors["steps"] == ["Fill in one row or more."]
    assert "list of objects" in errors["indicators"][0]


def test_what_is_not_on_offer_is_answered_with_a_sentence(people: People) -> None:
    case = make.advanced(people, "complete")
    data = {
        "priority": "soon",
        "lead_officer": "nobody@example.org",
        "estimate": "-1",
        "funding": "9999999999999999999",
    }
    errors = form(case, people.manager, "accept", data).errors
    assert errors["priority"] == ["There is no “soon” here. Choose one of those on offer."]
    assert (
        "nobody@example.org" in errors["lead_officer"][0]
        and "zero or above" in errors["estimate"][0]
        and "999" in errors["funding"][0]
    )
    assert (
        "Still to be ticked"
        in form(case, people.officer, "mark_complete", {"checklist": ["problem"]}).errors[
            "checklist"
        ][0]
    )
    refused = form(
        case, people.manager, "waitlist", {"note": "Later", "next_look_on": "1066-10-14"}
    ).errors["next_look_on"][0]
    assert (
        refused
        == f"The year 1066 cannot be right: write a date from 1990 to {timezone.now().year + 15}."
    )
    assert (
        "cannot be kept"
        in form(case, people.officer, "ask", {"questions": "Why\ud800?"}).errors["questions"][0]
    )


def test_an_officer_can_be_named_by_id_or_e_mail_and_only_from_the_programme(
    people: People,
) -> None:
    case = make.submitted(people.kenya)
    for named in (str(people.officer.pk), people.officer.email.upper()):
        right = form(
            case, people.officer, "start_review", {"lead_officer": named, "letter": "authenticated"}
        )
        assert right.is_valid() and right.cleaned_data["lead_officer"] == people.officer
    assert not form(
        case,
        people.officer,
        "start_review",
        {"lead_officer": str(people.kenya.pk), "letter": "authenticated"},
    ).is_valid()


def test_reasons_are_those_of_the_action(people: People) -> None:
    case = make.advanced(people, "under_review")
    fields = (
        form(case, people.manager, code).fields["reason_code"]
        for code in ("decline", "discontinue")
    )
    declines, stops = ({r.code for r in field.queryset} for field in fields)  # type: ignore[attr-defined]
    assert declines and stops and not declines & stops


def test_a_file_of_another_kind_is_refused(people: People) -> None:
    case = make.submitted(people.kenya)
    wrong = form(
        case,
        people.kenya,
        "supplement",
        {"text": ""},
        {"file": SimpleUploadedFile("run.exe", b"MZ\0\0")},
    )
    assert "not of a kind" in wrong.errors["file"][0]
    assert form(case, people.kenya, "supplement", {"text": ""}, {"file": make.pdf()}).is_valid()
