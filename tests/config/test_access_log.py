"""The web server's access log, written by the web server itself."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes import ROOT


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, address: str) -> None:
    """One request, its address sent as it is; waits until the server listens."""
    for _attempt in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(
                    f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
                )
                while line.recv(65536):
                    pass
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    pytest.fail("the web server did not start")


def test_a_line_holds_neither_query_nor_key_and_a_visitor_begins_none(tmp_path: Path) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgiref.simple_server:demo_app",
        "--bind",
        f"127.0.0.1:{port}",
        "--access-logfile",
        "-",
    ]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.DEVNULL)
        try:
            ask(port, "/requests/?q=weakness-of-somebody")
            ask(port, "/accounts/password/reset/key/1a-d3adbeef-0123456789/")
            ask(port, "/x%0aGET%20/forged")
        finally:
            server.terminate()
            server.wait(20)
    lines = (tmp_path / "log").read_text().splitlines()
    assert len(lines) == 3 and all(" 200 " in line for line in lines)
    assert '"GET /requests/"' in lines[0] and "weakness" not in lines[0]
    assert "/accounts/password/reset/key/1a-…/" in lines[1] and "d3adbeef" not in lines[1]
    assert "/x%0aGET%20/forged" in lines[2]
