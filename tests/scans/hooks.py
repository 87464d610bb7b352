"""What schemathesis is told beside the schema; loaded by schemathesis in its own environment, so
nothing of Meridian is imported.

`SCAN_THINGS` names a JSON file with the values that exist for parameters of paths, by path and
name; `SCAN_HOME` the country whose references alone may be answered (empty: all); `SCAN_CALLS` the
file to which every call adds a line.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from pathlib import Path
from typing import Any

import schemathesis

THINGS: dict[str, dict[str, list[str]]] = json.loads(Path(os.environ["SCAN_THINGS"]).read_text())
HOME = os.environ.get("SCAN_HOME", "")
CALLS = Path(os.environ["SCAN_CALLS"])
# ENG-… is an engagement's, which countries share
REFERENCE = re.compile(r"\b(?!ENG-)[A-Z]{3}-\d{4}-\d{4,}\b")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Puts something that exists, of one's own or of others, into three paths of four: invented ids
    alone would only ever meet 404."""
    things = THINGS.get(case.operation.path, {})
    mark = zlib.crc32(
        f"{case.method} {case.formatted_path} {case.query!r} {case.body!r}".encode(errors="replace")
    )
    if things and mark % 4:
        for name in case.path_parameters or {}:
            if things.get(name):
                case.path_parameters[name] = things[name][mark // 4 % len(things[name])]


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Keeps the books."""
    with CALLS.open("a") as books:
        books.write(f"{response.status_code} {case.method} {case.operation.path}\n")


@schemathesis.check
def only_ones_own_country(ctx: Any, response: Any, case: Any) -> None:
    """No reference of another country in an answer's body or headers, unless the call itself named
    it."""
    if HOME:
        text = response.content.decode(errors="replace") + repr(dict(response.headers))
        asked = (
            f"{response.request.url} {response.request.body!r} {dict(response.request.headers)!r}"
            f" {case.query!r} {case.body!r}"
        )
        foreign = sorted(
            {
                one
                for one in REFERENCE.findall(text)
                if not one.startswith(f"{HOME}-") and one not in asked
            }
        )
        assert not foreign, f"An answer to a focal point of {HOME} names {', '.join(foreign)}"


@schemathesis.check
def nothing_for_strangers(ctx: Any, response: Any, case: Any) -> None:
    """Without a token nothing is answered but refusals."""
    if os.environ.get("SCAN_STRANGER"):
        assert response.status_code >= 400 or case.method.upper() in ("OPTIONS",), (
            f"A stranger was answered {response.status_code}"
        )
