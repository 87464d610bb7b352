"""A client that keeps its connection, as browsers and programs do."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from http import HTTPStatus

from benchmark.readers import Reader
from benchmark.server import COUNT


class WrongAnswer(RuntimeError):
    """An answer that is not the one that was to be measured."""


@dataclass(frozen=True)
class Call:
    """What is asked for: an address, or with a body something to be made; as whom."""

    path: str
    reader: Reader | None = None
    by_token: bool = True
    body: dict[str, object] | None = None

    def headers(self) -> dict[str, str]:
        """As a program sends them by token, or a browser by session."""
        found = {"Accept-Encoding": "identity"}
        if self.body is not None:
            found["Content-Type"] = "application/json"
        if self.reader is None:
            return found
        if self.by_token:
            return found | {"Authorization": f"Token {self.reader.token}"}
        return found | {"Cookie": f"sessionid={self.reader.session}"}


class Client:
    """One connection to a web server of this machine."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, call: Call) -> float:
        """Seconds until the whole answer is there. Raises WrongAnswer."""
        began = time.perf_counter()
        status, words, _queries = self._send(call, call.headers())
        took = time.perf_counter() - began
        if status not in (HTTPStatus.OK, HTTPStatus.CREATED):
            raise WrongAnswer(f"{call.path}: {status} {words[:300]!r}")
        return took

    def statements(self, call: Call) -> int:
        """How many statements the answer takes. Raises WrongAnswer."""
        status, words, counted = self._send(call, call.headers() | {COUNT: "1"})
        if status not in (HTTPStatus.OK, HTTPStatus.CREATED) or not counted:
            raise WrongAnswer(f"{call.path}: {status} {words[:300]!r}")
        return int(counted)

    def _send(self, call: Call, headers: dict[str, str]) -> tuple[int, bytes, str | None]:
        method = "GET" if call.body is None else "POST"
        body = None if call.body is None else json.dumps(call.body)
        self.line.request(method, call.path, body, headers)
        answer = self.line.getresponse()
        return answer.status, answer.read(), answer.headers.get(COUNT)

    def close(self) -> None:
        """Ends the connection."""
        self.line.close()
