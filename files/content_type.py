"""What a file is, told from its first bytes and never from what its sender says."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.text import Label
from files import formulas, image_metadata, office_scan, scanning

MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
PLAIN = {".txt": "text/plain", ".csv": "text/csv"}
# a page, drawing, script or program under another name
NOT_PLAIN = re.compile(rb"(\xef\xbb\xbf)?\s*(<[a-z!?/]|#!|GIF8|%!PS|\{\\rtf|MZ)", re.I)
ENDINGS = {  # of a name, the first for a name that has none of them: what opens a file on its reader's computer follows from it
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    office_scan.OPEN_XML["word/"]: (".docx",),
    office_scan.OPEN_XML["xl/"]: (".xlsx",),
    office_scan.OPEN_XML["ppt/"]: (".pptx",),
    office_scan.OPEN_DOCUMENT[0]: (".odt",),
    office_scan.OPEN_DOCUMENT[1]: (".ods",),
    "text/plain": (".txt",),
    "text/csv": (".csv",),
}
LONGEST_NAME = 150  # characters
ALLOWED = _(
    "PDF, PNG, JPEG, Word, Excel, PowerPoint, OpenDocument text or table, plain text or CSV"
)
# files in one process, of which one is looked at, which may take seconds: its other threads are for
# everybody else
MOST_AT_ONCE = 3
PATIENCE = (
    0.5  # seconds that a file waits to be one of these; a usual one is looked at in a tenth of that
)
_looking = threading.Lock()
_waiting = threading.BoundedSemaphore(MOST_AT_ONCE)
# so that a file is looked at once, though form and store both ask
_passed: WeakKeyDictionary[UploadedFile, str] = WeakKeyDictionary()


def accepted_types() -> str:
    """What may be sent, for the help beside a field."""
    return gettext("At most %(most)s MB: %(allowed)s.") % {
        "most": settings.ATTACHMENT_MOST_BYTES // 1048576,
        "allowed": ALLOWED,
    }


def help_with(what: Label) -> Label:
    """The help of a field for files: what is asked for there, and what may be sent.

    Said when it is read, in the reader's language.
    """
    return format_lazy("{} {}", what, lazy(accepted_types, str)())


def type_of(body: bytes, name: str) -> str:
    """The content type, or an empty string for what is not on the list of allowed types.

    Raises `office.Dangerous`.
    """
    for start, content_type in MAGIC:
        if body.startswith(start):
            return content_type
    if body.startswith(b"PK\x03\x04"):
        return office_scan.type_of(body)
    ending = PurePath(name).suffix.lower()
    if ending in PLAIN and b"\0" not in body and not NOT_PLAIN.match(body):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            return ""
        return PLAIN[ending]
    return ""


def safe_name(name: str, content_type: str = "") -> str:
    """The last part of a name, at most 150 characters, without what file systems or headers trip
    over and what turns or hides letters.

    With a content type, the name gets its ending where it has another: what is no program must not
    be kept as one.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    cleaned = "".join(
        c
        for c in last
        if unicodedata.category(c) not in ("Zl", "Zp")
        and unicodedata.category(c)[0] != "C"
        and c not in '<>:"|?*;'
    )
    cleaned = cleaned.strip(" .") or "file"
    ending = PurePath(cleaned).suffix
    fitting = ENDINGS.get(content_type, (ending[:10],))
    if ending.lower() not in fitting:
        cleaned, ending = cleaned + fitting[0], fitting[0]
    if len(cleaned) > LONGEST_NAME:
        cleaned = cleaned[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
    return cleaned


@contextmanager
def turn_to_look(name: str) -> Iterator[None]:
    """The turn of a file, one after the other.

    Raises ValidationError where too many wait for theirs.
    """
    if not _waiting.acquire(timeout=PATIENCE):
        raise ValidationError(
            _("Many files have come in at this moment. Send “%(name)s” again in a minute."),
            params={"name": name},
        )
    try:
        with _looking:
            yield
    finally:
        _waiting.release()


def check_upload(upload: UploadedFile) -> None:
    """Refuses what is empty, too large, of no allowed type, dangerous, infected or a broken
    picture; frees pictures of metadata, in place.

    Raises ValidationError, which says what would be right; the upload is then as it was.
    """
    if upload in _passed:
        return
    name = safe_name(upload.name or "")
    body = _bounded(upload, name)
    with turn_to_look(name):
        content_type = _allowed_type(body, upload.name or "", name)
    scanning.scan_for_viruses(body, name)
    _replace(upload, body, _bare(body, content_type, name))
    _passed[upload] = content_type


def checked_type(upload: UploadedFile) -> str:
    """The content type of an upload that is all right. Raises ValidationError as `check` does."""
    check_upload(upload)
    return _passed[upload]


def _allowed_type(body: bytes, given_name: str, name: str) -> str:
    """The content type.

    Raises ValidationError for what is of no allowed type, or would run or fetch something.
    """
    try:
        content_type = type_of(body, given_name)
    except office_scan.Dangerous as error:
        raise ValidationError(
            _(
                "“%(name)s” is locked with a password, or holds macros, other programs or parts"
                " that are fetched from elsewhere. Save it without them, or as PDF, and send that."
            ),
            params={"name": name},
        ) from error
    try:
        found = formulas.first_run(body.decode("utf-8-sig")) if content_type == "text/csv" else None
    except formulas.TooLong:
        content_type, found = "", None
    if found:
        raise ValidationError(
            _(
                "“%(name)s” has a cell that a spreadsheet would run as a formula: “%(cell)s” in"
                " line %(line)s. Write an apostrophe (') before it, or send the file as PDF."
            ),
            params={"name": name, "cell": found[1], "line": found[0]},
        )
    if not content_type:
        raise ValidationError(
            _("“%(name)s” is not of a kind that can be read here. Send %(allowed)s."),
            params={"name": name, "allowed": ALLOWED},
        )
    return content_type


def _bounded(upload: UploadedFile, name: str) -> bytes:
    """All bytes of an upload that is neither empty nor too large. Raises ValidationError."""
    most = settings.ATTACHMENT_MOST_BYTES
    if not upload.size:
        raise ValidationError(
            _("“%(name)s” is empty. Choose the file again."), params={"name": name}
        )
    if upload.size > most:
        raise ValidationError(
            _(
                "“%(name)s” has %(size)s MB; at most %(most)s MB can be sent. A scan in black and"
                " white is smaller."
            ),
            params={"name": name, "size": round(upload.size / 1048576, 1), "most": most // 1048576},
        )
    upload.seek(0)
    body: bytes = upload.read()
    upload.seek(0)
    return body


def _bare(body: bytes, content_type: str, name: str) -> bytes:
    """The bytes without a picture's metadata.

    Raises ValidationError for a picture that cannot be opened.
    """
    try:
        return image_metadata.without_metadata(body, content_type)
    except image_metadata.TooManyPixels as error:
        raise ValidationError(
            _(
                "“%(name)s” has more than %(most)s million pixels. Scan it with fewer dots per"
                " inch, or send a PDF."
            ),
            params={"name": name, "most": image_metadata.MOST_PIXELS // 1_000_000},
        ) from error
    except image_metadata.BrokenPicture as error:
        raise ValidationError(
            _("“%(name)s” is broken or cut off. Open it, save it again and send that."),
            params={"name": name},
        ) from error


def _replace(upload: UploadedFile, before: bytes, after: bytes) -> None:
    """Puts the cleaned bytes in the place of those that came."""
    if after != before:
        upload.seek(0)
        upload.write(after)
        assert upload.file is not None, "an upload has its bytes"
        upload.file.truncate(len(after))
        upload.size = len(after)
    upload.seek(0)
