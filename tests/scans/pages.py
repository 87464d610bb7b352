"""`python -m tests.scans.pages WAPITI`: wapiti crawls and attacks the pages as a stranger, a focal
point and an officer.

WAPITI is wapiti's command in its own environment (`make scan` makes it). The web server runs with
production's settings over TLS. Exit status 1 on a finding of wapiti's, on an answer 5xx, on a
request of the server's to an address that an attacker gave it, and where too few pages were reached
for the scan to mean anything. Nothing is suppressed; what is left alone, and why, is in LEFT_ALONE.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.scans.server import PASSWORD, ROLES, Installation, running

MODULES = (
    "cookieflags",
    "http_headers",
    "csp",
    "csrf",
    "xss",
    "permanentxss",
    "sql",
    "timesql",
    "exec",
    "file",
    "crlf",
    "redirect",
    "ssrf",
    "xxe",
    "upload",
)
LEFT_ALONE = {
    "/accounts/logout/*": "it would end the session that the scan needs",
    "/accounts/sessions/*": "the same",
    "/static/*": "files of the repository, without parameters",
    "/api/v1/*": "the other scan is of the API",
    **{
        f"/countries/{letter}*": (
            "a page for each country, all alike: those of two letters are attacked"
        )
        for letter in "ABCDEGHIJLMNOPQRSTUVWXYZ"
    },
}
VISITORS = {
    "stranger": "",
    "focal point of Kenya": ROLES["focal point of Kenya"],
    "officer": ROLES["officer"],
}
LEAST_PAGES = {"stranger": 2, "focal point of Kenya": 40, "officer": 40}
CRAWL_SECONDS = {"stranger": 10, "focal point of Kenya": 30, "officer": 30}
ATTACK_SECONDS = {"stranger": 4, "focal point of Kenya": 9, "officer": 9}  # for each module
SECONDS = 300  # for each visitor, at the most


@contextmanager
def lure() -> Iterator[tuple[str, list[str]]]:
    """An address of ours that is given to the server as an attacker's, and the requests that come
    to it: there should be none."""
    came: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Notes who comes; wapiti itself asks for what came (`get_…`) and whether anybody is there
        (`/`)."""

        def do_GET(self) -> None:
            """Answers an empty object."""
            if self.path != "/" and not self.path.lstrip("/").startswith("get_"):
                came.append(f"{self.path} ({self.headers.get('User-Agent', 'no user agent')})")
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        do_POST = do_HEAD = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", came
    finally:
        server.shutdown()


def sign_in(url: str, email: str) -> http.cookiejar.CookieJar:
    """Signs in as a person does.

    Returns the cookies; raises RuntimeError where it does not work.
    """
    jar = http.cookiejar.CookieJar()
    tls = urllib.request.HTTPSHandler(context=ssl._create_unverified_context())
    opener = urllib.request.build_opener(tls, urllib.request.HTTPCookieProcessor(jar))
    page = f"{url}/accounts/login/"
    form = opener.open(page, timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    sent = urllib.parse.urlencode(
        {"csrfmiddlewaretoken": token[1] if token else "", "login": email, "password": PASSWORD}
    ).encode()
    opener.open(urllib.request.Request(page, sent, {"Referer": page}), timeout=20).read()
    if not any("session" in cookie.name for cookie in jar):
        raise RuntimeError(f"{email} could not sign in.")
    return jar


def keep(jar: http.cookiejar.CookieJar, file: Path) -> None:
    """Writes cookies as wapiti reads them."""
    cookies = {
        one.name: {
            "value": one.value,
            "expires": one.expires,
            "secure": one.secure,
            "port": None,
            "version": 0,
        }
        for one in jar
    }
    file.write_text(json.dumps({"127.0.0.1": {"/": cookies}}))


def cookies_of(installation: Installation, who: str) -> Path:
    """Where a visitor's cookies are."""
    return installation.folder / f"cookies-{re.sub(r'[^a-z]', '-', who)}.json"


def scan(
    wapiti: str, installation: Installation, url: str, who: str, endpoint: str
) -> tuple[int, list[str]]:
    """Crawls and attacks as somebody. Returns how many pages were reached, and what was found."""
    mark = re.sub(r"[^a-z]", "-", who)
    report, log = (
        installation.folder / f"wapiti-{mark}.json",
        installation.folder / f"wapiti-{mark}.log",
    )
    start = f"{url}/" if VISITORS[who] else f"{url}/accounts/login/"
    command = [
        wapiti,
        "-u",
        start,
        "--scope",
        "domain",
        "-m",
        ",".join(MODULES),
        "-f",
        "json",
        "-o",
        str(report),
        "--flush-session",
        "--no-bugreport",
        "--store-session",
        str(installation.folder / f"session-{mark}"),
        "--store-config",
        str(installation.folder / "wapiti"),
        "--depth",
        "4",
        "--max-links-per-page",
        "40",
        "--max-files-per-dir",
        "15",
        "--max-scan-time",
        str(CRAWL_SECONDS[who]),
        "--max-attack-time",
        str(ATTACK_SECONDS[who]),
        "--tasks",
        "4",
        "--timeout",
        "15",
        "--endpoint",
        endpoint,
        "-v",
        "1",
    ]
    for path in LEFT_ALONE:
        command += ["-x", f"{url}{path}"]
    if VISITORS[who]:
        command += ["-c", str(cookies_of(installation, who))]
    env = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    with log.open("wb") as out:
        try:
            code = subprocess.run(
                command,
                cwd=installation.folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            code = -1
    if not report.exists():
        return 0, [
            f"{who}: wapiti ended with {code} and without a"
            f" report:\n{log.read_text(errors='replace')[-3000:]}"
        ]
    said = json.loads(report.read_text())
    found = [f"{who}: {line}" for line in findings(said)]
    if os.environ.get("SCAN_VERBOSE"):
        print(log.read_text(errors="replace")[-6000:])
    return int(said["infos"].get("crawled_pages_nbr", 0)), found


def findings(report: dict[str, Any]) -> list[str]:
    """A line for each thing that wapiti reports, whatever it weighs; the same said of many pages is
    said once with their number."""
    lines: dict[str, list[str]] = {}
    for kind in ("vulnerabilities", "anomalies"):
        for category, reports in report[kind].items():
            for one in reports:
                where = f"{one['method']} {one['path']}" + (
                    f" ({one['parameter']})" if one["parameter"] else ""
                )
                lines.setdefault(f"{category}: {one['info']}", []).append(where)
    return [
        f"{what}: {', '.join(sorted(set(where))[:6])}"
        + (f" … {len(where)} in all" if len(where) > 6 else "")
        for what, where in lines.items()
    ]


def main() -> int:
    """Scans as every visitor; prints the figures. Returns the exit status."""
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        print(
            "Name wapiti's command: python -m tests.scans.pages PATH/TO/wapiti; `make scan`"
            " installs and names it.",
            file=sys.stderr,
        )
        return 2
    wapiti, only = str(Path(sys.argv[1]).absolute()), sys.argv[2:]
    wrong: list[str] = []
    with running() as installation, lure() as (endpoint, came):
        url = installation.start_as_production()
        visitors = [who for who in VISITORS if not only or who in only]
        for who in (
            visitors
        ):  # all before the first attack, which makes signing in slow for everybody at this address
            if VISITORS[who]:
                keep(sign_in(url, VISITORS[who]), cookies_of(installation, who))
        for who in visitors:
            began = time.monotonic()
            pages, found = scan(wapiti, installation, url, who, endpoint)
            print(
                f"{who}: {pages} pages and forms reached, {len(found)} findings,"
                f" {time.monotonic() - began:.0f} s",
                flush=True,
            )
            wrong += found
            wrong += (
                [f"{who}: only {pages} pages reached, at least {LEAST_PAGES[who]} expected"]
                if pages < LEAST_PAGES[who]
                else []
            )
        wrong += [f"the server asked an attacker's address: {one}" for one in came]
        wrong += [f"in the web server's log: {line}" for line in sorted(set(installation.errors()))]
    print("\n".join(["Scan of pages: FAILED", *wrong]) if wrong else "Scan of pages: nothing found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
