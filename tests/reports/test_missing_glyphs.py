"""Characters that no packaged font has: a PDF shows marks for them, and nothing waits for them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from reports.documents import render
from reports.documents.models import ReportDocument
from reports.documents.storage import rewrite_all
from reports.reports import services
from reports.reports.models import ReportRevision
from tests import make
from tests.make import People
from tests.reports.producing import busy_people, produce, produced, publish, schedule

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`
THAI, EMOJI = "สำนักงานตำรวจ", "👍🏽 👩\u200d🔬"
STRANGE = (
    f"{THAI} · {EMOJI} · \uf0b7 first \uf0b7 second · ክፍል · বাংলা · தமிழ் · සිංහල · ဗမာ · ខ្មែរ ·"
    " bell\x07tab\ttable · a\u064b 中\u064b अ\u064b أ\u0301 · \ufeff \uffff \ue000 · \u2066x\u2069"
    " · משטרה"
)


def words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh-hans"])
def test_a_pdf_is_made_whatever_people_wrote(people: People, language: str) -> None:
    make.advanced(people, "accepted", title=f"Course for {THAI}")
    report: Any = produce(
        schedule(
            people,
            kind="country",
            title=f"Brief {EMOJI}",
            countries=list(make.Country.objects.filter(iso3="KEN")),
        )
    )
    body = render.render_document(report.current.contents, STRANGE, language, "pdf")
    said = words(body)
    assert b"pdfuaid" in body and "\ufffd" in said
    assert "first" in said and "second" in said and "bell" in said and "table" in said


def test_only_what_cannot_be_printed_becomes_a_mark(people: People) -> None:
    report: Any = produced(people)
    said = words(
        render.render_document(
            report.current.contents,
            "Éva, Ђорђе, 中文, عربي and \uf0b7 one, two\x07three, ส",
            "en",
            "pdf",
        )
    )
    assert (
        "Éva, Ђорђе, 中文" in said and "and • one, two three" in said and said.count("\ufffd") == 1
    )


def test_other_formats_keep_the_text_as_it_was_written(people: People) -> None:
    report: Any = produced(people)
    assert THAI in render.render_document(report.current.contents, THAI, "en", "html").decode()


def test_highlights_with_an_emoji_do_not_stop_a_report_from_being_published(people: People) -> None:
    report = produced(people, formats=["html", "pdf"])
    services.set_highlights(people.officer, report.pk, f"Well done {EMOJI}")
    assert rewrite_all() == 1
    publish(people, report)
    report.refresh_from_db()
    assert report.state == "published"
    assert "Well done \ufffd" in words(
        bytes(ReportDocument.objects.get(format="pdf", audience="internal").content)
    )


def test_a_report_says_why_its_documents_could_not_be_made_anew(
    people: People, client: Client
) -> None:
    report = produced(people, formats=["html"])
    assert report.current is not None
    whole = report.current.snapshot
    services.set_highlights(people.officer, report.pk, "Words.")
    ReportRevision.objects.update(snapshot=json.dumps({}))
    assert rewrite_all() == 0
    ReportRevision.objects.update(snapshot=whole)
    client.force_login(people.manager)
    page = client.get(report.get_absolute_url()).content.decode()
    assert (
        "could not be made anew" in page
        and "KeyError" in page
        and "are being made anew" not in page
    )
    services.perform_action(people.officer, report.pk, "review")
    refused = client.post(f"{report.get_absolute_url()}do/publish/")
    assert "could not be made anew with the highlights: KeyError" in refused.content.decode()
    assert rewrite_all() == 1
    assert "could not be made anew" not in client.get(report.get_absolute_url()).content.decode()
