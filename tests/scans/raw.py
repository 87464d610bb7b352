"""`python -m tests.scans.raw`: what neither of the other scans sends, byte by byte.

Slow and silent lines, broken cookies, control signs in every text, bodies that are large or hold
very much. Exit status 1 on an answer 5xx, on none, on a body or a text that should be refused and
is not, on a traceback in the server's log, and where others wait for what somebody sends.
"""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.scans.server import ROLES, Installation, running

PATIENCE = 5.0  # seconds in which anybody is to be answered, whatever others send
LINES = 100
MB = 1024 * 1024
HOST = "Host: 127.0.0.1\r\n"
FORM = f"POST /accounts/login/ HTTP/1.1\r\n{HOST}Content-Type: multipart/form-data; boundary=b\r\n"
SLOW = {
    "silent": "",
    "half a header": f"GET /healthz HTTP/1.1\r\n{HOST}X-",
    "half a body": f"{FORM}Content-Length: 100000\r\n\r\nab",
    "half a chunk": f"{FORM}Transfer-Encoding: chunked\r\n\r\nff\r\nab",
}
COOKIES = (
    r'sessionid="\000abcdefghijk"',
    r'csrftoken="\000"',
    r'language="\000"',
    r'messages="\000"',
    r'sessionid="\001\033\377"',
    'sessionid="',
    "sessionid=" + "a" * 9000,
    "sessionid=\xff\xfe",
    "=",
    ";;;",
    "csrftoken=" + "\x7f" * 32,
    r'__Host-sessionid="\000"',
)
PATHS = (
    "/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/api/v1/requests/",
    "/healthz",
    "/static/x",
)
SIGNS = ("\x00", "\x01", "\x08", "\x1b[31m", "\x7f", "\x9b", "\ufffe", "\uffff", "\ud800")
TEXTS = ("title", "problem", "beneficiaries", "expected_results", "signatory_name")
REFUSED_SEARCHES = ("\x00",)
SEARCHES = (
    "-" * 33,
    "-" * 500,
    '"' * 99,
    "(" * 200,
    "a " * 900,
    "\x01",
    "\u202e",
    *REFUSED_SEARCHES,
)


def ask(port: int, sent: bytes, seconds: float = 60) -> tuple[int, float]:
    """Sends bytes.

    Returns the status of what comes back, 0 for nothing, and the seconds it took.
    """
    began, found = time.monotonic(), b""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), seconds) as line,
    ):
        line.settimeout(seconds)
        with contextlib.suppress(OSError):  # who is refused early may still read why
            line.sendall(sent)
        while b"\r\n" not in found and (piece := line.recv(65536)):
            found += piece
    word = found.split(b" ")[1:2]
    return int(word[0]) if word and word[0].isdigit() else 0, time.monotonic() - began


def call(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    """A request that closes its connection."""
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    more = "".join(f"{header}\r\n" for header in headers)
    head = f"{method} {path} HTTP/1.1\r\n{HOST}Connection: close\r\n{more}{length}\r\n"
    return head.encode("latin-1") + body


def probe(port: int, while_: str) -> Iterator[str]:
    """What is wrong where somebody else asks meanwhile."""
    for path in ("/healthz", "/accounts/login/") * 2:
        status, lasted = ask(port, call("GET", path), PATIENCE)
        if status != 200:
            yield f"{path} answered {status} after {lasted:.1f} s while {while_}"


def slow_lines(port: int) -> Iterator[str]:
    """Many lines that begin and never end."""
    for name, beginning in SLOW.items():
        with contextlib.ExitStack() as stack:
            opened = []
            for _each in range(LINES):
                line = socket.create_connection(("127.0.0.1", port), 10)
                opened.append(stack.enter_context(line))
                line.sendall(beginning.encode())
            for _each in range(3):
                for line in opened if beginning else ():
                    with contextlib.suppress(OSError):
                        line.sendall(b"a")
                yield from probe(port, f"{LINES} lines are open: {name}")


def broken_cookies(port: int) -> Iterator[str]:
    """Cookies that no browser makes."""
    for cookie in COOKIES:
        for path in PATHS:
            for method in ("GET", "POST"):
                status, _lasted = ask(
                    port,
                    call(
                        method, path, f"Cookie: {cookie}", body=b"" if method == "GET" else b"a=b"
                    ),
                )
                if not 200 <= status < 500:
                    yield f"{method} {path} answered {status} to the cookie {cookie[:40]!r}"


def control_signs(port: int, token: str) -> Iterator[str]:
    """In every text of a request, and in searches."""
    headers = (f"Authorization: Token {token}", "Content-Type: application/json")
    for sign in ("", *SIGNS):
        expected = 400 if sign else 201
        for name in TEXTS:
            body = json.dumps({name: f"A training{sign} course"}).encode()
            status, _lasted = ask(port, call("POST", "/api/v1/requests/", *headers, body=body))
            if status != expected:
                yield f"{name} with {sign!r} was answered {status}, not {expected}"
    for words in SEARCHES:
        query = "".join(f"%{byte:02x}" for byte in words.encode())
        for path in ("/api/v1/requests/", "/api/v1/requests/count/"):
            status, _lasted = ask(port, call("GET", f"{path}?q={query}", *headers))
            if status not in ((400,) if words in REFUSED_SEARCHES else (200, 400)):
                yield f"{path} answered {status} to a search for {words[:40]!r}"


def large_bodies(port: int, token: str) -> Iterator[str]:
    """Of strangers, and of somebody who may write."""
    announced = f"Content-Length: {400 * MB}\r\n\r\n"
    for cookie in ("", f"Cookie: csrftoken={'a' * 32}\r\n", f"Cookie: sessionid={'a' * 32}\r\n"):
        status, lasted = ask(port, f"{FORM}{cookie}{announced}".encode(), PATIENCE)
        if status != 413:
            yield f"400 MB announced by a stranger were answered {status} after {lasted:.1f} s"
        chunks = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        status, _lasted = ask(
            port, f"{FORM}{cookie}Transfer-Encoding: chunked\r\n\r\n".encode() + chunks * 224
        )
        if status != 413:
            yield f"14 MB in chunks of a stranger were answered {status}"
    headers = (f"Authorization: Token {token}", "Content-Type: application/json")
    for name, sent in (
        ("300,000 names", {f"k{number}": 1 for number in range(300_000)}),
        ("9,000 names", {f"k{number}": 1 for number in range(9_000)}),
        ("500,000 codes", {"theme_codes": ["a"] * 500_000}),
        ("a text of 20 MB", {"problem": "a" * 20 * MB}),
    ):
        request = call("POST", "/api/v1/requests/", *headers, body=json.dumps(sent).encode())
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(ask, port, request) for _each in range(8)]
            yield from probe(port, f"eight bodies of {name} are sent")
        wrong = sorted({answer.result()[0] for answer in answers} - {400, 413})
        if wrong:
            yield f"a body of {name} was answered {wrong}"


def schemas(port: int) -> Iterator[str]:
    """Many readers of the API's schema at once."""
    with ThreadPoolExecutor(48) as pool:
        answers = [pool.submit(ask, port, call("GET", "/api/v1/schema/")) for _each in range(48)]
        yield from probe(port, "48 schemas are asked for")
    wrong = sorted({answer.result()[0] for answer in answers} - {200, 503})
    if wrong:
        yield f"the schema was answered {wrong}"


def scan(installation: Installation) -> list[str]:
    """Everything, one after the other. Returns what is wrong."""
    port, wrong = installation.port, list[str]()
    token = installation.manage("create_token", ROLES["focal point of Kenya"], "--write")
    for name, found in (
        ("slow lines", slow_lines(port)),
        ("broken cookies", broken_cookies(port)),
        ("control signs and searches", control_signs(port, token)),
        ("large bodies", large_bodies(port, token)),
        ("schemas", schemas(port)),
    ):
        began, before = time.monotonic(), len(wrong)
        wrong += found
        print(
            f"{name}: {len(wrong) - before} findings, {time.monotonic() - began:.0f} s", flush=True
        )
    return wrong + [
        f"in the web server's log: {line}" for line in sorted(set(installation.errors()))
    ]


def main() -> int:
    """Prints what is wrong. Returns the exit status."""
    with running() as installation:
        wrong = scan(installation)
    print("\n".join(["Raw scan: FAILED", *wrong]) if wrong else "Raw scan: nothing found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
