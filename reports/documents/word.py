"""DOCX: reports that are finished in Word, with its own styles, headings, captions, repeated heads
and alternative texts.

Everything is Word's: a reader's styles apply, the contents can be updated, tables can be edited.
The same document gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import docx
import vl_convert
from django.utils import translation
from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.documents.charts import prepare_fonts
from reports.documents.structure import Chart, Document, Section, Table

FIXED_TIME = datetime(2000, 1, 1)
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
# which XML cannot hold
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FONTS = {"ar": "Noto Sans Arabic", "zh-hans": "Noto Sans CJK SC"}
LATIN = "Noto Sans"
TAGS = {
    "ar": "ar-SA",
    "zh-hans": "zh-CN",
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "ru": "ru-RU",
}
PAGE_WIDTH, MARGIN = Mm(210), Mm(22)
ACCENT, SOFT = RGBColor(0x0A, 0x57, 0x96), RGBColor(0x56, 0x60, 0x6F)
RULE = "B9B5AA"  # of a table's lines
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
SCALE = 2  # pixels of a picture a unit


def as_docx(document: Document) -> bytes:
    """The document for Word, in its language."""
    with translation.override(document.language):
        return Word(document).written()


def without_control_characters(text: str) -> str:
    """Without what XML cannot hold."""
    return UNWRITABLE.sub("", text)


def word_element(name: str, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def insert_after(parent: BaseOxmlElement, name: str, child: BaseOxmlElement) -> None:
    """Puts a child behind the one of a name, since the order of such children is prescribed; last
    where there is none."""
    found = parent.find(qn(f"w:{name}"))
    parent.append(child) if found is None else found.addnext(child)


def insert_before(parent: BaseOxmlElement, name: str, child: BaseOxmlElement) -> None:
    """Puts a child before the one of a name; last where there is none."""
    found = parent.find(qn(f"w:{name}"))
    parent.append(child) if found is None else found.addprevious(child)


class Word:
    """Writes one document. Use inside its language."""

    def __init__(self, document: Document) -> None:
        self.document, self.rtl = document, document.direction == "rtl"
        self.book = docx.Document()
        self.pictures = 0
        self.prepare_styles()
        self.style_ids = {
            style.name: style.style_id
            for style in self.book.styles
            if style.type == WD_STYLE_TYPE.PARAGRAPH
        }
        self.prepare_page()

    def written(self) -> bytes:
        """The whole, as bytes that repeat."""
        document = self.document
        self.paragraph(document.programme, "Subtitle")
        self.paragraph(document.heading, "Title")
        if document.kind:
            self.paragraph(document.kind, "Subtitle")
        self.pairs(document.facts)
        self.headlines()
        if not document.is_brief:
            self.contents()
        if document.highlights:
            self.paragraph(_("Highlights"), "Heading 1")
            for part in document.highlights.split("\n"):
                self.paragraph(part)
        for section in document.sections:
            self.section(section)
        if document.notes:
            self.paragraph(_("Notes on method"), "Heading 1")
        for label, definition in document.notes:
            made = self.paragraph(f"{label}. ", "List Paragraph", bold=True)
            self.run(made, definition)
        out = io.BytesIO()
        self.book.save(out)
        return repeatable_archive(out.getvalue())

    # styles and page

    def prepare_styles(self) -> None:
        """The fonts of the language, in the styles, so that whoever changes a style changes the
        whole."""
        own = FONTS.get(self.document.language, LATIN)
        sizes = {
            "Normal": 10,
            "Title": 22,
            "Subtitle": 11,
            "Heading 1": 16,
            "Heading 2": 12,
            "Caption": 10,
            "List Paragraph": 9,
        }
        for name, size in sizes.items():
            style = self.book.styles[name]
            style.font.name, style.font.size = LATIN, Pt(size)
            style.font.italic = False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for kind in ("ascii", "hAnsi"):
                fonts.set(qn(f"w:{kind}"), LATIN)
            fonts.set(qn("w:eastAsia"), own)
            fonts.set(qn("w:cs"), own)
            marks = style.element.get_or_add_rPr()
            for old in marks.findall(qn("w:szCs")):
                marks.remove(old)
            insert_after(marks, "sz", word_element("szCs", val=str(size * 2)))
            if name.startswith(("Heading", "Title")):
                style.font.color.rgb = ACCENT
            if name == "Subtitle":
                style.font.color.rgb = SOFT
            if name == "Caption":
                style.font.bold, style.font.color.rgb = True, SOFT
                style.paragraph_format.keep_with_next = True
        normal = self.book.styles["Normal"]
        tag = TAGS[self.document.language]
        normal.element.get_or_add_rPr().append(
            word_element(
                "lang",
                val=tag if not self.rtl else "en-GB",
                bidi=tag,
                eastAsia=tag if tag == "zh-CN" else "en-GB",
            )
        )
        normal.paragraph_format.space_after = Pt(6)
        cells = self.book.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        cells.base_style = normal
        cells.font.size = Pt(8.5)
        insert_after(cells.element.get_or_add_rPr(), "sz", word_element("szCs", val="17"))
        cells.paragraph_format.space_after = Pt(0)
        cells.paragraph_format.line_spacing = 1.0
        for border in self.book.styles["Table Grid"].element.iter(
            *(qn(f"w:{side}") for side in SIDES)
        ):
            border.set(qn("w:color"), RULE)

    def prepare_page(self) -> None:
        """A4; the running head names the report, the foot counts the pages; properties without a
        clock."""
        section, document = self.book.sections[0], self.document
        section.page_width, section.page_height = PAGE_WIDTH, Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = (
            MARGIN
        )
        if self.rtl:
            insert_before(section._sectPr, "docGrid", word_element("bidi"))
        head = section.header.paragraphs[0]
        self.dress(head)
        self.run(head, f"{document.heading} · {document.programme}", size=8)
        foot = section.footer.paragraphs[0]
        self.dress(foot)
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.run(foot, _("Page") + " ", size=8)
        self.field(foot, "PAGE", "1")
        self.run(foot, " / ", size=8)
        self.field(foot, "NUMPAGES", "1")
        properties = self.book.core_properties
        properties.title, properties.author = (
            without_control_characters(document.heading),
            without_control_characters(document.programme),
        )
        properties.language, properties.comments, properties.last_modified_by = (
            TAGS[document.language],
            "",
            without_control_characters(document.programme),
        )
        properties.created = properties.modified = FIXED_TIME

    # text

    def dress(self, paragraph: Paragraph) -> None:
        """Right to left where the language runs so."""
        if self.rtl:
            paragraph._p.get_or_add_pPr().append(word_element("bidi"))

    def put_style(self, paragraph: Paragraph, name: str) -> None:
        """Gives a paragraph a style.

        By its id, as the library would write it: to look up a name takes it longer than all the
        rest.
        """
        paragraph._p.style = None if name == "Normal" else self.style_ids[name]

    def paragraph(self, text: str, style: str = "Normal", *, bold: bool = False) -> Paragraph:
        """A paragraph of a style."""
        made = self.book.add_paragraph()
        self.put_style(made, style)
        self.dress(made)
        self.run(made, text, bold=bold)
        return made

    def run(
        self, paragraph: Paragraph, text: str, *, bold: bool = False, size: float | None = None
    ) -> Run:
        """A run of text, marked as right to left where the language is."""
        made = paragraph.add_run(without_control_characters(text))
        if bold:
            made.bold = True
        if size is not None:
            made.font.size = Pt(size)
            insert_after(
                made._r.get_or_add_rPr(), "sz", word_element("szCs", val=str(int(size * 2)))
            )
        if self.rtl:
            marks = made._r.get_or_add_rPr()
            marks.append(word_element("rtl"))
            if bold:
                insert_after(marks, "b", word_element("bCs"))
        return made

    def field(self, paragraph: Paragraph, code: str, shown: str) -> None:
        """A field that Word works out, with what stands there until it does."""
        simple = word_element("fldSimple", instr=f" {code} ")
        run = word_element("r")
        words = word_element("t")
        words.text = shown
        run.append(words)
        simple.append(run)
        paragraph._p.append(simple)

    def contents(self) -> None:
        """The chapters, as a table of contents that Word can update with page numbers."""
        self.paragraph(_("Contents"), "Heading 2")
        entries = [s.heading for s in self.document.sections]
        entries = [_("Highlights"), *entries] if self.document.highlights else entries
        entries = [*entries, _("Notes on method")] if self.document.notes else entries
        for position, entry in enumerate(entries):
            made = self.book.add_paragraph()
            self.dress(made)
            if position == 0:
                self.mark(made, "begin")
                instruction = word_element("instrText")
                instruction.text = ' TOC \\o "1-1" \\h \\z \\u '
                made.add_run()._r.append(instruction)
                self.mark(made, "separate")
            self.run(made, entry)
            if position == len(entries) - 1:
                self.mark(made, "end")

    def mark(self, paragraph: Paragraph, kind: str) -> None:
        """Where a field begins, shows, ends."""
        paragraph.add_run()._r.append(word_element("fldChar", fldCharType=kind))

    # tables and pictures

    def section(self, section: Section) -> None:
        """A chapter."""
        self.paragraph(section.heading, "Heading 1")
        if section.sentences:
            self.paragraph(" ".join(section.sentences))
        for table in section.tables:
            if table.rows:
                self.table(table)

    def pairs(self, pairs: list[tuple[str, str]]) -> None:
        """Label and value, one a row, without a head."""
        grid = self.grid(len(pairs), 2, [1, 3])
        for row, (label, value) in zip(grid.rows, pairs, strict=True):
            left, right = row.cells
            self.cell(left, label, bold=True)
            self.cell(right, value)
        self.paragraph("")

    def headlines(self) -> None:
        """The figures on top."""
        found = self.document.headlines
        if not found:
            return
        grid = self.grid(len(found), 3, [3, 1, 2])
        for row, headline in zip(grid.rows, found, strict=True):
            label, value, change = row.cells
            self.cell(label, headline.label)
            self.cell(value, headline.cell.text, number=True, bold=True)
            self.cell(change, headline.change)
        self.paragraph("")

    def table(self, table: Table) -> None:
        """Picture, caption, heads that repeat on each page, rows that do not break, note."""
        if table.chart is not None:
            self.picture(table.chart)
        self.paragraph(table.caption, "Caption")
        weights = [c.weight if not c.is_number else 1 for c in table.columns]
        if not any(c.weight > 1 for c in table.columns):
            weights[0] = 2
        grid = self.grid(len(table.rows) + 1, len(table.columns), weights)
        self.repeat(grid.rows[0])
        for place, column in zip(grid.rows[0].cells, table.columns, strict=True):
            self.cell(place, column.label, number=column.is_number, bold=True)
            # no head alone at the foot of a page
            place.paragraphs[0].paragraph_format.keep_with_next = True
        for row, cells in zip(list(grid.rows)[1:], table.rows, strict=True):
            for place, cell, column in zip(row.cells, cells, table.columns, strict=True):
                self.cell(place, cell.text, number=column.is_number, bold=cell.is_total)
        self.paragraph(table.note or "", "List Paragraph")

    def grid(self, rows: int, columns: int, weights: list[int]) -> WordTable:
        """An empty table of the page's width."""
        made: WordTable = self.book.add_table(rows, columns)
        made.style = "Table Grid"
        made.autofit = False
        width = PAGE_WIDTH - 2 * MARGIN
        sizes = [Emu(int(width * weight / sum(weights))) for weight in weights]
        for column, size in zip(made.columns, sizes, strict=True):
            column.width = size  # some readers go by the grid, Word by the cells
        if self.rtl:
            insert_after(made._tbl.tblPr, "tblStyle", word_element("bidiVisual"))
        for row in made.rows:
            row._tr.get_or_add_trPr().append(word_element("cantSplit"))
            for cell, size in zip(row.cells, sizes, strict=True):
                cell.width = size
        return made

    def repeat(self, row: _Row) -> None:
        """Heads stand again on every page that the table runs over."""
        row._tr.get_or_add_trPr().append(word_element("tblHeader"))

    def cell(self, cell: _Cell, text: str, *, number: bool = False, bold: bool = False) -> None:
        """Text in a cell; numbers at the end of the line."""
        made = cell.paragraphs[0]
        self.put_style(made, "Table Text")
        self.dress(made)
        if number:
            # the end of the line: Word mirrors it where text runs from right to left
            made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.run(made, text, bold=bold)

    def picture(self, chart: Chart) -> None:
        """A chart with its alternative text."""
        prepare_fonts()
        size = re.search(r'width="([\d.]+)" height="([\d.]+)"', chart.svg)
        assert size is not None, "every picture says its size"
        # a unit is a pixel of 1/96 inch, which is 9525 EMU
        wide = min(int(float(size[1]) * 9525), int(PAGE_WIDTH - 2 * MARGIN))
        body = bytes(vl_convert.svg_to_png(chart.svg, scale=SCALE))
        place = self.book.add_paragraph()
        place.paragraph_format.keep_with_next = True
        self.dress(place)
        shape = place.add_run().add_picture(io.BytesIO(body), width=Emu(wide))
        self.pictures += 1
        about = shape._inline.docPr
        about.set("name", _("Chart %(number)s") % {"number": self.pictures})
        about.set("title", without_control_characters(chart.title))
        about.set("descr", without_control_characters(chart.alternative))


def repeatable_archive(body: bytes) -> bytes:
    """The same archive with fixed dates and a fixed order of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n))
        for name in names:
            target.writestr(
                zipfile.ZipInfo(name, ZIP_TIME), source.read(name), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
