"""Whether what a document points at lies elsewhere: on the internet, on another computer, or only
on its sender's own disc."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

# of whoever wrote the document: nothing that a reader's computer finds
ON_A_DISC = re.compile(r"(?:file:/{0,3})?[a-z]:[\\/]|file:///(?![\\/])", re.I)
WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.I)
# of a mail from which a picture was pasted; of the address itself
KEPT_INSIDE = re.compile(r"(?:cid|data):", re.I)


def is_elsewhere(target: str) -> bool:
    """Whether a program would leave the computer to fetch it: an address with a scheme, or one of
    another computer in the network."""
    plain = unquote(target).strip().lstrip("\x00\t\r\n ")
    if ON_A_DISC.match(plain) or KEPT_INSIDE.match(plain):
        return False
    return bool(WITH_SCHEME.match(plain))


def is_outside_package(target: str) -> bool:
    """Whether it is no part of the document that points at it, on the sender's own disc included."""
    plain = unquote(target).strip().replace("\\", "/")
    if plain in ("", ".", "..") or plain.startswith("#") or KEPT_INSIDE.match(plain):
        return False  # charts of LibreOffice point at the table that they stand in
    return (
        bool(WITH_SCHEME.match(plain))
        or plain.startswith("/")
        or posixpath.normpath(plain).startswith("..")
    )


def normal_name(name: str) -> str:
    """The name of a part as programs look for it: `./Basic/x`, `/Basic//x`, `basic\\x` and
    `%42asic/x` are all `basic/x`."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/")).lstrip("/").lower()
