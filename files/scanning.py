"""Asks ClamAV about a file, where CLAMAV names one.

No client library of clamd's protocol is well kept, and what is needed of it is small.
"""

from __future__ import annotations

import logging
import socket
import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
TIMEOUT = 30  # seconds for the whole of one file
CHUNK = 65_536  # bytes
MOST_ANSWER = 1_000  # bytes


def scan_for_viruses(body: bytes, name: str) -> None:
    """Raises ValidationError where a virus is found, and where the scanner does not answer: what
    was not looked at is not taken."""
    if not settings.CLAMAV:
        return
    try:
        answer = ask_clamd(body, settings.CLAMAV)
    except OSError as error:
        answer = f"no answer ({error})"
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return
    if verdict.endswith(" FOUND"):
        found = verdict.removesuffix(" FOUND")
        log.warning("Refused a file of %s bytes: ClamAV found %s", len(body), found)
        raise ValidationError(
            _("“%(name)s” is not taken: the virus scanner found %(found)s in it."),
            params={"name": name, "found": found},
        )
    log.error(
        "Refused a file of %s bytes, since ClamAV at %s could not look at it: %s",
        len(body),
        settings.CLAMAV,
        answer,
    )
    raise ValidationError(
        _("“%(name)s” could not be checked for viruses, so it was not taken. Send it again later."),
        params={"name": name},
    )


def ask_clamd(body: bytes, address: str) -> str:
    """What clamd says of the bytes, by its command INSTREAM: `stream: OK`, `stream: … FOUND` or
    another sentence. Raises OSError."""
    until = time.monotonic() + TIMEOUT
    with connect_clamd(address) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(body), CHUNK):
                part = body[start : start + CHUNK]
                line.settimeout(seconds_left(until))
                line.sendall(len(part).to_bytes(4) + part)
            line.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            # it has hung up before the end, as for what exceeds its StreamMaxLength, and may have
            # said why
            pass
        answer = b""
        while b"\0" not in answer and len(answer) < MOST_ANSWER:
            line.settimeout(seconds_left(until))
            part = line.recv(MOST_ANSWER)
            if not part:
                break
            answer += part
    said, ended, _rest = answer.partition(b"\0")
    if not ended:  # half an answer is none
        raise OSError("it hung up")
    return "".join(c for c in said.decode("utf-8", "replace") if c.isprintable()).strip()


def seconds_left(until: float) -> float:
    """Seconds left of the time for one file. Raises TimeoutError when there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("timed out")
    return seconds


def connect_clamd(address: str) -> socket.socket:
    """A connection to `host:port`, `[host]:port` or the path of a Unix socket. Raises OSError."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT)
