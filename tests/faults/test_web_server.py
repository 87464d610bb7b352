"""The web server as production starts it, against lines that are slow, broken or too many."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from waitress.adjustments import Adjustments

from config.web_connections import Parser
from tests.faults.web_server import serving
from tests.processes import ROOT, status, until

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("web server")]
PLAIN = "tests.faults.plain_app:application"
MB = 1024 * 1024
LOGIN = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n"
FORM = LOGIN + b"Content-Type: multipart/form-data; boundary=b\r\n"
BEGINNINGS = {
    "nothing": b"",
    "half a header": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-",
    "half a body": FORM + b"Content-Length: 100000\r\n\r\nab",
    "half a chunk": FORM + b"Transfer-Encoding: chunked\r\n\r\nff\r\nab",
}


def with_settings(folder: Path, module: str, **values: float) -> list[str]:
    """Options that change constants of a module, so that no test waits as long as they say."""
    changes = [f"{module}.{name} = {value}" for name, value in values.items()]
    file = folder / "changed.conf.py"
    own = f"exec(open({str(ROOT / 'gunicorn.conf.py')!r}).read())"
    file.write_text("\n".join([own, f"from config import {module}", *changes]))
    return ["--config", str(file)]


@contextlib.contextmanager
def lines(port: int, number: int, beginning: bytes) -> Iterator[list[socket.socket]]:
    """So many connections, each with the beginning of a request that never goes on."""
    with contextlib.ExitStack() as stack:
        opened = []
        for _each in range(number):
            line = socket.create_connection(("127.0.0.1", port), timeout=10)
            opened.append(stack.enter_context(line))
            line.sendall(beginning)
        yield opened


def answer(port: int, request: bytes) -> bytes:
    """All that comes back for these bytes, until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        found = b""
        while piece := line.recv(65536):
            found += piece
        return found


def is_closed(line: socket.socket) -> bool:
    """Whether the server has ended a connection."""
    line.setblocking(False)
    try:
        return line.recv(65536) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_forty_slow_lines_delay_nobody(product: int, kind: str) -> None:
    with lines(product, 40, BEGINNINGS[kind]) as slow:
        for _probe in range(4):
            for line in slow:
                line.sendall(b"a" if kind != "nothing" else b"")
            assert status(f"http://127.0.0.1:{product}/healthz") == 200  # within five seconds


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_slow_line_is_ended_whatever_it_still_sends(tmp_path: Path, kind: str) -> None:
    hasty = with_settings(tmp_path, "web_connections", SILENT_LASTS=1, HEADERS_LAST=1, BODY_LASTS=1)
    with serving(PLAIN, *hasty) as (port, _process), lines(port, 3, BEGINNINGS[kind]) as slow:
        still = BEGINNINGS[kind][-1:]

        def all_closed() -> bool:
            for line in slow:
                with contextlib.suppress(OSError):
                    line.sendall(still)
            return all(is_closed(line) for line in slow)

        assert until(all_closed, 10)


def test_a_long_body_may_take_longer_than_a_short_one() -> None:
    parser = Parser(Adjustments())
    parser.received(BEGINNINGS["half a body"])
    began = parser.headers_ended
    assert not parser.is_late(began + 29) and parser.is_late(began + 31)
    parser.received(b"a" * 20 * 1024)
    assert not parser.is_late(began + 39) and parser.is_late(began + 41)


def test_too_many_connections_make_room_for_the_next(tmp_path: Path) -> None:
    few = with_settings(tmp_path, "web_worker", MOST_CONNECTIONS=30)
    with serving(PLAIN, *few) as (port, _process), lines(port, 200, b"GET / HT") as slow:
        for _probe in range(5):
            assert status(f"http://127.0.0.1:{port}/") == 200
        assert until(lambda: sum(not is_closed(line) for line in slow) <= 2 * 30, 10)


@pytest.mark.parametrize(
    "headers",
    [b"", b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n", b"Cookie: sessionid=" + b"a" * 32 + b"\r\n"],
)
def test_a_strangers_upload_is_refused_before_any_of_it_comes(product: int, headers: bytes) -> None:
    length = b"Content-Length: %d\r\n" % (400 * MB)
    for wait in (b"", b"Expect: 100-continue\r\n"):
        found = answer(product, FORM + headers + wait + length + b"\r\n")
        assert found.startswith(b"HTTP/1.1 413 ") and b"too large" in found


def test_who_goes_on_sending_still_reads_why(product: int) -> None:
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    for cookie in (b"", b"Cookie: sessionid=made-up\r\n"):
        head = FORM + cookie + b"Transfer-Encoding: chunked\r\n\r\n"
        assert b"too large" in answer(product, head + piece * (14 * MB // 65536))


@pytest.mark.parametrize(
    ("request_", "status_"),
    [
        (FORM + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (FORM + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd", b"400"),
        (FORM + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 9000, b"400"),
        (FORM + b"Transfer-Encoding: xchunked\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 40_000 + b"\r\n\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_refused(product: int, request_: bytes, status_: bytes) -> None:
    assert answer(product, request_).split(b" ")[1] == status_


def test_a_connection_serves_one_request_after_the_other_and_head_has_no_body(product: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", product, timeout=10)
    for _each in range(2):
        for method in ("HEAD", "GET", "POST"):
            connection.request(method, "/healthz", body=b"a=b" if method == "POST" else None)
            response = connection.getresponse()
            assert response.status in (200, 403) and response.headers["Content-Length"]
            assert bool(response.read()) is (method != "HEAD")
    connection.close()


def test_what_was_begun_is_finished_when_the_server_is_told_to_stop() -> None:
    with (
        serving(PLAIN) as (port, process),
        lines(port, 3, b"GET / HT"),
        ThreadPoolExecutor() as pool,
    ):
        address = f"http://127.0.0.1:{port}/?seconds=2"
        begun = [pool.submit(status, address) for _each in range(6)]
        time.sleep(1)
        os.kill(process.pid, signal.SIGTERM)
        assert [each.result() for each in begun] == [200] * 6
        assert process.wait(15) == 0
        assert status(f"http://127.0.0.1:{port}/") == 0


def test_a_process_that_has_served_long_enough_is_followed_by_another() -> None:
    with serving(PLAIN, "--max-requests", "5") as (port, _process):
        ids = set()
        for _each in range(30):
            found = answer(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert found.startswith(b"HTTP/1.1 200 ")
            ids.add(found.split()[-2])
        assert len(ids) > 2
