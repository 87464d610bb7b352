"""After a request was submitted: its reference, what comes next, a receipt, and a copy for those who
may read it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.drafts.models import Draft
from accounts.models import User
from assistance.requests.submission import coming_steps
from files.models import attach_file
from notifications.models import Notification
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def test_one_page_shows_what_is_sent_and_what_is_declared_by_it(people: People) -> None:
    case, client = make.draft(people.kenya), signed_in(people.kenya)
    address = reverse("request_act", args=[case.pk, "submit"])
    page = client.get(address).content.decode()
    assert case.problem in page and "You declare that the institution" in page
    assert reverse("request_edit", args=[case.pk, "problem"]) in page
    sent = client.post(address, {"version": case.version})
    assert sent.status_code == 302
    assert sent["Location"] == reverse("request_submitted", args=[case.pk])


def test_who_submits_reads_the_reference_what_comes_next_and_by_which_day(people: People) -> None:
    case = make.submitted(people.kenya)
    page = (
        signed_in(people.kenya).get(reverse("request_submitted", args=[case.pk])).content.decode()
    )
    assert str(case.reference) in page and people.kenya.email in page
    confirmed, asked, decided = coming_steps(case)
    assert confirmed.by == case.due_on and asked.by is None
    assert decided.by is not None and case.due_on is not None and decided.by > case.due_on
    for step in (confirmed, decided):
        assert f"By {step.by:%-d %B %Y}." in " ".join(page.split())
    assert reverse("request_copy", args=[case.pk]) in page


def test_a_request_that_waits_for_clearance_says_so_and_names_no_day(people: People) -> None:
    make.focal_point("KEN", may_clear=True)
    case = make.do(people.kenya, make.draft(people.kenya), "submit")
    assert case.state == "awaiting_clearance"
    page = (
        signed_in(people.kenya).get(reverse("request_submitted", args=[case.pk])).content.decode()
    )
    assert "Sent to your approver" in page and "By " not in page
    assert [step.by for step in coming_steps(case)] == [None, None]


def test_the_page_is_the_authors_for_as_long_as_nothing_has_happened(people: People) -> None:
    case = make.submitted(people.kenya)
    address = reverse("request_submitted", args=[case.pk])
    assert signed_in(people.fiji).get(address).status_code == 404
    make.do(
        people.officer, case, "start_review", lead_officer=people.officer, letter="authenticated"
    )
    assert signed_in(people.kenya).get(address)["Location"] == case.get_absolute_url()


def test_who_submits_gets_a_receipt_and_others_of_the_country_a_message(people: People) -> None:
    colleague = make.focal_point("KEN")
    case = make.submitted(people.kenya)
    told = Notification.objects.filter(kind="request.submit")
    assert colleague.pk in set(told.values_list("user_id", flat=True))
    receipt = Notification.objects.get(kind="request.receipt")
    assert receipt.user == people.kenya and str(case.reference) in receipt.subject


def test_a_copy_is_a_tagged_pdf_for_those_who_may_read_the_request(people: People) -> None:
    case = make.submitted(people.kenya, problem="Телефоны изъяты.\nالهواتف مغلقة. 手机 <&>")
    attach_file("request", case.pk, make.pdf("plea.pdf"), people.kenya, purpose="letter")
    address = reverse("request_copy", args=[case.pk])
    for reader in (people.kenya, people.officer):
        answer = signed_in(reader).get(address)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-") and b"/StructTreeRoot" in answer.content
        assert f"{case.reference}.pdf" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
    assert signed_in(people.fiji).get(address).status_code == 404
    assert "login" in Client().get(address)["Location"]


def test_a_copy_can_be_made_of_a_draft_by_its_author_alone(people: People) -> None:
    case = make.draft(people.kenya)
    address = reverse("request_copy", args=[case.pk])
    assert signed_in(people.kenya).get(address).status_code == 200
    for other in (make.focal_point("KEN"), people.officer):
        assert signed_in(other).get(address).status_code == 404
    assert not Draft.objects.exists()
