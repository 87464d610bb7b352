"""What a file is, told from its first bytes and never from what its sender says."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
PLAIN = {".txt": "text/plain", ".csv": "text/csv"}
ALLOWED = _("PDF, PNG, JPEG, Word, Excel, PowerPoint, OpenDocument text or table, plain text or CSV")


def type_of(body: bytes, name: str) -> str:
    """The content type, or an empty string for what is not on the list of allowed types."""
    for start, content_type in MAGIC:
        if body.startswith(start):
            return content_type
    if body.startswith(b"PK\x03\x04"):
        return _of_archive(body)
    ending = PurePath(name).suffix.lower()
    if ending in PLAIN and b"\0" not in body:
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            return ""
        return PLAIN[ending]
    return ""


def _of_archive(body: bytes) -> str:
    """Office Open XML or OpenDocument, without macros; an empty string for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
            if any(n.endswith("vbaProject.bin") or n.startswith(("Basic/", "Scripts/")) for n in names):
                return ""
            if "mimetype" in names:
                with archive.open("mimetype") as entry:  # no more of it than is needed: a small archive can unpack to gigabytes
                    declared = entry.read(100).decode("ascii", "replace")
                return declared if declared in ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet") else ""
    except Exception:  # a broken archive raises what its reader and its unpacker happen to meet: BadZipFile, EOFError, zlib.error, …
        return ""
    return next((content_type for folder, content_type in OFFICE.items() if any(n.startswith(folder) for n in names)), "")


def safe_name(name: str) -> str:
    """The last part of a name, without control characters and what file systems or headers trip over; at most 150 characters."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    cleaned = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*;').strip(" .")
    if len(cleaned) > 150:
        ending = PurePath(cleaned).suffix[:10]
        cleaned = cleaned[: 150 - len(ending)] + ending
    return cleaned or "file"


def check(upload: UploadedFile) -> None:
    """Raises ValidationError where a file is empty, too large or not of an allowed type; says what would be right."""
    most = settings.ATTACHMENT_MOST_BYTES
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty. Choose the file again."), params={"name": upload.name})
    if upload.size > most:
        raise ValidationError(
            _("“%(name)s” has %(size)s MB; at most %(most)s MB can be sent. A scan in black and white is smaller."),
            params={"name": upload.name, "size": round(upload.size / 1048576, 1), "most": most // 1048576},
        )
    upload.seek(0)
    if not type_of(upload.read(), upload.name or ""):
        raise ValidationError(
            _("“%(name)s” is not of a kind that can be read here. Send %(allowed)s."), params={"name": upload.name, "allowed": ALLOWED}
        )
    upload.seek(0)
