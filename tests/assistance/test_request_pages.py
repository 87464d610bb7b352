"""Pages of requests: who sees which case and what of it, what acting on a page answers, how pages
grow."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Role, User
from assistance.programmes.models import Programme, ProgrammeMembership, ReasonCode
from assistance.requests import services
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS
from countries.models import FocalPoint
from tests import make
from tests.make import PASSWORD, People
from tests.markup import compact

pytestmark = pytest.mark.django_db
TITLE = "Zanzibar seizure of telephones"


def text(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def page(user: User, address: str, status: int = 200) -> str:
    """The page at an address as somebody reads it."""
    client = Client()
    client.force_login(user)
    return text(client, address, status)


def exported(user: User, query: str = "") -> str:
    """The list as CSV."""
    client = Client()
    client.force_login(user)
    response: Any = client.get(reverse("requests_export") + query)
    assert response.status_code == 200 and response.streaming
    return b"".join(response.streaming_content).decode("utf-8-sig")


def is_nowhere(
    user: User, case: AssistanceRequest, actions: Any = ("withdraw", "submit", "accept")
) -> None:
    """Asserts that the case is found by no way that leads to cases, and that nothing happens to it."""
    client = Client()
    client.force_login(user)
    before = AssistanceRequest.objects.filter(pk=case.pk).values().get()
    events = case.events.count()
    text(client, case.get_absolute_url(), 404)
    for action in actions:
        assert client.get(reverse("request_act", args=[case.pk, action])).status_code == 404, action
    sent = {"reason": "x", "text": "x", "answers": "x"}
    for address in (
        reverse("request_act", args=[case.pk, "withdraw"]),
        reverse("request_act", args=[case.pk, "supplement"]),
        reverse("request_say", args=[case.pk]),
        reverse("request_edit", args=[case.pk, "subject"]),
    ):
        assert client.post(address, sent).status_code == 404, address
    home = client.get(reverse("home"), follow=True).content.decode()
    lists = [
        text(client, reverse("requests") + query)
        for query in ("", "?q=Zanzibar", f"?q={case.reference or 'KEN-'}")
    ]
    for shown in (home, *lists, exported(user)):
        assert TITLE not in shown
        assert case.get_absolute_url() not in shown
    assert (
        AssistanceRequest.objects.filter(pk=case.pk).values().get() == before
        and case.events.count() == events
    )


def test_a_request_of_another_country_is_nowhere(people: People) -> None:
    case = make.submitted(people.kenya, title=TITLE)
    is_nowhere(people.fiji, case, ACTIONS)
    assert TITLE in page(
        people.kenya, reverse("requests") + f"?q={case.reference}"
    ) and TITLE in exported(people.kenya, "?q=telephones")


def test_a_former_focal_point_sees_nothing_from_the_day_on_which_the_designation_ended(
    people: People,
) -> None:
    case, draft = make.submitted(people.kenya, title=TITLE), make.draft(people.kenya, title=TITLE)
    today = timezone.now().date()
    FocalPoint.objects.filter(user=people.kenya).update(valid_until=today + timedelta(days=1))
    assert TITLE in page(people.kenya, case.get_absolute_url())
    FocalPoint.objects.filter(user=people.kenya).update(valid_until=today)
    is_nowhere(people.kenya, case)
    is_nowhere(people.kenya, draft)


def test_who_is_deactivated_is_signed_out_and_does_not_sign_in_again(
    people: People, client: Client
) -> None:
    case = make.submitted(people.kenya, title=TITLE)
    sent = {"login": people.kenya.email, "password": PASSWORD}
    client.post(reverse("account_login"), sent)
    assert TITLE in text(client, case.get_absolute_url())
    User.objects.filter(pk=people.kenya.pk).update(is_active=False)
    assert client.get(case.get_absolute_url()).status_code == 302
    client.post(reverse("account_login"), sent)
    response: Any = client.get(case.get_absolute_url())
    assert response.status_code == 302 and reverse("account_login") in response["Location"]


def test_a_draft_is_its_authors_and_waits_for_those_who_may_clear(people: People) -> None:
    colleague, approver = make.focal_point("KEN"), make.focal_point("KEN", may_clear=True)
    elsewhere = make.focal_point("FJI", may_clear=True)
    case = make.draft(people.kenya, title=TITLE)
    assert TITLE in page(people.kenya, case.get_absolute_url())
    for other in (colleague, approver, people.manager):
        is_nowhere(other, case)
    case = make.do(people.kenya, case, "submit")
    assert case.state == "awaiting_clearance"
    for other in (colleague, elsewhere, people.officer):
        is_nowhere(other, case)
    assert TITLE in page(approver, case.get_absolute_url())
    assert "Waiting for your clearance" in page(approver, reverse("home"))
    make.do(approver, case, "clear")
    for reader in (people.kenya, colleague, approver, people.officer, people.manager):
        assert TITLE in page(reader, case.get_absolute_url())


def test_to_its_author_a_request_that_is_with_the_approver_is_not_their_own_turn(
    people: People,
) -> None:
    approver = make.focal_point("KEN", may_clear=True)
    case = make.submitted(people.kenya, title=TITLE)
    own = page(people.kenya, case.get_absolute_url())
    assert "with your approver" in own and "Your turn" not in own
    home = page(people.kenya, reverse("home"))
    assert "Waiting for your clearance" not in home and TITLE in home
    assert "Your turn" in page(approver, case.get_absolute_url())
    text_of_approver = page(approver, reverse("home"))
    assert text_of_approver.index("Waiting for your clearance") < text_of_approver.index(TITLE)


def test_an_administrator_sees_no_case(people: People) -> None:
    case = make.submitted(people.kenya, title=TITLE)
    client = Client()
    client.force_login(people.administrator)
    for path in (
        reverse("requests"),
        reverse("requests_export"),
        f"{reverse('requests')}?q={case.reference}",
        reverse("engagements"),
    ):
        assert client.get(path).status_code == 403
    for name in ("request", "request_say"):
        assert client.get(reverse(name, args=[case.pk])).status_code in (404, 405)
    assert str(case.reference) not in client.get(reverse("country", args=["KEN"])).content.decode()


def test_staff_of_another_programme_see_nothing(people: People) -> None:
    case = make.submitted(people.kenya, title=TITLE)
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    for role in (Role.OFFICER, Role.MANAGER):
        stranger = make.user(role)
        ProgrammeMembership.objects.create(
            user=stranger, programme=other, role=role, valid_from=make.LONG_AGO
        )
        is_nowhere(stranger, case)
        ProgrammeMembership.objects.create(
            user=stranger,
            programme=make.programme(),
            role=role,
            valid_from=make.LONG_AGO,
            valid_until=date(2021, 1, 1),
        )
        is_nowhere(stranger, case)


def test_the_country_reads_neither_notes_nor_what_the_programme_decides_for_itself(
    people: People,
) -> None:
    case = make.submitted(people.kenya)
    case = make.do(
        people.officer,
        case,
        "start_review",
        lead_officer=people.officer,
        letter="not",
        why_not="The stamp looks odd",
    )
    case = make.do(people.officer, case, "mark_complete", **make.ASSESSED)
    money = make.funding(title="Secret contribution")
    accepted = {
        "priority": "high",
        "lead_officer": people.officer,
        "estimate": Decimal(54321),
        "funding": money,
        "not_covered": "No laptops",
    }
    case = make.do(people.manager, case, "accept", **accepted)
    services.post_message(
        people.officer,
        case.pk,
        "Between us: slow ministry",
        internal=True,
        upload=make.pdf("memo.pdf"),
    )
    services.post_message(people.officer, case.pk, "We write to you soon", internal=False)
    case.refresh_from_db()
    staff_only = (
        "The stamp looks odd",
        "Not authenticated",
        "Due diligence on human rights",
        "Secret contribution",
        "54,321",
        "Between us",
        "memo.pdf",
        "Priority",
        "Officer who takes the case",
        "Internal note",
        "<dt>Officer</dt><dd>Anna Rossi",
    )
    read_by_staff, read_by_country = (
        compact(page(people.officer, case.get_absolute_url())),
        compact(page(people.kenya, case.get_absolute_url())),
    )
    for words in staff_only:
        assert words in read_by_staff, words
        assert words not in read_by_country, words
    assert "No laptops" in read_by_country and "We write to you soon" in read_by_country
    assert "54" not in exported(people.kenya).split(str(case.reference))[1].replace(case.title, "")


def test_a_note_of_a_focal_point_is_a_message_and_never_hidden(
    people: People, client: Client
) -> None:
    case = make.submitted(people.kenya)
    client.force_login(people.kenya)
    assert (
        client.post(
            reverse("request_say", args=[case.pk]), {"text": "Hello there", "internal": "on"}
        ).status_code
        == 302
    )
    assert case.events.get(action="message").shared


def test_a_wrong_form_of_an_action_is_answered_422_with_what_was_typed_and_changes_nothing(
    people: People, client: Client
) -> None:
    case = make.advanced(people, "complete")
    before = AssistanceRequest.objects.filter(pk=case.pk).values().get()
    client.force_login(people.manager)
    sent = {
        "priority": "high",
        "estimate": "a lot",
        "not_covered": "Kept <words>",
        "version": case.version,
    }
    response = client.post(reverse("request_act", args=[case.pk, "accept"]), sent)
    shown = response.content.decode()
    assert response.status_code == 422
    assert (
        "Write a number, such as 20000" in shown
        and "a lot" in shown
        and "Kept &lt;words&gt;" in shown
    )
    assert (
        AssistanceRequest.objects.filter(pk=case.pk).values().get() == before
        and not case.events.filter(action="accept").exists()
    )


def test_a_refusal_of_the_rules_stands_beside_its_field(people: People, client: Client) -> None:
    case = make.advanced(people, "complete")
    client.force_login(people.manager)
    sent = {"note": "Kept words", "next_look_on": "2020-01-01", "version": case.version}
    response = client.post(reverse("request_act", args=[case.pk, "waitlist"]), sent)
    shown = response.content.decode()
    assert (
        response.status_code == 422
        and shown.count("Choose a date after today.") == 2
        and "Kept words" in shown
    )


@pytest.mark.parametrize("reader", ["kenya", "officer", "manager"])
def test_the_page_of_a_refused_request_says_why(
    people: People, client: Client, reader: str
) -> None:
    case = make.advanced(people, "complete")
    reason = ReasonCode.objects.filter(used_for="decline").first()
    assert reason is not None
    refusal = {"reason_code": reason, "note": "Ask again next year."}
    services.perform_action(people.manager, case.pk, "decline", refusal)
    client.force_login(getattr(people, reader))
    page = client.get(case.get_absolute_url())
    assert page.status_code == 200 and escape(reason.name) in page.content.decode()


def test_an_empty_message_is_answered_422(people: People, client: Client) -> None:
    case = make.submitted(people.kenya)
    client.force_login(people.kenya)
    response = client.post(reverse("request_say", args=[case.pk]), {"text": " "})
    assert response.status_code == 422 and "Write the message first." in response.content.decode()
    assert not case.events.filter(action="message").exists()


def test_who_acts_on_an_outdated_page_is_told_keeps_the_text_and_can_go_on(
    people: People, client: Client
) -> None:
    case = make.advanced(people, "under_review")
    seen = case.version
    make.do(people.manager, case, "mark_complete", **make.ASSESSED)
    client.force_login(people.officer)
    address = reverse("request_act", args=[case.pk, "ask"])
    response = client.post(address, {"questions": "How many <phones>?", "version": seen})
    shown = response.content.decode()
    assert (
        response.status_code == 409
        and "Lina Haddad" in shown
        and "Request found complete" in shown
        and "How many &lt;phones&gt;?" in shown
    )
    case.refresh_from_db()
    assert case.state == "under_review" and f'name="version" value="{case.version}"' in shown
    assert (
        client.post(
            address, {"questions": "How many <phones>?", "version": case.version}
        ).status_code
        == 302
    )


def test_what_can_no_longer_be_done_is_answered_409_and_the_text_is_kept(
    people: People, client: Client
) -> None:
    case = make.advanced(people, "under_review")
    make.do(people.manager, case, "ask", questions="Which unit?")
    client.force_login(people.officer)
    address = reverse("request_act", args=[case.pk, "ask"])
    response = client.post(address, {"questions": "My own question"})
    assert response.status_code == 409 and "My own question" in response.content.decode()
    assert client.get(address).status_code == 302  # back to the case, where a sentence says why


def test_the_page_of_an_action_says_who_will_be_told_and_those_are(
    people: People, client: Client
) -> None:
    second = make.focal_point("KEN", name="Peter Kamau")
    case = make.advanced(people, "under_review")
    client.force_login(people.officer)
    address = reverse("request_act", args=[case.pk, "ask"])
    shown = text(client, address)
    assert (
        "Who will be told what" in shown
        and "Jane Wanjiru, Peter Kamau</bdi> – your turn: questions" in shown
        and "they also read: Questions" in shown
        and "Ana Tuisawau" not in shown
    )
    client.post(address, {"questions": "Which?", "version": case.version})
    assert {
        n.user for n in people.officer.notifications.model.objects.filter(kind="request.ask")
    } == {people.kenya, second}
    client.force_login(people.kenya)
    draft = make.draft(people.kenya)
    assert "Nobody will get a message about this." in text(
        client, reverse("request_act", args=[draft.pk, "discard"])
    )


def test_a_focal_point_of_two_countries_has_both(people: People, client: Client) -> None:
    make.designate(people.kenya, "UGA")
    make.submitted(people.kenya, title="About Kenya")
    make.submitted(people.kenya, "UGA", title="About Uganda")
    make.submitted(people.fiji, "FJI", title="About Fiji")
    client.force_login(people.kenya)
    for address in (reverse("requests"), reverse("home")):
        shown = text(client, address)
        assert "About Kenya" in shown and "About Uganda" in shown and "About Fiji" not in shown
    form = text(client, reverse("request_new"))
    assert ">Kenya</option>" in form and ">Uganda</option>" in form and "Fiji" not in form


def test_the_list_comes_in_pages_and_nonsense_is_answered_with_a_sentence(
    people: People, client: Client
) -> None:
    for n in range(27):
        make.draft(people.kenya, title=f"Draft number {n:02d}")
    client.force_login(people.kenya)
    first, second = (
        text(client, reverse("requests")),
        text(client, reverse("requests") + "?page=2&sort=newest"),
    )
    assert "Draft number 26" in first and "Draft number 01" not in first and "27 in all" in first
    assert (
        "Draft number 01" in second and "Draft number 26" not in second and "sort=newest" in second
    )
    for nonsense in (
        "page=0",
        "page=-1",
        "page=two",
        "page=99999999999999999999",
        "page=2000",
        "page=3",
    ):
        answered = text(client, f"{reverse('requests')}?{nonsense}")
        assert (
            "There is no page" in answered
            and "Draft number 26" in answered
            and "1 to 25" in answered
        ), nonsense
    assert "There is no page" not in first + second + text(client, reverse("requests") + "?page=1")
    for name in (
        "state",
        "country",
        "pillar",
        "theme",
        "group",
        "region",
        "urgency",
        "turn",
        "mine",
        "late",
        "open",
        "received_from",
        "language",
        "sort",
    ):
        shown = text(client, f"{reverse('requests')}?{name}=%3Cnonsense%3E")
        assert "&lt;nonsense&gt;" in shown and "<nonsense>" not in shown, name
        assert 'class="notice error"' in shown, name
        assert (
            client.get(f"{reverse('requests_export')}?{name}=%3Cnonsense%3E")["Location"]
            == f"{reverse('requests')}?{name}=%3Cnonsense%3E"
        )
    for odd in (
        "q=" + "x" * 300,
        "q=%22(((%26%7C!:*",
        "q=-",
        "country=%ff",
        "received_from=2026-02-31",
        "state=draft&state=%2500",
    ):
        text(client, f"{reverse('requests')}?{odd}")
    for odd in ("q=%00", "country=%00", "state=draft&state=%00", "q=%%00", "%00=1"):
        answer = client.get(f"{reverse('requests')}?{odd}")
        assert (
            answer.status_code == 400 and "This request cannot be read." in answer.content.decode()
        ), odd


def queries(user: User, address: str) -> int:
    """How many queries a page takes, the second time that it is asked for."""
    page(user, address)
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_and_homes_take_no_more_queries_for_more_rows(people: People) -> None:
    approver = make.focal_point(
        "KEN", may_clear=True, valid_until=timezone.now().date() + timedelta(days=9)
    )
    readers = [
        (p, reverse(name))
        for p in (people.kenya, approver, people.officer, people.manager)
        for name in ("home", "requests")
    ]

    def more(count: int) -> list[int]:
        for _ in range(count):
            for state in ("submitted", "complete", "plan_proposed"):
                FocalPoint.objects.filter(user=approver).update(may_clear=False)
                make.advanced(people, state)
            FocalPoint.objects.filter(user=approver).update(may_clear=True)
            make.submitted(people.kenya)
            make.draft(people.kenya)
        AssistanceRequest.objects.filter(state="under_review").update(due_on=date(2026, 1, 1))
        return [queries(person, address) for person, address in readers]

    assert more(1) == more(3)


def test_the_page_of_a_case_takes_no_more_queries_for_a_longer_timeline(people: People) -> None:
    case = make.advanced(people, "planned")

    def more(count: int) -> list[int]:
        for n in range(count):
            services.post_message(
                people.kenya, case.pk, f"Message {n}", internal=False, upload=make.pdf()
            )
            services.post_message(people.officer, case.pk, f"Note {n}", internal=True)
            services.assign_officer(people.officer, case.pk, people.manager)
            make.do(
                people.officer,
                case,
                "supplement",
                text="From a call",
                evidence_kind="call",
                evidence_note="Call of today",
            )
            make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
            other = make.submitted(people.kenya)
            make.do(people.officer, other, "merge", merged_into=case)
        return [
            queries(person, case.get_absolute_url())
            for person in (people.kenya, people.officer, people.manager)
        ]

    assert more(2) == more(5)
