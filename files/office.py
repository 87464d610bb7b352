"""Office documents: which kind an archive is, and whether it holds what could run or fetch something when it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

OPEN_XML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")
MOST_ENTRIES = 5_000  # these five of the whole file, the documents in it included
MOST_UNPACKED = 500 * 1024 * 1024  # bytes
MOST_SEARCHED = 64 * 1024 * 1024  # bytes of entries that are looked into: an Excel file keeps what it took from other files
MOST_MARKS = 250_000  # signs `<` and `=` of what is parsed, which bound its elements and attributes: three of the largest parts there are
MOST_READ = 8 * 1024 * 1024  # bytes of one entry that is looked into
MOST_PARSED = 2 * 1024 * 1024  # bytes of one entry of relationships or of kinds: 10,000 links of a list of addresses; others have some KB
MOST_NESTED = 20 * 1024 * 1024  # bytes of a document in the document
MOST_LOOKED_INTO = 1_000  # entries that are looked into: a slide has one of relationships, and takes a third of a millisecond
DEEPEST = 2  # documents in documents: a chart's table in a slide in a text
MACROS = re.compile(r"(^|/)vba(project\w*\.bin|data\.xml)$|/(macrosheets|dialogsheets|activex)/|^(basic|scripts)/", re.I)
PROGRAM = re.compile(r"\.(exe|dll|com|scr|pif|cpl|msi|hta|html?|xhtml|svgz|js|jse|vbs|vbe|wsf|wsh|bat|cmd|ps1|jar|lnk|reg|sct|chm|apk|app|sh)$", re.I)
ENTRY = b"PK\x01\x02"  # before each name in an archive's list
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: objects of old programs, packages of any file, macros under another name
STARTS = (OLE, b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "package", "control", "aFChunk")  # relationships that Word and others follow


class Dangerous(ValueError):
    """The document is locked, or holds macros, programs, or parts that are fetched from elsewhere."""


class TooMuch(ValueError):
    """The file holds more than is looked through."""


@dataclass
class Budget:
    """What may still be looked through of one file: however deep its documents lie in each other, they all draw on this."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_UNPACKED  # bytes
    searched: int = MOST_SEARCHED  # bytes
    marks: int = MOST_MARKS
    looks: int = MOST_LOOKED_INTO

    def take(self, entries: int = 0, unpacked: int = 0, searched: int = 0, marks: int = 0, looks: int = 0) -> None:
        """Raises TooMuch where less than this is left."""
        self.looks -= looks
        self.entries -= entries
        self.unpacked -= unpacked
        self.searched -= searched
        self.marks -= marks
        if min(self.entries, self.unpacked, self.searched, self.marks, self.looks) < 0:
            raise TooMuch


def type_of(body: bytes) -> str:
    """Office Open XML or OpenDocument; an empty string for any other archive, a broken one and one too large. Raises Dangerous."""
    return _type_of(body, Budget(), 0)


def _type_of(body: bytes, budget: Budget, depth: int) -> str:
    """The same of a document in the document, where `depth` is not zero."""
    if body.count(ENTRY) > budget.entries:  # before the list of them is read, which takes memory for each
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
    except (
        Exception
    ):  # too much; or a broken archive, which raises what its reader and its unpacker happen to meet: BadZipFile, EOFError, zlib.error, …
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
    return next((kind for folder, kind in OPEN_XML.items() if any(n.startswith(folder) for n in names)), "")


def _begin(archive: zipfile.ZipFile, entry: str | zipfile.ZipInfo, most: int) -> bytes:
    """The first bytes of an entry, no more than are needed: a small archive can unpack to gigabytes."""
    with archive.open(entry) as opened:
        return opened.read(most)


def _refuse_dangerous(archive: zipfile.ZipFile, budget: Budget, depth: int) -> None:
    """Raises Dangerous for the first thing found; TooMuch."""
    entries = archive.infolist()
    budget.take(looks=sum(part.named(e.filename) for e in entries for part in LOOKED_INTO))
    if len({e.filename.lower() for e in entries}) < len(entries):
        raise Dangerous("two parts of one name")  # of which one program would read this, another that
    for entry in entries:
        name, start = entry.filename, _begin(archive, entry, 8)
        if MACROS.search(name) or PROGRAM.search(name) or start.startswith(STARTS):
            raise Dangerous(name)
        if start.startswith(b"PK\x03\x04"):
            _refuse_dangerous_part(archive, entry, budget, depth)
        for part in LOOKED_INTO:
            if part.named(name) and part.harmful(_whole(archive, entry, part.most, budget), budget):
                raise Dangerous(name)


def _refuse_dangerous_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, depth: int) -> None:
    """Raises Dangerous for a document in the document that would not be taken by itself, or is too much with the rest."""
    if depth >= DEEPEST or entry.file_size > MOST_NESTED or not _type_of(_begin(archive, entry, MOST_NESTED), budget, depth + 1):
        raise Dangerous(entry.filename)


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, budget: Budget) -> bytes:
    """An entry that is looked into. Raises Dangerous where it is longer than such an entry ever is, or written so as not to be searched; TooMuch."""
    if entry.file_size > most:
        raise Dangerous(entry.filename)
    budget.take(searched=entry.file_size)
    body = _begin(archive, entry, most)
    if b"\0" in body or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Dangerous(entry.filename)
    return body


def _fetches(body: bytes, budget: Budget) -> bool:
    """Whether a relationship is to something outside that opening the document would fetch.

    They are looked at as they are read, without keeping them. Raises Dangerous, TooMuch, expat.ExpatError.
    """
    budget.take(marks=body.count(b"<") + body.count(b"="))
    found: list[bool] = []

    def declare(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise Dangerous(encoding)  # office programs write UTF-8; in other letters neither entities nor marks would be seen

    def begin(_tag: str, about: dict[str, str]) -> None:
        if about.get("TargetMode", "").lower() == "external":
            found.append(_is_fetched(about.get("Type", "").rsplit("/", 1)[-1], about.get("Target", "")))

    parser = expat.ParserCreate()
    parser.XmlDeclHandler, parser.StartElementHandler = declare, begin
    parser.Parse(body, True)
    return any(found)


def _is_fetched(kind: str, target: str) -> bool:
    """Whether opening the document would fetch the target. A template on the sender's own disc, which Word notes, is none."""
    if kind not in FETCHED:
        return False
    local = re.match(r"(file:///)?[a-z]:[\\/]", target, re.I) or not re.match(r"[a-z][a-z0-9+.-]*:|\\\\|//", target, re.I)
    return not (kind == "attachedTemplate" and local)


@dataclass(frozen=True)
class LookedInto:
    """Which parts, the most bytes of one, and what must not be in them."""

    named: Callable[[str], bool]
    most: int
    harmful: Callable[[bytes, Budget], bool]


LOOKED_INTO = (
    LookedInto(
        lambda name: name == "[Content_Types].xml", MOST_PARSED, lambda body, _: bool(re.search(rb"macroEnabled|vbaProject|activeX", body, re.I))
    ),
    LookedInto(lambda name: name.lower().endswith(".rels"), MOST_PARSED, _fetches),
    LookedInto(lambda name: name.lower().startswith("xl/externallinks/"), MOST_READ, lambda body, _: b"ddeLink" in body),
    LookedInto(lambda name: name == "META-INF/manifest.xml", MOST_READ, lambda body, _: b"encryption-data" in body),
)
