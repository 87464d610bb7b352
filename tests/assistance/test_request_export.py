"""The list of requests as CSV: what it holds, in whose words, what becomes of one that breaks."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import DataError, OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

import core.csv
import core.lists
from accounts.models import User
from assistance.requests import fields, presentation
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from countries.models import Country, Institution
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(people: People) -> Client:
    """Kenya's focal point at a browser."""
    client = Client()
    client.force_login(people.kenya)
    return client


def test_the_export_makes_formulas_harmless_and_is_streamed(
    people: People, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core.lists, "CHUNK", 2)
    for title in (
        '=HYPERLINK("http://evil")',
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "Plain = fine",
        "ليس معادلة",
    ):
        make.submitted(people.kenya, title=title)
    response: Any = client.get(reverse("requests_export"))
    assert (
        response.streaming
        and response["Content-Type"] == "text/csv; charset=utf-8"
        and "attachment" in response["Content-Disposition"]
    )
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    titles = {row["Title"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))}
    assert titles == {
        '\'=HYPERLINK("http://evil")',
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'\tx",
        "Plain = fine",
        "ليس معادلة",
    }


def test_an_export_whose_query_fails_is_answered_before_its_first_byte(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        RequestFilter, "search_for", lambda self, rows, name, text: rows.extra(where=["1/0 = 1"])
    )
    make.submitted(people.kenya)
    for user in (people.officer, people.kenya):
        browser = Client()
        browser.force_login(user)
        with pytest.raises(DataError), transaction.atomic():
            browser.get(reverse("requests_export"), {"q": "x"})


def test_an_export_that_breaks_half_way_says_so_in_its_last_line_and_breaks_the_connection(
    people: People, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("First", "Second", "Third"):
        make.submitted(people.kenya, title=title)
    as_it_is = core.csv.escape_formula

    def escape_formula(value: object) -> object:
        if value == "First":  # the oldest stands last
            raise OperationalError("the database went away")
        return as_it_is(value)

    monkeypatch.setattr(core.csv, "escape_formula", escape_formula)
    got: list[str] = []
    with pytest.raises(OperationalError):
        got.extend(
            piece.decode("utf-8-sig")
            for piece in client.get(reverse("requests_export")).streaming_content  # type: ignore[attr-defined]
        )
    assert len(got) == 4 and "rows are missing" in got[-1]


def test_an_export_speaks_its_readers_language_to_the_end(people: People, client: Client) -> None:
    case = make.submitted(people.kenya)
    User.objects.filter(pk=people.kenya.pk).update(language="fr")
    with translation.override("en"):
        rows = list(
            csv.reader(
                io.StringIO(b"".join(client.get(reverse("requests_export"))).decode("utf-8-sig"))
            )
        )
    with translation.override("fr"):
        assert rows[0] == ["Référence", "État", "Reçue le", "Échéance"] + [
            fields.field_label(f.name) for f in fields.FIELDS
        ]
        assert rows[1] == as_the_page_shows(case, people.kenya)


def as_the_page_shows(case: AssistanceRequest, reader: User) -> list[str]:
    """A row of the export: dates as ISO, lists by their codes, the rest in the page's words."""
    state = presentation.short_state(case) if reader.is_focal_point else case.get_state_display()
    values = [getattr(case, f.name) for f in fields.FIELDS]
    return [
        case.reference or "",
        state,
        str(case.received_on or ""),
        str(case.due_on or ""),
        *(
            " ".join(value)
            if isinstance(value, list)
            else value.isoformat()
            if isinstance(value, date)
            else fields.display_value(case, f.name)
            for f, value in zip(fields.FIELDS, values, strict=True)
        ),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-hans"])
def test_an_export_writes_of_each_field_what_the_page_shows(
    people: People, client: Client, language: str
) -> None:
    """The database answers with the cells; the page asks the model."""
    whole: dict[str, Any] = {
        "other_support": "None",
        "participants_expected": 1200,
        "security_force": "yes",
        "wished_from": date(2027, 1, 4),
        "wished_until": date(2027, 2, 5),
        "letter_date": date(2026, 11, 2),
        "urgency": "urgent",
        "urgency_reason": "A trial begins",
        "received_through": "letter",
        "publish": "summary",
        "public_summary": "Phones, and what is on them.",
        "share_with_donors": True,
        "institution": Institution.objects.create(
            country=Country.objects.get(iso3="KEN"), name="Police =1+1", kind="police"
        ),
    }
    full = make.advanced(people, "under_review", **whole)
    bare = make.draft(people.kenya)
    for reader, cases in ((people.kenya, (bare, full)), (people.officer, (full,))):
        User.objects.filter(pk=reader.pk).update(language=language)
        browser = Client()
        browser.force_login(reader)
        text = b"".join(browser.get(reverse("requests_export"))).decode("utf-8-sig")
        with translation.override(language):
            assert list(csv.reader(io.StringIO(text)))[1:] == [
                as_the_page_shows(AssistanceRequest.objects.get(pk=case.pk), reader)
                for case in cases
            ]
