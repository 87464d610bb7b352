"""The virus scanner: what it finds is refused, and what it could not look at is too."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.environment import clamav_address
from files import content_type, scanning
from files.models import Attachment
from tests import make
from tests.make import People

BAD = b"X5O-this-one-is-bad"
OVER = b"\0" * 300_000


def exactly(line: socket.socket, length: int) -> bytes:
    """So many bytes."""
    got = b""
    while len(got) < length:
        part = line.recv(length - len(got))
        if not part:
            raise ConnectionError
        got += part
    return got


def clamd(line: socket.socket) -> None:
    """One INSTREAM as clamd's manual describes it, with a bound of 200,000 bytes."""
    assert exactly(line, 10) == b"zINSTREAM\0"
    body = b""
    while length := int.from_bytes(exactly(line, 4)):
        body += exactly(line, length)
        if len(body) > 200_000:
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    line.sendall(b"stream: Local.Test-1 FOUND\0" if BAD in body else b"stream: OK\0")


class Listening:
    """A server that treats each connection in one way, until it is closed."""

    def __init__(self, door: socket.socket, treat: Callable[[socket.socket], None]) -> None:
        self.door, self.treat, self.asked = door, treat, 0
        door.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        """Takes one connection after the other."""
        while True:
            try:
                line, _peer = self.door.accept()
            except OSError:
                return
            self.asked += 1
            with line:
                try:
                    self.treat(line)
                except OSError:
                    continue

    @property
    def address(self) -> str:
        """As CLAMAV names it."""
        name = self.door.getsockname()
        return name if isinstance(name, str) else f"{name[0]}:{name[1]}"


@pytest.fixture
def listen(settings: Any) -> Iterator[Callable[..., Listening]]:
    """Opens a server on a free port or at a path, and has the settings name it."""
    opened = []

    def open_one(
        treat: Callable[[socket.socket], None] = clamd, path: Path | None = None
    ) -> Listening:
        door = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
        door.bind(str(path) if path else ("127.0.0.1", 0))
        opened.append(door)
        server = Listening(door, treat)
        settings.CLAMAV = server.address
        return server

    yield open_one
    for door in opened:
        door.close()


def check(body: bytes = b"words", name: str = "letter.txt") -> None:
    """As a form does."""
    content_type.check_upload(SimpleUploadedFile(name, body))


def test_what_is_found_is_named_and_anything_else_is_taken(listen: Any, caplog: Any) -> None:
    server = listen()
    check()
    check(b"long " * 30_000)
    with pytest.raises(
        ValidationError,
        match=r"“letter\.txt” is not taken: the virus scanner found Local\.Test-1 in it",
    ):
        check(b"words " * 20_000 + BAD)
    assert server.asked == 3 and "Local.Test-1" in caplog.text


def test_a_scanner_at_a_path_is_asked_too(listen: Any, tmp_path: Path) -> None:
    server = listen(path=tmp_path / "clamd")
    check()
    with pytest.raises(ValidationError, match="found"):
        check(BAD)
    assert server.asked == 2


def test_without_a_scanner_nobody_is_asked(settings: Any) -> None:
    assert settings.CLAMAV == ""
    check(BAD)


def hang_up(line: socket.socket) -> None:
    """Says nothing at all."""
    line.recv(4)


def half(line: socket.socket) -> None:
    """Hangs up in the middle of a good answer."""
    line.recv(100_000)
    line.sendall(b"stream: OK")


def babble(line: socket.socket) -> None:
    """Never comes to an end."""
    while True:
        line.sendall(b"stream: " * 1000)


@pytest.mark.parametrize(
    "treat",
    [
        hang_up,
        half,
        babble,
        lambda line: line.sendall(b"\0"),
        lambda line: line.sendall(b"UNKNOWN COMMAND\0"),
        lambda line: line.sendall(b"stream: OKAY\0"),
    ],
)
def test_without_a_clear_answer_nothing_is_taken_and_it_is_logged(
    listen: Any, caplog: Any, treat: Any
) -> None:
    listen(treat)
    with pytest.raises(
        ValidationError,
        match=(
            r"“letter\.txt” could not be checked for viruses, so it was not taken\. Send it again"
            r" later"
        ),
    ):
        check()
    assert [r.levelno for r in caplog.records if r.name == "files.scanning"] == [logging.ERROR]


def test_what_is_longer_than_the_scanner_reads_is_not_taken(listen: Any, caplog: Any) -> None:
    listen()
    with pytest.raises(ValidationError, match="could not be checked"):
        check(b"x" * 5_000_000)
    assert "could not look at it" in caplog.text


def test_a_scanner_that_is_off_or_silent_is_not_waited_for_long(
    listen: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(scanning, "TIMEOUT", 0.3)
    listen(lambda line: threading.Event().wait(3))
    with pytest.raises(ValidationError, match="could not be checked"):
        check()
    for address in ("127.0.0.1:1", "[::1]:1", str(tmp_path / "nothing")):
        settings.CLAMAV = address
        with pytest.raises(ValidationError, match="could not be checked"):
            check()


@pytest.mark.django_db
def test_pages_and_api_both_ask(listen: Any, people: People, client: Client) -> None:
    server = listen()
    case = make.submitted(people.kenya)
    client.force_login(people.kenya)
    page = client.post(
        reverse("request_say", args=[case.pk]),
        {"text": "See the file", "file": SimpleUploadedFile("a.txt", BAD)},
    )
    assert (
        page.status_code == 422
        and "found Local.Test-1" in page.content.decode()
        and "See the file" in page.content.decode()
    )
    call = client.post(
        f"/api/v1/requests/{case.pk}/messages/",
        {"text": "See", "file": SimpleUploadedFile("a.txt", BAD)},
    )
    assert (
        server.asked == 2
        and call.status_code in (400, 422)
        and "found Local.Test-1" in call.content.decode()
    )
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("clamav:3310", "clamav:3310"),
        ("[::1]:3310", "[::1]:3310"),
        ("unix:/run/clamd.ctl", "/run/clamd.ctl"),
        ("clamav", None),
        ("tcp://clamav:3310", None),
        ("clamav:0", None),
        (":3310", None),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_at_start(
    monkeypatch: pytest.MonkeyPatch, given: str, kept: str | None
) -> None:
    monkeypatch.setenv("CLAMAV", given)
    if kept is None:
        with pytest.raises(
            ImproperlyConfigured,
            match=r"write host:port, such as clamav:3310, or the path of a Unix socket",
        ):
            clamav_address()
    else:
        assert clamav_address() == kept
