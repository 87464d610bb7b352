"""Writing a request on its pages, what of it comes out where, and two people who do so at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assistance.requests import fields, services
from assistance.requests.attachments import KINDS
from assistance.requests.clock_models import StateSpan
from assistance.requests.draft_serializers import DraftSerializer
from assistance.requests.forms import StepForm
from assistance.requests.models import AssistanceRequest
from assistance.requests.serializers import RequestSerializer
from core.workflow.exceptions import ActionNotAllowed, EditConflict
from countries.models import Country, Institution
from files.models import Attachment
from tests import make
from tests.api import Api
from tests.make import People

SUBJECT: dict[str, Any] = {
    "title": "Seizure of phones",
    "theme_codes": ["digital-forensics"],
    "language": "en",
}


def subject(**changes: Any) -> dict[str, Any]:
    """What the first step sends."""
    return (
        {
            "programme": make.programme().pk,
            "country": Country.objects.get(iso3="KEN").pk,
            "pillar": make.Pillar.objects.get(code="prevention").pk,
        }
        | SUBJECT
        | changes
    )


def step(case: AssistanceRequest, name: str) -> str:
    """The address of a step."""
    return reverse("request_edit", args=[case.pk, name])


@pytest.fixture
def client(people: People) -> Client:
    """Kenya's focal point at a browser."""
    client = Client()
    client.force_login(people.kenya)
    return client


@pytest.mark.django_db
def test_a_request_is_written_step_by_step_on_its_pages(people: People, client: Client) -> None:
    address = reverse("request_new")
    pages = [
        subject(),
        {"problem": "Phones are switched off.", "tried_before": "Nothing", "other_support": ""},
        {
            "assistance_types": ["training_course"],
            "assistance_asked": "A course.",
            "expected_results": "It stands up.",
            "beneficiaries": "Police",
        },
        {"urgency": "routine", "wished_from": "2027-01-01", "wished_until": "2027-02-01"},
        {
            "signatory_name": "P. Otieno",
            "signatory_title": "Director",
            "publish": "nothing",
            "letter": make.pdf(),
        },
    ]
    for sent in pages:
        assert client.get(address).status_code == 200
        case = AssistanceRequest.objects.order_by("-id").first()
        response = client.post(address, sent | {"version": case.version if case else ""})
        assert response.status_code == 302, response.content.decode()
        address = response["Location"]
    case = AssistanceRequest.objects.get()
    assert address == reverse("request_act", args=[case.pk, "submit"])
    assert fields.missing_fields(case) == []
    assert (case.author, case.country.iso3, case.wished_until) == (
        people.kenya,
        "KEN",
        date(2027, 2, 1),
    )
    assert Attachment.objects.of("request", case.pk).get().purpose == "letter"
    assert (
        client.post(
            reverse("request_act", args=[case.pk, "submit"]), {"version": case.version}
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.state == "submitted"
    assert client.get(step(case, "subject")).status_code == 404


@pytest.mark.django_db
def test_required_fields_are_asked_for_to_go_on_and_not_to_finish_later(
    people: People, client: Client
) -> None:
    response = client.post(reverse("request_new"), subject(title="", theme_codes=[]))
    shown = response.content.decode()
    assert response.status_code == 422 and not AssistanceRequest.objects.exists()
    assert shown.count("Please give the request a title") == 2 and "Step 1 of 5" in shown
    response = client.post(reverse("request_new"), subject(title="", later="1"))
    case = AssistanceRequest.objects.get()
    assert (
        response.status_code == 302
        and response["Location"] == case.get_absolute_url()
        and case.title == ""
    )
    assert "Without a title" in client.get(case.get_absolute_url()).content.decode()
    assert (
        client.post(
            step(case, "problem"), {"problem": "", "tried_before": "Kept words"}
        ).status_code
        == 422
    )
    assert (
        client.post(
            step(case, "problem"), {"problem": "", "tried_before": "Kept words", "later": "1"}
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.tried_before == "Kept words"


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(fields.STEPS))
def test_finishing_later_saves_a_step_of_which_nothing_is_filled_in_and_keeps_the_others(
    people: People, client: Client, name: str
) -> None:
    case = make.draft(people.kenya, urgency="routine", letter_reference="L-1")
    others = {f.name: getattr(case, f.name) for f in fields.FIELDS if f.step != name}
    sent = {"version": case.version, "later": "1"} | (
        {"country": case.country_id, "programme": case.programme_id} if name == "subject" else {}
    )
    response = client.post(step(case, name), sent)
    assert response.status_code == 302, response.content.decode()
    case.refresh_from_db()
    assert {f.name: getattr(case, f.name) for f in fields.FIELDS if f.step != name} == others
    assert (case.urgency, case.publish, case.language, case.received_through) == (
        "routine",
        "nothing",
        "en",
        "portal",
    )


@pytest.mark.django_db
def test_a_wrong_step_keeps_what_was_typed_and_saves_nothing(
    people: People, client: Client
) -> None:
    case = make.draft(people.kenya)
    sent = {
        "urgency": "urgent",
        "urgency_reason": "",
        "wished_from": "2027-05-01",
        "wished_until": "2027-04-01",
        "version": case.version,
    }
    response = client.post(step(case, "time"), sent)
    shown = response.content.decode()
    assert response.status_code == 422 and 'value="2027-04-01"' in shown
    assert (
        "The last day comes before the first one." in shown
        and "Say which date it is and what sets it" in shown
    )
    for wrong in ({"wished_from": "0026-01-01"}, {"wished_from": "soon"}, {"urgency": "at once"}):
        assert (
            client.post(
                step(case, "time"), {"urgency": "routine", "later": "1"} | wrong
            ).status_code
            == 422
        ), wrong
    response = client.post(
        step(case, "help"), {"participants_expected": "99999999999999", "later": "1"}
    )
    assert response.status_code == 422 and 'value="99999999999999"' in response.content.decode()
    case.refresh_from_db()
    assert case.version == 1 and case.urgency == "routine" and case.wished_from is None


@pytest.mark.django_db
def test_a_text_that_is_too_long_to_be_kept_is_refused_with_a_sentence(
    people: People, client: Client
) -> None:
    case = make.draft(people.kenya)
    long = " ".join(f"word{n}" for n in range(150_000))
    response = client.post(step(case, "problem"), {"problem": long, "version": case.version})
    assert response.status_code == 422 and "at most 20000 can be kept" in response.content.decode()


@pytest.mark.django_db
def test_who_saves_an_outdated_step_is_told_keeps_the_text_and_can_go_on(
    people: People, client: Client
) -> None:
    case = make.draft(people.kenya)
    seen = case.version
    services.edit_draft(people.kenya, case.pk, {"problem": "From the other window"})
    response = client.post(
        step(case, "problem"), {"problem": "Words of <this> window", "version": seen}
    )
    shown = response.content.decode()
    assert (
        response.status_code == 409
        and "This draft was saved in another window at " in shown
        and "Words of &lt;this&gt; window" in shown
    )
    assert "by the clock" not in shown
    case.refresh_from_db()
    assert (
        case.problem == "From the other window"
        and f'name="version" value="{case.version}"' in shown
    )
    assert (
        client.post(step(case, "problem"), {"problem": "Both", "version": case.version}).status_code
        == 302
    )


@pytest.mark.django_db
def test_a_draft_that_changes_its_country_does_not_keep_an_institution_of_the_other(
    people: People, client: Client
) -> None:
    make.designate(people.kenya, "UGA")
    case = make.draft(people.kenya, institution=Institution.objects.get(country__iso3="KEN"))
    sent = subject(country=Country.objects.get(iso3="UGA").pk, version=case.version)
    assert client.post(step(case, "subject"), sent).status_code == 302
    case.refresh_from_db()
    assert (case.country.iso3, case.institution) == ("UGA", None)


@pytest.mark.django_db
def test_a_draft_is_written_for_ones_own_country_and_programme_only(
    people: People, client: Client
) -> None:
    fiji = Country.objects.get(iso3="FJI").pk
    assert client.post(reverse("request_new"), subject(country=fiji)).status_code == 422
    case = make.draft(people.kenya)
    for sent in (
        subject(country=fiji),
        subject(programme=999),
        subject(pillar=999),
        subject(theme_codes=["no-such-theme"]),
    ):
        assert (
            client.post(step(case, "subject"), sent | {"version": case.version}).status_code == 422
        )
    foreign = Institution.objects.get(country__iso3="FJI").pk
    assert (
        client.post(step(case, "help"), {"institution": foreign, "later": "1"}).status_code == 422
    )
    assert (
        client.post(
            step(case, "authority"), {"received_through": "letter", "later": "1"}
        ).status_code
        == 302
    )
    case.refresh_from_db()
    assert (case.country.iso3, case.institution, case.received_through) == ("KEN", None, "portal")
    client.force_login(people.administrator)
    assert client.get(reverse("request_new")).status_code == 403


@pytest.mark.django_db
def test_a_letter_of_another_kind_is_refused_and_the_step_is_not_saved(
    people: People, client: Client
) -> None:
    case = make.draft(people.kenya)
    wrong = make.SimpleUploadedFile("letter.pdf", b"MZ\x90\0")
    sent = {
        "signatory_name": "Somebody else",
        "signatory_title": "Director",
        "publish": "nothing",
        "letter": wrong,
        "version": case.version,
    }
    response = client.post(step(case, "authority"), sent)
    assert (
        response.status_code == 422
        and "not of a kind" in response.content.decode()
        and "Somebody else" in response.content.decode()
    )
    case.refresh_from_db()
    assert case.signatory_name == "P. Otieno" and not Attachment.objects.exists()


FILLED: dict[str, Any] = {
    "title": "T-title",
    "problem": "T-problem",
    "tried_before": "T-tried",
    "other_support": "T-support",
    "assistance_asked": "T-asked",
    "expected_results": "T-results",
    "beneficiaries": "T-beneficiaries",
    "other_institutions": "T-others",
    "participants_expected": 7654,
    "security_force": "yes",
    "national_contribution": "T-contribution",
    "urgency": "urgent",
    "urgency_reason": "T-urgency",
    "wished_from": date(2031, 1, 2),
    "wished_until": date(2031, 3, 4),
    "signatory_name": "T-signatory",
    "signatory_title": "T-function",
    "letter_reference": "T-letter",
    "letter_date": date(2026, 5, 6),
    "received_through": "letter",
    "publish": "summary",
    "public_summary": "T-summary",
    "share_with_donors": True,
    "language": "fr",
    "theme_codes": ["digital-forensics"],
    "assistance_types": ["training_course"],
}


@pytest.mark.django_db
def test_every_field_of_a_request_is_in_the_form_on_the_page_in_the_export_and_in_the_api(
    people: People, client: Client
) -> None:
    columns = {f.name for f in AssistanceRequest._meta.fields if f.editable and not f.primary_key}
    decided = {  # by the programme or by the rules, not typed into the form
        "author",
        "lead_officer",
        "deciding_manager",
        "priority",
        "estimate",
        "estimate_currency",
        "funding",
        "not_covered",
        "reason_code",
        "referred_to",
        "merged_into",
        "next_look_on",
        "outcome",
        "usefulness",
        "timeliness",
        "public_title",
        "show_need",  # given with the consent, once it is submitted
    }
    names = [f.name for f in fields.FIELDS]
    assert set(names) == columns - decided and len(names) == len(set(names))

    in_forms = [
        n
        for s in fields.STEPS
        for n in StepForm(user=people.officer, step=s).fields
        if n not in KINDS
    ]
    assert sorted(in_forms) == sorted(names)
    case = make.submitted(
        people.kenya, institution=Institution.objects.get(country__iso3="KEN"), **FILLED
    )
    assert [r["name"] for s in fields.filled_values(case) for r in s["rows"]] == names
    page = client.get(case.get_absolute_url()).content.decode()
    rows = list(
        csv.reader(
            io.StringIO(
                b"".join(client.get(reverse("requests_export")).streaming_content).decode(  # type: ignore[attr-defined]
                    "utf-8-sig"
                )
            )
        )
    )
    line = dict(zip(rows[0], rows[1], strict=True))
    shown_by_api, serialized = (
        Api(people.kenya).get(f"requests/{case.pk}/").json(),
        set(RequestSerializer.Meta.fields),
    )
    assert set(names) <= serialized and set(DraftSerializer.Meta.fields) == set(names)
    for name in names:
        assert fields.field_label(name) in page and fields.display_value(case, name) in page, name
        assert line[fields.field_label(name)] not in ("", "None"), name
        assert shown_by_api[name] not in ("", None, []), name
    for name, value in FILLED.items():
        if isinstance(value, str) and value.startswith("T-"):
            assert (
                value in page
                and line[fields.field_label(name)] == value
                and shown_by_api[name] == value
            ), name
    assert (line["Wished from"], line["Participants expected"], line["Themes"]) == (
        "2031-01-02",
        "7654",
        "digital-forensics",
    )


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returns or raises when all of them begin in the same moment, each on its own
    connection."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            together.wait(30)
            return act()
        except (EditConflict, ActionNotAllowed) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(committed: None) -> None:
    people = make.People()
    case = make.advanced(people, "complete")
    money, seen = make.funding(), case.version
    accept = {
        "priority": "normal",
        "lead_officer": people.officer,
        "estimate": make.Decimal(1),
        "funding": money,
    }
    results = at_once(
        lambda: services.perform_action(
            people.manager, case.pk, "accept", accept, expected_version=seen
        ),
        lambda: services.perform_action(
            people.officer, case.pk, "ask", {"questions": "How many?"}, expected_version=seen
        ),
    )
    lost = [r for r in results if isinstance(r, EditConflict)]
    assert len(lost) == 1 and ("Lina Haddad" in str(lost[0]) or "Anna Rossi" in str(lost[0]))
    case.refresh_from_db()
    assert (
        case.version == seen + 1 and case.events.filter(action__in=("accept", "ask")).count() == 1
    )
    assert StateSpan.objects.filter(request=case, left_at__isnull=True).get().state == case.state


def test_two_submissions_of_one_draft_give_one_reference(committed: None) -> None:
    people = make.People()
    draft = make.draft(people.kenya)
    results = at_once(
        *[lambda: services.perform_action(people.kenya, draft.pk, "submit") for _ in range(4)]
    )
    assert sum(isinstance(r, ActionNotAllowed) for r in results) == 3
    assert draft.events.filter(action="submit").count() == 1
    assert str(make.submitted(people.kenya).reference).endswith("-0002")


def test_of_two_who_save_one_draft_at_once_nobodys_words_are_lost_unsaid(committed: None) -> None:
    people = make.People()
    draft = make.draft(people.kenya)
    results = at_once(
        lambda: services.edit_draft(people.kenya, draft.pk, {"problem": "One"}, expected_version=1),
        lambda: services.edit_draft(people.kenya, draft.pk, {"problem": "Two"}, expected_version=1),
    )
    assert sum(isinstance(r, EditConflict) for r in results) == 1


@pytest.mark.django_db
def test_a_step_whose_letter_cannot_be_stored_is_not_saved_either(
    people: People, settings: Any, tmp_path: Path
) -> None:
    case = make.draft(people.officer)
    (tmp_path / "full").write_text("no folder")
    options = {"location": tmp_path / "full"}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    }
    officer = Client(raise_request_exception=False)
    officer.force_login(people.officer)
    sent = {
        "signatory_name": "Somebody else",
        "signatory_title": "Director",
        "publish": "nothing",
        "letter": make.pdf(),
        "version": case.version,
    }
    sent |= {"received_through": "letter"}
    assert officer.post(step(case, "authority"), sent).status_code == 500
    case.refresh_from_db()
    assert (case.signatory_name, case.version, Attachment.objects.count()) == ("P. Otieno", 1, 0)
