"""What somebody typed and has not sent: kept for them alone, given back, never overwritten, and
nowhere to be found by others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import services
from accounts.drafts.models import Draft
from accounts.drafts.services import MOST_SENT_LATE, remove_old_drafts
from accounts.drafts.stamps import STAMP, Stamp
from accounts.models import Role, User
from accounts.privacy.holdings import erase_user, export_of
from assistance.requests.models import AssistanceRequest
from core.db.country_role import as_country
from files.models import Attachment, ParkedFile
from files.parked_files import MOST, remove_old_parked
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
SECRET = "Kalwatu thinks of zinnias"  # stands nowhere else
QUESTIONS = "How many people?\nWhich law is in force?"


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def asked(people: People) -> AssistanceRequest:
    """A request of Kenya's with two open questions."""
    return make.do(
        people.officer, make.advanced(people, "under_review"), "ask", questions=QUESTIONS
    )


def answer_page(case: AssistanceRequest) -> str:
    """Where the questions are answered."""
    return reverse("request_act", args=[case.pk, "answer"])


def stamp_of(client: Client, address: str) -> str:
    """The stamp in the form of a page."""
    page = client.get(address)
    stamp: str = page.context["draft"].stamp
    assert stamp in page.content.decode()
    return stamp


def typed(client: Client, address: str, number: int = 0, **texts: str) -> Any:
    """What the page's script sends while somebody types."""
    sent = {STAMP: stamp_of(client, address), "draft_number": number} | texts
    return client.post(reverse("draft_save"), sent, headers={"X-Requested-With": "fetch"})


def test_what_is_typed_is_there_again_and_gone_once_it_is_sent(people: People) -> None:
    case, client = asked(people), signed_in(people.kenya)
    saved = typed(client, answer_page(case), answer_1=SECRET)
    assert saved.status_code == 200 and saved.json()["number"] == 1
    assert "Only you see it" in saved.json()["said"]
    shown = client.get(answer_page(case)).content.decode()
    assert SECRET in shown and "has not been sent, and only you see it" in shown
    home = client.get("/").content.decode()
    assert "Begun and not sent" in home and str(case.reference) in home
    sent = {"version": case.version, "answer_1": SECRET, "answer_2": "The act."}
    sent |= {"draft_number": 1}
    assert client.post(answer_page(case), sent).status_code == 302
    assert not Draft.objects.exists()
    assert "Begun and not sent" not in client.get("/").content.decode()


def test_a_draft_changes_nothing_and_is_found_nowhere(people: People) -> None:
    case, client = asked(people), signed_in(people.kenya)
    before = (case.version, case.updated_at, case.events.count(), rows_of_history())
    assert typed(client, answer_page(case), answer_1=SECRET).status_code == 200
    case.refresh_from_db()
    assert (case.version, case.updated_at, case.events.count(), rows_of_history()) == before
    colleague = make.focal_point("KEN")
    for reader in (
        people.officer,
        people.manager,
        people.fiji,
        colleague,
        make.staff(Role.MANAGER),
    ):
        other = signed_in(reader)
        for address in (
            "/",
            case.get_absolute_url(),
            answer_page(case),
            f"/requests/?q={SECRET.split()[-1]}",
            f"/search/?q={SECRET.split()[-1]}",
            f"/api/v1/search/?q={SECRET.split()[-1]}",
            "/requests/export.csv",
            f"/audit/request/{case.pk}/",
            f"/api/v1/requests/{case.pk}/",
            f"/api/v1/requests/{case.pk}/timeline/",
        ):
            response: Any = other.get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert SECRET.encode() not in body, (reader, address)
    assert tables_that_say(SECRET) == {"accounts_draft"}


def rows_of_history() -> int:
    """Rows in all tables of history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name = 'pgh_id'"
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT " + " + ".join(f'(SELECT count(*) FROM "{n}")' for n in names))
        return int(cursor.fetchone()[0])


def tables_that_say(words: str) -> set[str]:
    """The tables in which some words stand, in whatever column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{words}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_the_database_shows_a_focal_point_their_own_drafts_alone(people: People) -> None:
    case = asked(people)
    typed(signed_in(people.kenya), answer_page(case), answer_1=SECRET)
    colleague = make.focal_point("KEN")
    with as_country(colleague):
        assert not Draft.objects.exists()
        assert Draft.objects.update(texts={}) == 0 and Draft.objects.all().delete()[0] == 0
    with as_country(people.kenya):
        assert Draft.objects.get().texts == {"answer_1": [SECRET]}


def test_a_stamp_of_somebody_else_opens_nothing_and_saves_nothing(people: People) -> None:
    case = asked(people)
    kenya, colleague = signed_in(people.kenya), signed_in(make.focal_point("KEN"))
    typed(kenya, answer_page(case), answer_1=SECRET)
    stolen = stamp_of(kenya, answer_page(case))
    answer = colleague.post(
        reverse("draft_save"),
        {STAMP: stolen, "answer_1": "Other words", "draft_number": 1},
        headers={"X-Requested-With": "fetch"},
    )
    assert answer.status_code == 403 and SECRET not in answer.content.decode()
    assert Draft.objects.get().texts == {"answer_1": [SECRET]}
    for forged in ("", "x", stolen[:-1], json.dumps([people.kenya.pk])):
        refused = colleague.post(reverse("draft_save"), {STAMP: forged, "answer_1": "Words"})
        assert refused.status_code == 400, forged


def test_two_windows_do_not_overwrite_each_other(people: People) -> None:
    case, client = asked(people), signed_in(people.kenya)
    assert typed(client, answer_page(case), answer_1="From the desk").json()["number"] == 1
    late = typed(client, answer_page(case), number=0, answer_1="From the telephone")
    assert late.status_code == 409 and "another window" in late.json()["said"]
    assert Draft.objects.get().texts == {"answer_1": ["From the desk"]}
    sent = {"save_draft": "1", "draft_number": 0, "answer_1": "From the telephone"}
    both = client.post(answer_page(case), sent)
    shown = both.content.decode()
    assert both.status_code == 409
    assert "From the telephone</textarea>" in shown and ">From the desk</p>" in shown
    assert Draft.objects.get().texts["answer_1"] == ["From the desk"]
    again = client.post(answer_page(case), sent | {"draft_number": both.context["draft"].number})
    assert again.status_code == 302
    assert Draft.objects.get().texts["answer_1"] == ["From the telephone"]


def test_a_draft_from_an_earlier_version_stands_beside_what_is_recorded_now(people: People) -> None:
    case = make.draft(people.kenya, problem="The first words.")
    client = signed_in(people.kenya)
    address = reverse("request_edit", args=[case.pk, "problem"])
    assert typed(client, address, problem="Words of the draft.").status_code == 200
    from assistance.requests.services import edit_draft

    edit_draft(people.kenya, case.pk, {"problem": "Words saved elsewhere."})
    shown = client.get(address).content.decode()
    assert "Words of the draft.</textarea>" in shown and ">Words saved elsewhere.</p>" in shown
    assert "The record was changed since" in shown
    sent = {"version": case.version, "problem": "Words of the draft."}
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert ">Words saved elsewhere.</p>" in refused.content.decode()


def test_a_draft_is_saved_and_discarded_without_scripts(people: People) -> None:
    case, client = asked(people), signed_in(people.kenya)
    saved = client.post(answer_page(case), {"save_draft": "1", "answer_2": SECRET, "done": "on"})
    assert saved.status_code == 302 and saved["Location"] == answer_page(case)
    shown = client.get(answer_page(case)).content.decode()
    assert SECRET in shown and "Draft saved. Only you see it." in shown and "checked" in shown
    assert case.events.filter(action="answer").count() == 0
    assert client.post(answer_page(case), {"discard_draft": "1"}).status_code == 302
    assert SECRET not in client.get(answer_page(case)).content.decode()


def test_words_of_who_can_no_longer_take_the_action_are_still_shown(people: People) -> None:
    case, client = asked(people), signed_in(people.kenya)
    typed(client, answer_page(case), answer_1=SECRET)
    make.do(make.focal_point("KEN"), case, "answer", answer_1="Forty.", done=True)
    page = client.get(answer_page(case))
    assert page.status_code == 200 and "cannot be done now" in page.content.decode()
    assert SECRET in str(Draft.objects.get().texts)


def test_what_is_sent_after_the_session_has_ended_is_given_back_to_its_writer_alone(
    people: People,
) -> None:
    case, client = asked(people), signed_in(people.kenya)
    stamp = stamp_of(client, answer_page(case))
    client.logout()
    sent = {STAMP: stamp, "version": case.version, "answer_1": SECRET, "answer_2": "The act."}
    late = client.post(answer_page(case), sent)
    assert late.status_code == 302 and late["Location"].startswith("/accounts/login/?next=")
    case.refresh_from_db()
    assert case.state == "returned"
    login = client.get(late["Location"]).content.decode()
    assert "what you typed is kept for two hours" in login and SECRET not in login
    other = signed_in(make.focal_point("KEN"))
    assert SECRET not in other.get(answer_page(case)).content.decode()
    assert SECRET in signed_in(people.kenya).get(answer_page(case)).content.decode()
    assert Draft.objects.get().sent_late is None


def test_a_form_of_who_signed_out_is_not_sent_by_who_signed_in_after_them(people: People) -> None:
    case = asked(people)
    stamp = stamp_of(signed_in(people.kenya), answer_page(case))
    colleague = signed_in(make.focal_point("KEN"))
    sent = {STAMP: stamp, "version": case.version, "answer_1": SECRET, "answer_2": "The act."}
    answered = colleague.post(answer_page(case), sent, follow=True)
    case.refresh_from_db()
    assert case.state == "returned" and SECRET not in answered.content.decode()
    assert "opened by somebody who has signed out" in answered.content.decode()


def test_strangers_keep_nothing_without_a_stamp_and_never_much(people: People) -> None:
    case, stranger = asked(people), Client()
    assert stranger.post(answer_page(case), {"answer_1": SECRET}).status_code == 302
    old = Stamp(people.kenya.pk, "request.answer", case.pk, 1, answer_page(case))
    long = {STAMP: old.signed(), "answer_1": "x" * (MOST_SENT_LATE + 1)}
    stranger.post(answer_page(case), long)
    assert not Draft.objects.exists()


def test_what_nobody_touched_goes_and_what_was_sent_late_goes_first(people: People) -> None:
    case, client = asked(people), signed_in(people.kenya)
    typed(client, answer_page(case), answer_1="Kept")
    stamp = Stamp(people.kenya.pk, "request.answer", case.pk, 1, answer_page(case))
    services.keep_sent_late(stamp, {"answer_1": [SECRET]})
    assert remove_old_drafts(timezone.now() + timedelta(hours=3)) == 0
    assert Draft.objects.get().texts == {"answer_1": ["Kept"]}
    assert SECRET not in client.get(answer_page(case)).content.decode()
    assert remove_old_drafts(timezone.now() + timedelta(days=29)) == 0
    assert remove_old_drafts(timezone.now() + timedelta(days=31)) == 1


def test_drafts_are_told_to_their_writer_and_go_with_them(people: People) -> None:
    case = asked(people)
    typed(signed_in(people.kenya), answer_page(case), answer_1=SECRET)
    assert SECRET in json.dumps(export_of(people.kenya), default=str)
    assert SECRET not in json.dumps(export_of(people.officer), default=str)
    User.objects.filter(pk=people.kenya.pk).update(is_active=False)
    erase_user(people.kenya, path="test")
    assert not Draft.objects.exists()


def test_a_file_stays_chosen_after_an_error_for_who_chose_it_alone(people: People) -> None:
    case = make.draft(people.kenya)
    client, address = signed_in(people.kenya), reverse("request_edit", args=[case.pk, "authority"])
    words = {"signatory_title": "Director", "publish": "nothing", "version": case.version}
    refused = client.post(address, words | {"signatory_name": "", "letter": make.pdf("plea.pdf")})
    assert refused.status_code == 422 and "plea.pdf" in refused.content.decode()
    parked = ParkedFile.objects.get()
    other = signed_in(make.focal_point("KEN"))
    theirs = make.draft(User.objects.latest("pk"))
    there = reverse("request_edit", args=[theirs.pk, "authority"])
    name = {"signatory_name": "P. Otieno", "parked_letter": str(parked.key)}
    assert other.post(there, words | name | {"version": theirs.version}).status_code == 302
    assert not Attachment.objects.exists()
    assert client.post(address, words | name).status_code == 302
    attached = Attachment.objects.get()
    assert (attached.name, attached.owner_id, attached.purpose) == ("plea.pdf", case.pk, "letter")
    assert not ParkedFile.objects.exists()


def test_a_file_that_is_no_longer_wanted_or_is_a_day_old_is_not_attached(people: People) -> None:
    case = make.draft(people.kenya)
    client, address = signed_in(people.kenya), reverse("request_edit", args=[case.pk, "authority"])
    words = {"signatory_title": "Director", "publish": "nothing", "version": case.version}
    client.post(address, words | {"signatory_name": "", "letter": make.pdf()})
    parked = ParkedFile.objects.get()
    ParkedFile.objects.update(parked_at=timezone.now() - timedelta(days=1, minutes=1))
    name = {"signatory_name": "P. Otieno", "parked_letter": str(parked.key)}
    assert client.post(address, words | name).status_code == 302
    assert not Attachment.objects.exists() and not ParkedFile.objects.exists()


def test_parked_files_go_after_a_day_and_are_not_without_end(people: People) -> None:
    case = make.draft(people.kenya)
    client, address = signed_in(people.kenya), reverse("request_edit", args=[case.pk, "authority"])
    words = {"signatory_title": "Director", "publish": "nothing", "signatory_name": ""}
    client.post(address, words | {"letter": make.pdf()})
    assert remove_old_parked(timezone.now() + timedelta(hours=23)) == 0
    ParkedFile.objects.update(size=MOST)
    refused = client.post(address, words | {"letter": make.pdf("second.pdf")})
    assert refused.status_code == 422 and "second.pdf" not in refused.content.decode()
    assert ParkedFile.objects.count() == 1
    assert remove_old_parked(timezone.now() + timedelta(hours=25)) == 1


@pytest.mark.parametrize("kind", ["new", "edit", "deliver"])
def test_engagements_have_drafts_too(people: People, kind: str) -> None:
    engagement = make.engagement(people.officer, make.part(None, KEN={"women": 3}))
    address = {
        "new": reverse("engagement_new"),
        "edit": reverse("engagement_edit", args=[engagement.pk]),
        "deliver": reverse("engagement_act", args=[engagement.pk, "cancel"]),
    }[kind]
    client = signed_in(people.officer)
    word = "reason" if kind == "deliver" else "title"
    saved = client.post(address, {"save_draft": "1", word: SECRET, "parts": "1", "part1rows": "1"})
    assert saved.status_code == 302
    assert SECRET in client.get(address).content.decode()
    engagement.refresh_from_db()
    assert engagement.title != SECRET
    assert "Begun and not sent" in client.get("/").content.decode()


def test_a_message_below_a_request_has_a_draft(people: People) -> None:
    case, client = asked(people), signed_in(people.officer)
    address = reverse("request_say", args=[case.pk])
    saved = client.post(address, {"save_draft": "1", "text": SECRET})
    assert saved.status_code == 302 and saved["Location"] == f"{case.get_absolute_url()}#say"
    assert SECRET in client.get(case.get_absolute_url()).content.decode()
    assert client.post(address, {"discard_draft": "1"}).status_code == 302
    assert SECRET not in client.get(case.get_absolute_url()).content.decode()


def test_what_another_window_has_written_since_is_not_discarded_with_what_is_sent(
    people: People,
) -> None:
    case, client = asked(people), signed_in(people.kenya)
    typed(client, answer_page(case), answer_1="A long text from the desk")
    sent = {"version": case.version, "draft_number": 0, "answer_1": "Short", "done": "on"}
    assert client.post(answer_page(case), sent).status_code == 302
    assert Draft.objects.get().texts == {"answer_1": ["A long text from the desk"]}


def test_who_signed_in_anew_in_another_window_gets_back_what_was_typed(people: People) -> None:
    case = asked(people)
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.kenya)
    stamp = stamp_of(client, answer_page(case))
    sent = {STAMP: stamp, "version": case.version, "answer_1": SECRET, "answer_2": "The act."}
    answer = client.post(answer_page(case), sent | {"csrfmiddlewaretoken": "x" * 64})
    case.refresh_from_db()
    assert answer.status_code == 302 and answer["Location"] == answer_page(case)
    assert case.state == "returned"
    page = client.get(answer_page(case)).content.decode()
    assert SECRET in page and "You have signed in anew" in page


def test_what_is_sent_late_is_not_overwritten_by_a_window_that_is_still_open(
    people: People,
) -> None:
    case, client = asked(people), signed_in(people.kenya)
    stamp = stamp_of(client, answer_page(case))
    typed(client, answer_page(case), answer_1="Before lunch")
    kept = Stamp(people.kenya.pk, "request.answer", case.pk, case.version, answer_page(case))
    services.keep_sent_late(kept, {"answer_1": [SECRET]})
    sent = {STAMP: stamp, "draft_number": 1, "answer_1": "From the open window"}
    assert client.post(reverse("draft_save"), sent).status_code == 409
    assert SECRET in client.get(answer_page(case)).content.decode()


@pytest.mark.parametrize("ticked", [True, False])
def test_the_browser_may_hold_words_only_where_the_box_was_ticked(
    people: People, ticked: bool
) -> None:
    case, client = asked(people), Client()
    sent = {"login": people.kenya.email, "password": make.PASSWORD}
    client.post("/accounts/login/", sent | ({"remember": "on"} if ticked else {}))
    assert ("data-device" in client.get(answer_page(case)).content.decode()) is ticked
    by_other_ways = signed_in(people.kenya)  # such as a passkey: nothing was ticked
    assert "data-device" not in by_other_ways.get(answer_page(case)).content.decode()


def test_a_message_from_a_second_window_shows_both_texts(people: People) -> None:
    case, client = asked(people), signed_in(people.officer)
    address = reverse("request_say", args=[case.pk])
    client.post(address, {"save_draft": "1", "text": "From the first window"})
    both = client.post(address, {"save_draft": "1", "text": "From the second", "draft_number": 0})
    page = both.content.decode()
    assert both.status_code == 409
    assert "From the second</textarea>" in page and ">From the first window</p>" in page


def test_files_chosen_before_and_now_are_attached_together(people: People) -> None:
    case = make.draft(people.kenya)
    client, address = signed_in(people.kenya), reverse("request_edit", args=[case.pk, "authority"])
    words = {"signatory_title": "Director", "publish": "nothing", "version": case.version}
    client.post(address, words | {"signatory_name": "", "draft_law": make.pdf("a.pdf")})
    parked = str(ParkedFile.objects.get().key)
    more = {"signatory_name": "P. Otieno", "parked_draft_law": parked}
    assert client.post(address, words | more | {"draft_law": make.pdf("b.pdf")}).status_code == 302
    assert {file.name for file in Attachment.objects.all()} == {"a.pdf", "b.pdf"}


@pytest.mark.parametrize(
    "sent",
    [
        {"save_draft": "1", "requests": "abc"},
        {"more_rows": "1", "requests": "abc"},
        {"find": "1", "find_request": "\0"},
        {"save_draft": "1", "na\0me": "x"},
    ],
)
def test_nonsense_in_the_form_of_an_engagement_breaks_no_page(
    people: People, sent: dict[str, str]
) -> None:
    client, address = signed_in(people.officer), reverse("engagement_new")
    assert client.post(address, sent).status_code in (200, 302)
    assert client.get(address).status_code == 200
