"""Office documents: which kind an archive is, and whether it holds what could run or fetch
something when it is opened."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from files.link_targets import normal_name
from files.xml_parts import RUNNING, SIGNS, Harmful, Inspector

OPEN_XML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
)
MOST_ENTRIES = 10_000  # these of the whole file, the documents in it included
MOST_UNPACKED = 500 * 1024 * 1024  # bytes
MOST_SEARCHED = 200 * 1024 * 1024  # bytes of XML, all of which is looked through
MOST_RELATED = 64 * 1024 * 1024  # bytes of relationships and kinds
# signs `<` and `=` of relationships and kinds, which bound their elements and attributes: three of
# the largest parts there are
MOST_LINKS = 250_000
MOST_MARKS = (
    6_000_000  # the same of what else is read element by element: a text of a thousand pages
)
MOST_SECONDS = 6.0  # of the processor, for one file; the signs of MOST_MARKS take about half of it
# bytes of one entry of relationships or of kinds: 10,000 links of a list of addresses; others have
# some KB
MOST_PARSED = 2 * 1024 * 1024
MOST_NESTED = 20 * 1024 * 1024  # bytes of a document in the document
DEEPEST = 2  # documents in documents: a chart's table in a slide in a text
# bytes that are searched, and read element by element, at a time
PIECE, SLICE = (
    1024 * 1024,
    64 * 1024,
)
LONGEST_SIGN = 64  # bytes, of those that are searched for
XML_ENDINGS = (".xml", ".rels", ".vml", ".svg", ".rdf")
CONTENT_TYPES = "[Content_Types].xml"
DECLARATION = re.compile(rb"<\?xml\b[^>]*\?>", re.I)
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
PROGRAM = re.compile(
    r"\.(exe|dll|com|scr|pif|cpl|msi|hta|html?|xhtml|mht|mhtml|eml|rtf|svgz|js|jse|vbs|vbe|wsf|wsh|bat|cmd|ps1|jar|lnk|reg|sct|chm|apk|app|sh)$"
)
ENTRY = b"PK\x01\x02"  # before each name in an archive's list
OLE = (  # compound file: objects of old programs, packages of any file, macros under another name
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)
STARTS = (
    OLE,
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"{\\rtf",
    b"MIME-Version",
    b"mime-version",
)


class Dangerous(ValueError):
    """The document is locked, or holds macros, programs, or parts that are fetched from elsewhere."""


class TooMuch(ValueError):
    """The file holds more than is looked through."""


@dataclass
class Budget:
    """What may still be looked through of one file: however deep its documents lie in each other,
    they all draw on this."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_UNPACKED  # bytes
    searched: int = MOST_SEARCHED  # bytes
    related: int = MOST_RELATED  # bytes
    links: int = MOST_LINKS
    marks: int = MOST_MARKS
    until: float = field(default_factory=lambda: time.thread_time() + MOST_SECONDS)

    def take(
        self,
        entries: int = 0,
        unpacked: int = 0,
        searched: int = 0,
        related: int = 0,
        links: int = 0,
        marks: int = 0,
    ) -> None:
        """Raises TooMuch where less than this is left, or no time."""
        self.entries -= entries
        self.unpacked -= unpacked
        self.searched -= searched
        self.related -= related
        self.links -= links
        self.marks -= marks
        if (
            min(self.entries, self.unpacked, self.searched, self.related, self.links, self.marks)
            < 0
            or time.thread_time() > self.until
        ):
            raise TooMuch


def type_of(body: bytes) -> str:
    """Office Open XML or OpenDocument; an empty string for any other archive, a broken one and one
    too large. Raises Dangerous."""
    return _type_of(body, Budget(), 0)


def _type_of(body: bytes, budget: Budget, depth: int) -> str:
    """The same of a document in the document, where `depth` is not zero."""
    if (
        body.count(ENTRY) > budget.entries
    ):  # before the list of them is read, which takes memory for each
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            budget.take(entries=len(entries), unpacked=sum(e.file_size for e in entries))
            kind = _kind(archive)
            if kind:
                _refuse_dangerous(archive, budget, depth)
            return kind
    except Dangerous:
        raise
    except Exception:  # too much; or a broken archive, which raises what its reader and its unpacker happen to meet: BadZipFile, EOFError, zlib.error, …
        return ""


def _kind(archive: zipfile.ZipFile) -> str:
    """What the archive says it is, by the names of its parts or by its declaration."""
    names = archive.namelist()
    if any(e.flag_bits & 1 for e in archive.infolist()):
        raise Dangerous("password")
    if "mimetype" in names:
        declared = _begin(archive, "mimetype", 100).decode("ascii", "replace")
        return declared if declared in OPEN_DOCUMENT else ""
    if "[Content_Types].xml" not in names:
        return ""
    return next(
        (kind for folder, kind in OPEN_XML.items() if any(n.startswith(folder) for n in names)), ""
    )


def _begin(archive: zipfile.ZipFile, entry: str | zipfile.ZipInfo, most: int) -> bytes:
    """The first bytes of an entry, no more than are needed: a small archive can unpack to
    gigabytes."""
    with archive.open(entry) as opened:
        return opened.read(most)


def _refuse_dangerous(archive: zipfile.ZipFile, budget: Budget, depth: int) -> None:
    """Raises Dangerous for the first thing found; TooMuch."""
    entries = archive.infolist()
    names = [normal_name(e.filename) for e in entries]
    if len(set(names)) < len(names):
        # of which one program would read this, another that
        raise Dangerous("two parts of one name")
    for entry, name in zip(entries, names, strict=True):
        budget.take()
        start = _begin(archive, entry, 64)
        if RUNNING.search(name) or PROGRAM.search(name) or start.startswith(STARTS):
            raise Dangerous(name)
        if start.startswith(b"PK\x03\x04"):
            _refuse_dangerous_part(archive, entry, budget, depth)
        elif start and (name.endswith(XML_ENDINGS) or looks_like_xml(start)):
            _refuse_harmful_xml(archive, entry, name, budget)


def _refuse_dangerous_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, depth: int
) -> None:
    """Raises Dangerous for a document in the document that would not be taken by itself, or is too
    much with the rest."""
    if (
        depth >= DEEPEST
        or entry.file_size > MOST_NESTED
        or not _type_of(_begin(archive, entry, MOST_NESTED), budget, depth + 1)
    ):
        raise Dangerous(entry.filename)


def _refuse_harmful_xml(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget
) -> None:
    """Raises Dangerous for a part of XML that fetches or runs something, or is written so as not to
    be searched; TooMuch."""
    short = name.endswith(".rels") or entry.filename == CONTENT_TYPES
    if short and entry.file_size > MOST_PARSED:
        raise Dangerous(name)
    budget.take(searched=entry.file_size, related=entry.file_size if short else 0)
    if short or _has_signs(archive, entry, name, budget):
        _inspect(archive, entry, name, budget, short=short)


def _has_signs(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget) -> bool:
    """Whether a part must be read element by element.

    Raises Dangerous for one in letters in which nothing can be found.
    """
    rest, found, first = b"", False, True
    with archive.open(entry) as opened:
        while piece := opened.read(PIECE):
            if first:
                piece = _without_declaration(piece, name)
                first = False
            text = rest + piece
            if b"\0" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise Dangerous(name)
            capitals = text.upper()
            found = found or any(sign in capitals for sign in SIGNS)
            rest = text[-LONGEST_SIGN:]
            budget.take()
    return found


def _without_declaration(piece: bytes, name: str) -> bytes:
    """The beginning of a part without its XML declaration.

    Raises Dangerous where it is not in UTF-8, as office programs write.
    """
    plain = piece.removeprefix(b"\xef\xbb\xbf").lstrip()
    declaration = DECLARATION.match(plain)
    encoding = ENCODING.search(declaration[0]) if declaration else None
    if not plain.startswith(b"<") or (
        encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")
    ):
        raise Dangerous(name)
    return plain[declaration.end() :] if declaration else plain


def _inspect(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget, *, short: bool
) -> None:
    """Reads a part element by element.

    Raises Dangerous, also for one that is broken, which every program would mend in its own way;
    TooMuch.
    """
    inspector = Inspector()
    try:
        with archive.open(entry) as opened:
            first = True
            while piece := opened.read(SLICE):
                if first:
                    _without_declaration(piece, name)
                    first = False
                if b"\0" in piece or b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                    raise Dangerous(name)
                marks = piece.count(b"<") + piece.count(b"=")
                budget.take(links=marks if short else 0, marks=0 if short else marks)
                inspector.feed(piece)
            inspector.feed(b"", True)
    except (Harmful, expat.ExpatError) as error:
        raise Dangerous(f"{name}: {error}") from error


def looks_like_xml(start: bytes) -> bool:
    """Whether a part begins as XML does, in whatever letters."""
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        not plain or plain.startswith(b"<") or start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0<"))
    )
