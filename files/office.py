"""Office documents: which kind an archive is, and whether it holds what could run or fetch something when it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

OPEN_XML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")
MOST_ENTRIES = 10_000
MOST_UNPACKED = 500 * 1024 * 1024  # bytes, all entries together
MOST_READ = 8 * 1024 * 1024  # bytes of one entry that is looked into
MOST_NESTED = 20 * 1024 * 1024  # bytes of a document in the document
DEEPEST = 2  # documents in documents: a chart's table in a slide in a text
MACROS = re.compile(r"(^|/)vba(project\w*\.bin|data\.xml)$|/(macrosheets|dialogsheets|activex)/|^(basic|scripts)/", re.I)
PROGRAM = re.compile(r"\.(exe|dll|com|scr|pif|cpl|msi|hta|html?|xhtml|svgz|js|jse|vbs|vbe|wsf|wsh|bat|cmd|ps1|jar|lnk|reg|sct|chm|apk|app|sh)$", re.I)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: objects of old programs, packages of any file, macros under another name
STARTS = (OLE, b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "package", "control", "aFChunk")  # relationships that Word and others follow


class Dangerous(ValueError):
    """The document is locked, or holds macros, programs, or parts that are fetched from elsewhere."""


def type_of(body: bytes, depth: int = 0) -> str:
    """Office Open XML or OpenDocument; an empty string for any other archive and a broken one. Raises Dangerous."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_UNPACKED:
                return ""
            kind = _kind(archive)
            if kind:
                _refuse_dangerous(archive, entries, depth)
            return kind
    except Dangerous:
        raise
    except Exception:  # a broken archive raises what its reader and its unpacker happen to meet: BadZipFile, EOFError, zlib.error, …
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


def _refuse_dangerous(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], depth: int) -> None:
    """Raises Dangerous for the first thing found."""
    names = [e.filename for e in entries]
    if len({n.lower() for n in names}) < len(names):
        raise Dangerous("two parts of one name")  # of which one program would read this, another that
    for entry in entries:
        name, start = entry.filename, _begin(archive, entry, 8)
        if MACROS.search(name) or PROGRAM.search(name) or start.startswith(STARTS):
            raise Dangerous(name)
        if start.startswith(b"PK\x03\x04"):
            _refuse_dangerous_part(archive, entry, depth)
        if any(condition(name) and harmful(_whole(archive, entry)) for condition, harmful in LOOKED_INTO):
            raise Dangerous(name)


def _refuse_dangerous_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    """Raises Dangerous for a document in the document that would not be taken by itself."""
    if depth >= DEEPEST or entry.file_size > MOST_NESTED or not type_of(_begin(archive, entry, MOST_NESTED), depth + 1):
        raise Dangerous(entry.filename)


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry that is looked into. Raises Dangerous where it is longer than such an entry ever is, or written so as not to be searched."""
    if entry.file_size > MOST_READ:
        raise Dangerous(entry.filename)
    body = _begin(archive, entry, MOST_READ)
    if b"\0" in body or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Dangerous(entry.filename)
    return body


def _outward(body: bytes) -> Iterator[tuple[str, str]]:
    """Kind and target of each relationship to something outside the document."""
    for link in ElementTree.fromstring(body):  # noqa: S314 no entities: `_whole` has refused them
        if link.get("TargetMode", "").lower() == "external":
            yield link.get("Type", "").rsplit("/", 1)[-1], link.get("Target", "")


def _is_fetched(kind: str, target: str) -> bool:
    """Whether opening the document would fetch the target. A template on the sender's own disc, which Word notes, is none."""
    if kind not in FETCHED:
        return False
    local = re.match(r"(file:///)?[a-z]:[\\/]", target, re.I) or not re.match(r"[a-z][a-z0-9+.-]*:|\\\\|//", target, re.I)
    return not (kind == "attachedTemplate" and local)


LOOKED_INTO: tuple[tuple[Callable[[str], bool], Callable[[bytes], bool]], ...] = (  # which parts, and what must not be in them
    (lambda name: name == "[Content_Types].xml", lambda body: bool(re.search(rb"macroEnabled|vbaProject|activeX", body, re.I))),
    (lambda name: name.lower().endswith(".rels"), lambda body: any(_is_fetched(*link) for link in _outward(body))),
    (lambda name: name.lower().startswith("xl/externallinks/"), lambda body: b"ddeLink" in body),
    (lambda name: name == "META-INF/manifest.xml", lambda body: b"encryption-data" in body),
)
