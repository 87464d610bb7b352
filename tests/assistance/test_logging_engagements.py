"""Logging an engagement in a minute: what an officer knows first, delivered in the same step, another
like it, requests by search, and a reason for help before the decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from assistance.engagements.models import Engagement, EngagementRequest
from assistance.requests.models import AssistanceRequest
from tests import make
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db
NEW = reverse("engagement_new")


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    """What an officer knows of a course of three days that ended yesterday."""
    last = make.programme().today() - timedelta(days=1)
    return {
        "programme": make.programme().pk,
        "title": "Course on seizure",
        "type": "training_course",
        "modality": "in_person",
        "pillar": make.Pillar.objects.get(code="capacity_building").pk,
        "place": "Nairobi",
        "parts": "1",
        "part0rows": "1",
        "part0-starts_on": str(last - timedelta(days=2)),
        "part0-ends_on": str(last),
        "part0row0-country": "Kenya",
        "part0row0-women": "7",
        "part0row0-men": "9",
    } | changes


def with_lead(officer: User, **changes: Any) -> dict[str, Any]:
    """The same, led by somebody."""
    return typed(lead_officer=officer.pk, **changes)


def test_what_has_taken_place_is_delivered_in_the_same_step(people: People) -> None:
    sent = with_lead(people.officer, has_taken_place="on", outcome="Nine agreed on a form.")
    answer = signed_in(people.officer).post(NEW, sent)
    engagement = Engagement.objects.get()
    assert answer.status_code == 302 and answer["Location"] == engagement.get_absolute_url()
    assert (engagement.state, engagement.outcome) == ("delivered", "Nine agreed on a form.")
    assert engagement.recorded_by == people.officer and engagement.parts.get().is_held
    assert list(engagement.events.order_by("id").values_list("action", flat=True)) == [
        "plan",
        "deliver",
    ]


def test_without_the_tick_it_is_planned(people: People) -> None:
    signed_in(people.officer).post(NEW, with_lead(people.officer))
    assert Engagement.objects.get().state == "planned"


def test_what_cannot_have_taken_place_is_not_saved_at_all(people: People) -> None:
    day = make.programme().today() + timedelta(days=3)
    ahead = {"part0-starts_on": str(day), "part0-ends_on": str(day)}
    sent = with_lead(people.officer, has_taken_place="on", **ahead)
    answer = signed_in(people.officer).post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "is still ahead" in page and "Course on seizure" in page
    assert not Engagement.objects.exists()
    silent = {"part0row0-women": "", "part0row0-men": ""}
    answer = signed_in(people.officer).post(
        NEW, with_lead(people.officer, has_taken_place="on", **silent)
    )
    assert answer.status_code == 422 and "not yet known" in answer.content.decode()
    assert not Engagement.objects.exists()


def test_another_like_it_has_type_place_and_countries_and_neither_dates_nor_numbers(
    people: People,
) -> None:
    client = signed_in(people.officer)
    answer = client.post(NEW, with_lead(people.officer, another="1"))
    engagement = Engagement.objects.get()
    assert answer["Location"] == f"{NEW}?like={engagement.pk}"
    page = client.get(answer["Location"])
    form, (part,) = page.context["form"], page.context["parts"]
    assert (form["type"].value(), form["place"].value()) == ("training_course", "Nairobi")
    assert form["title"].value() in (None, "")
    assert part.rows[0]["country"].value() == "Kenya" and part.rows[0]["women"].value() is None
    assert part.form["starts_on"].value() is None


def test_nobody_starts_from_an_engagement_that_is_not_theirs(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3}), place="Mombasa")
    stranger = make.user(Role.OFFICER)
    page = signed_in(stranger).get(f"{NEW}?like={engagement.pk}")
    assert "Mombasa" not in page.content.decode()
    assert signed_in(people.kenya).get(f"{NEW}?like={engagement.pk}").status_code == 403


def test_requests_are_found_by_words_or_by_the_countries_that_take_part(people: People) -> None:
    wanted = make.advanced(people, "accepted", title="Seizure of phones")
    other = make.advanced(people, "accepted", "FJI", title="Awareness at sea")
    client = signed_in(people.officer)

    def offered(**changes: str) -> list[int]:
        answer = client.post(NEW, typed(find="1", **changes))
        assert answer.status_code == 200 and not Engagement.objects.exists()
        widget = answer.context["form"].fields["requests"].widget
        return [pk for pk, _name in getattr(widget, "choices", [])]

    assert offered(find_request="phones") == [wanted.pk]
    assert offered(find_request=str(other.reference).lower()) == [other.pk]
    assert offered() == [wanted.pk]  # of Kenya, which takes part
    assert offered(find_request="nothing has these words") == []
    # what is ticked stays, whatever is looked for
    assert set(offered(find_request="awareness", requests=str(wanted.pk))) == {wanted.pk, other.pk}


def test_nobody_finds_requests_of_another_programme(people: People) -> None:
    make.advanced(people, "accepted", title="Seizure of phones")
    answer = signed_in(make.user(Role.OFFICER)).post(NEW, typed(find="1", find_request="phones"))
    assert "Seizure of phones" not in answer.content.decode()


def test_a_request_that_is_not_decided_yet_asks_for_a_reason_and_both_pages_say_so(
    people: People,
) -> None:
    early = make.advanced(people, "under_review")
    client = signed_in(people.officer)
    sent = with_lead(people.officer, requests=[early.pk])
    refused = client.post(NEW, sent)
    page = refused.content.decode()
    assert refused.status_code == 422 and "Why is help given before the decision?" in page
    assert "not decided yet" in page and not Engagement.objects.exists()
    assert client.post(NEW, sent | {"early_reason": "urgent"}).status_code == 302
    link = EngagementRequest.objects.get()
    assert link.early_reason == "urgent"
    for address in (early.get_absolute_url(), link.engagement.get_absolute_url()):
        for reader in (people.officer, people.kenya):
            shown = " ".join(signed_in(reader).get(address).content.decode().split())
            assert "before the decision (Urgent advice)" in shown, (address, reader)


def test_a_request_that_is_decided_on_asks_for_none(people: People) -> None:
    case = make.advanced(people, "accepted")
    sent = with_lead(people.officer, requests=[case.pk], early_reason="urgent")
    assert signed_in(people.officer).post(NEW, sent).status_code == 302
    assert EngagementRequest.objects.get().early_reason == ""


def test_pillar_and_themes_follow_the_request_from_which_it_is_logged(people: People) -> None:
    case = make.advanced(people, "accepted", theme_codes=["digital-forensics"])
    page = signed_in(people.officer).get(f"{NEW}?request={case.pk}")
    form = page.context["form"]
    assert form["pillar"].value() == case.pillar_id
    assert form["theme_codes"].value() == ["digital-forensics"]
    assert not any(is_open for _legend, _fields, is_open in form.folded_fields)


def test_logging_is_the_main_thing_to_do_with_a_request_in_delivery(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    page = signed_in(people.officer).get(case.get_absolute_url()).content.decode()
    turn = page.partition('class="turn-box"')[2].partition("</section>")[0]
    assert turn.index("Log an engagement") < turn.index("Complete")
    assert turn.count("primary") == 1


def test_an_officer_is_changed_from_the_case_and_told_of_it(people: People) -> None:
    case = make.advanced(people, "under_review")
    colleague = make.staff(Role.OFFICER, name="Ben Okafor")
    client, address = signed_in(people.officer), reverse("request_officer", args=[case.pk])
    assert "Change the officer" in client.get(case.get_absolute_url()).content.decode()
    assert client.post(address, {"lead_officer": ""}).status_code == 422
    assert client.post(address, {"lead_officer": colleague.pk}).status_code == 302
    before = (case.version, case.updated_at)
    case.refresh_from_db()
    assert case.lead_officer == colleague and (case.version, case.updated_at) == before
    assert colleague.notifications.filter(kind="request.assign").exists()


@pytest.mark.parametrize("who", ["kenya", "fiji", "administrator"])
def test_nobody_else_changes_the_officer(people: People, who: str) -> None:
    case = make.advanced(people, "under_review")
    address = reverse("request_officer", args=[case.pk])
    client = signed_in(getattr(people, who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"lead_officer": people.manager.pk}).status_code == 404
    assert AssistanceRequest.objects.get(pk=case.pk).lead_officer == people.officer


def test_two_officers_who_change_one_record_read_both_texts(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3}), place="Nairobi")
    address = reverse("engagement_edit", args=[engagement.pk])
    client = signed_in(make.staff(Role.OFFICER))
    page = client.get(address)
    part = page.context["parts"][0]
    shown = [*page.context["form"], *part.form, *(f for row in part.rows for f in row)]
    sent = {f.html_name: f.value() for f in shown if f.value()}
    sent |= {"parts": "1", "part0rows": str(len(part.rows)), "version": str(engagement.version)}
    first = signed_in(people.officer).post(address, sent | {"place": "Kisumu"})
    assert first.status_code == 302
    second = client.post(address, sent | {"place": "Mombasa"})
    text = second.content.decode()
    assert second.status_code == 409 and 'value="Mombasa"' in text and ">Kisumu</p>" in text
    engagement.refresh_from_db()
    assert engagement.place == "Kisumu"


def test_what_it_contributes_to_is_recorded_shown_exported_and_for_staff_alone(
    people: People,
) -> None:
    officer = signed_in(people.officer)
    given = {"stage": "planning", "gender_marker": "2", "sdg_targets": ["5.2", "16.a"]}
    assert officer.post(NEW, with_lead(people.officer, **given)).status_code == 302
    deed = Engagement.objects.get()
    assert (deed.stage, deed.gender_marker, deed.sdg_targets) == ("planning", 2, ["5.2", "16.a"])
    page = officer.get(deed.get_absolute_url()).content.decode()
    export = officer.get(reverse("engagements_export")).getvalue().decode()
    for words in ("16.a National institutions", "2: a significant objective"):
        assert words in page
    assert "16.a National institutions" in export
    kenya = signed_in(people.kenya)
    assert "16.a National institutions" not in kenya.get(deed.get_absolute_url()).content.decode()
    shown = Api(people.officer).get(f"engagements/{deed.pk}/").data
    assert (shown["stage"], shown["gender_marker"]) == ("planning", 2)
    assert "gender_marker" not in Api(people.kenya).get(f"engagements/{deed.pk}/").data
    wrong = with_lead(people.officer, gender_marker="4", sdg_targets=["99.z"])
    refused = officer.post(NEW, wrong)
    assert refused.status_code == 422 and Engagement.objects.count() == 1
    api = Api(people.officer).patch(f"engagements/{deed.pk}/", {"sdg_targets": ["99.z"]})
    assert api.status_code == 400 and "sdg_targets" in api.data["errors"]
