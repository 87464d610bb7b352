"""Files: what is taken, under which name it is kept, who may download it and how."""

from __future__ import annotations

import contextlib
import io
import tracemalloc
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from assistance.requests import services
from files import office_scan
from files.content_type import check_upload, safe_name, type_of
from files.models import Attachment, attach_file
from tests import make
from tests.make import People


def make_picture(kind: str) -> bytes:
    """A small picture with nothing beside it."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, kind)
    return made.getvalue()


PNG, JPEG = (make_picture(kind) for kind in ("PNG", "JPEG"))
PDF = b"%PDF-1.7\n\0\xffbinary"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def archive(*names: str, **contents: bytes) -> bytes:
    """A zip file with empty entries, and with those that have contents."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, "")
        for name, content in contents.items():
            made.writestr(name, content)
    return body.getvalue()


def upload(name: str, body: bytes) -> SimpleUploadedFile:
    """What a browser sends; what it says of the type is not to be believed."""
    return SimpleUploadedFile(name, body, "application/pdf")


def get(user: User | None, attachment: Attachment) -> Any:
    """The answer to a download."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(attachment.get_absolute_url())


@pytest.mark.parametrize(
    ("name", "body", "content_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("letter", PDF, "application/pdf"),
        ("scan.png", PNG, "image/png"),
        ("scan.pdf", PNG, "image/png"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("letter.docx", archive("[Content_Types].xml", "word/document.xml"), WORD),
        ("list.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), EXCEL),
        ("talk.pptx", archive("[Content_Types].xml", "ppt/presentation.xml"), SLIDES),
        ("letter.odt", archive("content.xml", mimetype=OPEN_TEXT.encode()), OPEN_TEXT),
        ("notes.TXT", "Écrit à la main, 手写".encode(), "text/plain"),
        ("list.csv", b"\xef\xbb\xbfa,b\n1,2\n", "text/csv"),
    ],
)
def test_the_kinds_that_are_taken_are_told_by_their_content(
    name: str, body: bytes, content_type: str
) -> None:
    check_upload(upload(name, body))
    assert type_of(body, name) == content_type


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("run.exe", b"MZ\x90\0\x03"),
        ("letter.pdf", b"MZ\x90\0\x03"),
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("letter.pdf", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("all.zip", archive("a.txt", "b.exe")),
        ("letter.docx", archive("a.txt", "b.exe")),
        (
            "drawing.odg",
            archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.graphics"),
        ),
        ("notes.txt", b"text\0binary"),
        ("notes.txt", b"\xff\xfe\x41\xd8"),
        ("letter.docx", b"PK\x03\x04 and then nothing"),
        ("noname", b"plain words"),
    ],
)
def test_any_other_kind_is_refused_with_a_sentence_that_says_what_is_taken(
    name: str, body: bytes
) -> None:
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(name, body))
    sentence = refused.value.messages[0]
    assert name in sentence and "PDF, PNG, JPEG, Word" in sentence


def test_an_archive_that_is_broken_anywhere_is_refused_and_raises_nothing_else() -> None:
    whole = archive("content.xml", mimetype=OPEN_TEXT.encode() * 40)
    for place in range(4, len(whole)):
        for value in (0, 255, whole[place] ^ 8):
            with contextlib.suppress(office_scan.Dangerous):
                type_of(whole[:place] + bytes([value]) + whole[place + 1 :], "letter.odt")
        type_of(whole[:place], "letter.odt")


def test_a_small_archive_that_would_unpack_to_much_is_not_unpacked() -> None:
    body = archive("content.xml", mimetype=b"\0" * 60_000_000)
    assert len(body) < 100_000
    tracemalloc.start()
    try:
        assert type_of(body, "letter.odt") == ""
        assert tracemalloc.get_traced_memory()[1] < 5_000_000  # bytes
    finally:
        tracemalloc.stop()


def test_empty_and_too_large_files_are_refused_with_a_sentence(settings: Any) -> None:
    with pytest.raises(ValidationError, match="is empty"):
        check_upload(upload("letter.pdf", b""))
    settings.ATTACHMENT_MOST_BYTES = 1024 * 1024
    check_upload(upload("letter.pdf", PDF.ljust(1024 * 1024, b"\0")))
    with pytest.raises(ValidationError, match=r"“letter.pdf” has 1.5 MB; at most 1 MB can be sent"):
        check_upload(upload("letter.pdf", PDF.ljust(1024 * 1024 * 3 // 2, b"\0")))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jane\\letter.pdf", "letter.pdf"),
        ("..", "file"),
        ("", "file"),
        (' a"b<c>;d|e?.pdf ', "abcde.pdf"),
        ("line\r\nSet-Cookie: x.pdf", "lineSet-Cookie x.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe"),
        ("Lettre du ministère – 信.pdf", "Lettre du ministère – 信.pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = safe_name("é" * 400 + ".pdf")
    assert len(kept) == 150 and kept.endswith("é.pdf")


@pytest.mark.django_db
def test_a_file_is_downloaded_as_it_was_sent_and_run_by_no_browser(people: People) -> None:
    case = make.submitted(people.kenya)
    body = PDF + bytes(range(256))
    kept = attach_file(
        "request", case.pk, upload("../Brief “1”\r\nX: y 信.pdf", body), people.kenya
    )
    response = get(people.officer, kept)
    assert response.status_code == 200 and b"".join(response.streaming_content) == body
    assert (
        response["Content-Type"] == "application/pdf"
        and response["X-Content-Type-Options"] == "nosniff"
    )
    assert (
        response["Content-Disposition"].startswith("attachment;")
        and "\n" not in response["Content-Disposition"]
    )
    assert (
        "default-src 'none'" in response["Content-Security-Policy"]
        and "sandbox" in response["Content-Security-Policy"]
    )
    assert "no-store" in response["Cache-Control"]
    assert (kept.size, kept.name) == (len(body), "Brief “1”X y 信.pdf")
    assert "Brief" not in kept.content.name and ".pdf" not in kept.content.name


@pytest.mark.django_db
def test_a_file_is_there_only_for_who_may_see_its_owner(people: People) -> None:
    colleague = make.focal_point("KEN")
    case = make.draft(people.kenya)
    letter = attach_file("request", case.pk, make.pdf(), people.kenya, purpose="letter")
    assert get(people.kenya, letter).status_code == 200
    for other in (colleague, people.fiji, people.officer, people.manager, people.administrator):
        assert get(other, letter).status_code == 404
    make.do(people.kenya, case, "submit")
    for reader in (people.kenya, colleague, people.officer, people.manager):
        assert get(reader, letter).status_code == 200
    for other in (people.fiji, people.administrator):
        assert get(other, letter).status_code == 404
    stranger = get(None, letter)
    assert stranger.status_code == 302 and stranger["Location"].startswith(reverse("account_login"))
    assert Client().post(letter.get_absolute_url()).status_code in (302, 405)


@pytest.mark.django_db
def test_a_file_of_an_engagement_is_hidden_from_countries_unless_it_is_shared(
    people: People, client: Client
) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1, "men": 1}))
    shared = attach_file("engagement", engagement.pk, make.pdf("agenda.pdf"), people.officer)
    kept = attach_file(
        "engagement", engagement.pk, make.pdf("budget.pdf"), people.officer, shared=False
    )
    assert [get(people.kenya, f).status_code for f in (shared, kept)] == [200, 404]
    assert [get(people.fiji, f).status_code for f in (shared, kept)] == [404, 404]
    assert [get(people.officer, f).status_code for f in (shared, kept)] == [200, 200]
    client.force_login(people.kenya)
    page = client.get(engagement.get_absolute_url()).content.decode()
    assert "agenda.pdf" in page and "budget.pdf" not in page


@pytest.mark.django_db
def test_a_file_with_an_internal_note_is_kept_among_staff(people: People) -> None:
    case = make.submitted(people.kenya)
    services.post_message(
        people.officer, case.pk, "For us only", internal=True, upload=make.pdf("memo.pdf")
    )
    memo = Attachment.objects.get(owner_type="request", owner_id=case.pk)
    assert memo.name == "memo.pdf"
    assert [
        get(reader, memo).status_code for reader in (people.officer, people.manager, people.kenya)
    ] == [200, 200, 404]


@pytest.mark.django_db
def test_a_file_of_another_kind_keeps_the_message_and_sends_nothing(
    people: People, client: Client
) -> None:
    case = make.submitted(people.kenya)
    client.force_login(people.kenya)
    response = client.post(
        reverse("request_say", args=[case.pk]),
        {"text": "See the file", "file": upload("run.pdf", b"MZ\x90\0")},
    )
    page = response.content.decode()
    assert (
        response.status_code == 422
        and "“run.pdf” is not of a kind" in page
        and "See the file" in page
    )
    assert not Attachment.objects.exists() and not case.events.filter(action="message").exists()
