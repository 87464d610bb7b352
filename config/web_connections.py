"""What the web server reads and sends: requests, answers, connections, each with its limits.

Beside what waitress does, connections end that are slower than any honest line, and bodies are
refused that are too large, before anything of them is kept.
"""

from __future__ import annotations

import re
import socket
import time
from datetime import timedelta
from io import BytesIO

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import BadRequest, Error, RequestEntityTooLarge

from config.body_limits import MOST_OF_STRANGERS, REFUSED

# Seconds
SILENT_LASTS = 60.0  # a connection that says nothing, before its first request and between two
HEADERS_LAST = 20.0  # from the first byte of a request to the end of its headers
BODY_LASTS = 30.0  # from there to the end of the body, and one more for each SLOWEST bytes of it
ANSWER_LASTS = 60.0  # from the first byte of an answer to its last, and one more likewise
AT_ONCE = 1.0  # between a connection and the first byte of its first request
REST_LASTS = 10.0  # to throw away the rest of a refused body: who is cut off reads no answer
# Bytes
SLOWEST = 2 * 1024  # a second
MOST_CONTROL = 8 * 1024  # of one line between chunks, and of all lines after the last
SIGNED_IN = re.compile(r"(^|[;\s])(__Host-)?sessionid=\w")


class Parser(HTTPRequestParser):
    """One request as it comes in. Refuses by its headers what is too large."""

    command = path = request_uri = ""  # of what could not be read
    error: Error | None
    body_bytes_received: int

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.began = time.monotonic()
        self.headers_ended = 0.0
        self.most = adj.max_request_body_size - 1

    def received(self, data: bytes) -> int:
        """How many bytes were consumed; `completed` once it is whole or refused."""
        consumed: int = super().received(data)
        if self.headers_finished and not self.headers_ended:
            self.headers_ended = time.monotonic()
        if self.error is None:
            self.error = self.found_wrong()
        if self.error is not None:
            self.completed, self.expect_continue = True, False
        return consumed

    def found_wrong(self) -> BadRequest | None:
        """What waitress does not refuse by itself."""
        if max(self.content_length, self.body_bytes_received) > self.most:
            return RequestEntityTooLarge("Send less at once.")
        if self.chunked:
            longest = max(len(self.body_rcv.control_line), len(self.body_rcv.trailer))
            return BadRequest("The chunks cannot be read.") if longest > MOST_CONTROL else None
        return None

    def parse_header(self, header_plus: bytes) -> None:
        """Raises ParsingError also for two lengths: a proxy may go by the other one."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        known = SIGNED_IN.search(self.headers.get("COOKIE", "")) or "AUTHORIZATION" in self.headers
        if not known:
            self.most = min(self.most, MOST_OF_STRANGERS)

    def is_too_large(self) -> bool:
        """Whether the body was refused for its size."""
        return isinstance(self.error, RequestEntityTooLarge)

    def is_late(self, now: float) -> bool:
        """Whether it has taken longer than any honest line does."""
        if not self.headers_ended:
            return now - self.began > HEADERS_LAST
        return now - self.headers_ended > BODY_LASTS + self.body_bytes_received / SLOWEST


class AnsweringTask(Task):
    """What a thread does for a request, with a line in the access log."""

    sent = 0  # bytes of the answer's body
    chunked_response: bool

    def service(self) -> None:
        """Answers."""
        worker, began = self.channel.server.worker, time.monotonic()
        worker.count_request()
        if not worker.alive:
            self.set_close_on_finish()
        try:
            super().service()
        finally:
            worker.log_access(self, timedelta(seconds=time.monotonic() - began))

    def write(self, data: bytes) -> None:
        """Sends a piece of the answer; of an answer to HEAD, its headers alone."""
        data = b"" if self.request.command == "HEAD" else data
        self.sent += len(data)
        super().write(data)

    def finish(self) -> None:
        """Ends the answer."""
        self.write(b"")
        self.chunked_response = self.chunked_response and self.request.command != "HEAD"
        super().finish()


class PageTask(AnsweringTask, WSGITask):
    """A request that the application answers."""

    def get_environment(self) -> dict[str, object]:
        """What the application is told.

        It sends files itself, piece by piece, since the end of a file may be that of a transaction.
        """
        environ: dict[str, object] = super().get_environment()
        environ.pop("wsgi.file_wrapper", None)
        environ |= {
            "wsgi.multiprocess": True,
            "RAW_URI": self.request.request_uri,
            "SERVER_SOFTWARE": "waitress",
        }
        if self.request.is_too_large():
            environ |= {REFUSED: True, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}
            self.set_close_on_finish()
        return environ


class RefusalTask(AnsweringTask, ErrorTask):
    """A request that nobody can read."""


def task_of_error(channel: Channel, request: Parser) -> Task:
    """Whoever sends too much reads so on a page; who does not speak HTTP, in a line."""
    return (PageTask if request.is_too_large() else RefusalTask)(channel, request)


class Channel(HTTPChannel):
    """One connection."""

    task_class = PageTask
    error_task_class = staticmethod(task_of_error)
    parser_class = Parser
    close_when_flushed: bool
    request: Parser | None

    def __init__(self, *args: object, **more: object) -> None:
        self.waits_since = time.monotonic()  # for its next request
        self.answers_since, self.fetched = self.waits_since, 0  # of what is to be fetched now
        self.answered = False  # one request or more
        self.refused = False  # for its body's size
        self.discards_since = 0.0
        super().__init__(*args, **more)

    def service(self) -> None:
        """Answers one request."""
        self.refused = self.requests[0].is_too_large()
        super().service()
        self.answered, self.waits_since = True, time.monotonic()

    def write_soon(self, data: bytes) -> int:
        """Takes a piece of an answer. Returns its bytes."""
        if not self.total_outbufs_len:
            self.answers_since, self.fetched = time.monotonic(), 0
        taken: int = super().write_soon(data)
        return taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        """How many bytes went out."""
        sent: int = super().send(data, do_close=do_close)
        self.fetched += sent
        return sent

    def is_unfinished(self) -> bool:
        """Whether it keeps us waiting: no request is here whole, and nothing is being answered."""
        return not self.requests and not self.total_outbufs_len

    def is_expected(self) -> bool:
        """Whether a request has begun, or is about to, since the connection is new."""
        return self.request is not None or not self.answered

    def waiting_since(self) -> float:
        """When its unfinished request began, or the wait for one.

        A request that begins at once counts from the connection on, as one does that is yet to
        come.
        """
        if self.request is not None and self.request.began - self.waits_since > AT_ONCE:
            return self.request.began
        return self.waits_since

    def kept(self) -> int:
        """Bytes of an unfinished body."""
        return self.request.body_bytes_received if self.request is not None else 0

    def is_late(self, now: float) -> bool:
        """Whether it has taken longer than any honest line does."""
        if self.discards_since:
            return now - self.discards_since > REST_LASTS
        if self.total_outbufs_len:
            return now - self.answers_since > ANSWER_LASTS + self.fetched / SLOWEST
        if self.requests:
            return False
        if self.request is not None:
            return self.request.is_late(now)
        return now - self.waits_since > SILENT_LASTS

    def handle_write(self) -> None:
        """Sends on; after the refusal of a body, waits for the rest of it instead of closing."""
        if self.refused and self.close_when_flushed and not self.total_outbufs_len:
            self.close_when_flushed, self.discards_since = False, time.monotonic()
            self.socket.shutdown(socket.SHUT_WR)
        else:
            super().handle_write()

    def handle_read(self) -> None:
        """Reads on, or throws away what comes."""
        if not self.discards_since:
            super().handle_read()
        elif not self.recv(self.adj.recv_bytes):
            self.handle_close()
