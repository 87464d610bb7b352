"""`python -m tests.scans.api ST`: schemathesis asks every operation of the API, valid and invalid, as every role and as nobody.

ST is schemathesis's command in its own environment (`make scan` makes it). Exit status 1 on an answer 5xx, on one that the schema does not
describe, on a foreign country's reference to a focal point, and where too few calls got through for the scan to mean anything.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from tests.processes import ROOT
from tests.scans.server import ROLES, Installation, running

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "only_ones_own_country",
    "nothing_for_strangers",
)
HOMES = {"focal point of Kenya": "KEN", "focal point of Fiji": "FJI"}
SEED = 20261125
# What is asked, and for how many seconds for each role: first what the schema allows, so that the
# things behind it are reached, then what it forbids.
ROUNDS = (
    ("allowed", 30, ("--mode", "positive", "--phases", "fuzzing,stateful", "--max-examples", "10")),
    ("forbidden", 20, ("--mode", "all", "--phases", "coverage")),
)
GRACE = 40  # seconds more, for schemathesis to end by itself
LEAST_CALLS = 300
LEAST_SUCCESSES = 0.12  # share of answers 2xx: many calls are wrong on purpose
LEAST_OF_ADMINISTRATOR = 0.04  # who reads no cases
STRANGER = "nobody"


def ask(installation: Installation, path: str, token: str) -> Any:
    """What the API answers, as data."""
    call = urllib.request.Request(
        installation.url + path, headers={"Authorization": f"Token {token}"}
    )
    with urllib.request.urlopen(call, timeout=30) as response:
        return json.load(response)


def existing(installation: Installation, token: str) -> dict[str, dict[str, list[str]]]:
    """Values that exist for the parameters of each path, whoever's they are; those of Kenya and Fiji are all among them."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in ask(installation, "/api/v1/schema/?format=json", token)["paths"]:
        collection = re.match(r"(/api/v1/\w+/)\{(\w+)\}/", path)
        if collection is None:
            continue
        try:
            rows = ask(installation, f"{collection[1]}?page_size=100", token)["results"]
        except (
            urllib.error.HTTPError
        ):  # no list of its own; its parameters stay what schemathesis makes of them
            continue
        if collection[1] == "/api/v1/requests/":
            for home in HOMES.values():
                rows += ask(installation, f"{collection[1]}?page_size=100&country={home}", token)[
                    "results"
                ]
        found[path] = {collection[2]: sorted({str(row[collection[2]]) for row in rows})}
        if path.endswith("/actions/{code}/"):
            some = [
                ask(installation, f"{collection[1]}{row[collection[2]]}/actions/", token)
                for row in rows[:40]
            ]
            found[path]["code"] = sorted({action["code"] for actions in some for action in actions})
    return found


def scan(
    st: str, installation: Installation, who: str, token: str
) -> tuple[list[str], Counter[int]]:
    """Runs schemathesis as somebody, one round after the other. Returns what is wrong, and how many answers had which status."""
    calls = installation.folder / f"{re.sub(r'[^a-z]', '-', who.lower())}.calls"
    calls.touch()
    env = os.environ | {
        "SCHEMATHESIS_HOOKS": "tests.scans.hooks",
        "SCAN_CALLS": str(calls),
        "SCAN_THINGS": str(installation.folder / "things.json"),
        "SCAN_HOME": HOMES.get(who, ""),
        "SCAN_STRANGER": "" if token else "1",
        "PYTHONPATH": str(ROOT),
    }
    wrong = []
    for name, seconds, options in ROUNDS:
        command = [
            st,
            "run",
            str(installation.folder / "schema.json"),
            "--url",
            installation.url,
            "--checks",
            ",".join(CHECKS),
            *options,
            "--max-time",
            str(seconds),
            "--seed",
            str(SEED),
            "--workers",
            "1",
            "--generation-database",
            "none",
            "--no-color",
            "--warnings",
            "off",
            "--suppress-health-check",
            "all",
            "--request-timeout",
            "20",
            "--continue-on-failure",
            "--no-shrink",
            *(["--header", f"Authorization: Token {token}"] if token else []),
        ]
        log = installation.folder / f"{calls.stem}-{name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                cwd=installation.folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
            try:
                code = process.wait(seconds + GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                code = process.wait()
        if code:
            print(log.read_text(errors="replace")[-20000:], flush=True)
            wrong.append(
                f"{who}: schemathesis, asking what is {name}, ended with {code}, see above"
            )
    return wrong, Counter(
        int(line.split()[0]) for line in calls.read_text().splitlines() if line[:3].isdigit()
    )


def main() -> int:
    """Scans as everybody; prints the figures. Returns the exit status."""
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        print(
            "Name schemathesis's command: python -m tests.scans.api PATH/TO/st; `make scan`"
            " installs and names it.",
            file=sys.stderr,
        )
        return 2
    st, only = str(Path(sys.argv[1]).absolute()), sys.argv[2:]
    wrong: list[str] = []
    with running() as installation:
        tokens = {
            who: installation.manage("create_token", email, "--write")
            for who, email in ROLES.items()
        }
        admin = tokens["administrator"]
        (installation.folder / "schema.json").write_text(
            json.dumps(ask(installation, "/api/v1/schema/?format=json", admin))
        )
        (installation.folder / "things.json").write_text(json.dumps(existing(installation, admin)))
        for who, token in {**tokens, STRANGER: ""}.items():
            if only and who not in only:
                continue
            began = time.monotonic()
            found, answers = scan(st, installation, who, token)
            total = sum(answers.values())
            good = sum(number for status, number in answers.items() if 200 <= status < 300)
            share = good / total if total else 0.0
            least = LEAST_OF_ADMINISTRATOR if who == "administrator" else LEAST_SUCCESSES
            figures = ", ".join(f"{status}: {number}" for status, number in sorted(answers.items()))
            print(
                f"{who}: {total} calls, {share:.0%} answered 2xx, {time.monotonic() - began:.0f} s"
                f" ({figures})",
                flush=True,
            )
            wrong += found
            wrong += (
                [f"{who}: only {total} calls, at least {LEAST_CALLS} expected"]
                if total < LEAST_CALLS
                else []
            )
            wrong += (
                [f"{who}: only {share:.1%} of the calls got through"]
                if token and share < least
                else []
            )
        wrong += [f"in the web server's log: {line}" for line in sorted(set(installation.errors()))]
    print("\n".join(["API scan: FAILED", *wrong]) if wrong else "API scan: nothing found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
