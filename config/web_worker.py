"""The web server's worker process: a whole request is read before a thread is taken.

gunicorn keeps the processes; waitress reads requests and sends answers, for all connections in one
loop (`config.web_connections`).
"""

from __future__ import annotations

import logging
import os
import resource
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from types import FrameType, SimpleNamespace
from typing import TYPE_CHECKING

from gunicorn.errors import ConfigError
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from config.body_limits import MB, largest_body
from config.web_connections import AnsweringTask, Channel

if TYPE_CHECKING:
    from gunicorn.config import Config
    from gunicorn.sock import BaseSocket

MOST_HEADERS = 32 * 1024  # bytes
MOST_KEPT = 256 * MB  # of unfinished bodies in one process
MOST_CONNECTIONS = 1000  # of one process; who has kept us waiting longest makes room
LAST_WORDS = 2.0  # seconds in which a request may still come in, after the order to stop
MOST_ACCEPTED = 50  # of them in one turn of the loop


class Server(TcpWSGIServer):
    """One address that is listened on."""

    channel_class = Channel

    def __init__(self, worker: BufferingWorker, **more: object) -> None:
        self.worker = worker
        super().__init__(worker.wsgi, **more)

    def readable(self) -> bool:
        """Whether a connection is accepted: while all threads are busy another process may."""
        return bool(self.accepting and not self.task_dispatcher.queue)

    def handle_accept(self) -> None:
        """Accepts some of those who wait, so that none waits long behind many."""
        for _each in range(MOST_ACCEPTED):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                break


class BufferingWorker(Worker):
    """A gunicorn worker: one loop for all connections, and threads that answer."""

    servers: Sequence[Server] = ()
    looked_at = 0.0

    @classmethod
    def check_config(cls, cfg: Config, log: object) -> None:
        """Raises ConfigError where TLS is asked for."""
        if cfg.is_ssl:
            raise ConfigError("Here a proxy ends TLS, not the web server (docs/operations.md).")

    def run(self) -> None:
        """Serves until told to stop; then ends what was begun, in `graceful_timeout` seconds."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # busy threads are no news
        self.counting = threading.Lock()
        self.most_connections = raise_limit_of_files()
        self.connections: dict[int, object] = {}
        self.tasks = ThreadedTaskDispatcher()
        self.tasks.set_thread_count(self.cfg.threads)
        self.servers = [self.serve(listener) for listener in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self.turn()
        for server in self.servers:
            wasyncore.dispatcher.close(server)
        stopped = time.monotonic()
        while self.has_begun(time.monotonic() - stopped):
            self.turn()
        self.tasks.shutdown(timeout=1)

    def serve(self, listener: BaseSocket) -> Server:
        """Begins to listen on an address of gunicorn's."""
        address = getattr(listener, "sock", listener)
        adjusted = Adjustments(
            sockets=[address],
            backlog=self.cfg.backlog,
            clear_untrusted_proxy_headers=False,  # Django's settings say which are believed
            max_request_body_size=largest_body() + 1,
            max_request_header_size=MOST_HEADERS,
            recv_bytes=64 * 1024,
            log_socket_errors=False,
            ident="",
        )
        return Server(
            self,
            map=self.connections,
            _sock=address,
            dispatcher=self.tasks,
            adj=adjusted,
            bind_socket=False,
            sockinfo=(address.family, address.type, address.proto, address.getsockname()),
        )

    def channels(self) -> list[Channel]:
        """All connections."""
        return [each for each in self.connections.values() if isinstance(each, Channel)]

    def turn(self) -> None:
        """Reads and sends what can be, or waits for it a second; looks who is late."""
        self.notify()
        patience = 0.1 if self.tasks.queue else 1  # seconds; soon a thread may be free to accept
        wasyncore.loop(timeout=patience, use_poll=True, map=self.connections, count=1)
        now = time.monotonic()
        if now - self.looked_at > 1 or len(self.connections) > self.most_connections:
            self.looked_at = now
            self.make_room(now)

    def make_room(self, now: float) -> None:
        """Ends who is late, and of too many or too much those who have kept us waiting longest."""
        for channel in self.channels():
            if channel.is_late(now):
                channel.handle_close()
        enough = self.most_connections
        if len(self.connections) > enough:
            enough = enough * 9 // 10  # so that room is made once for many
        unfinished = sorted(
            (channel for channel in self.channels() if channel.is_unfinished()),
            key=Channel.waiting_since,
        )
        kept = sum(channel.kept() for channel in unfinished)
        for channel in unfinished:
            if len(self.connections) <= enough and kept <= MOST_KEPT:
                return
            kept -= channel.kept()
            channel.handle_close()

    def has_begun(self, seconds: float) -> bool:
        """Whether something is to be finished, so long after the order to stop."""
        if seconds > self.cfg.graceful_timeout:
            return False
        if any(not channel.is_unfinished() for channel in self.channels()):
            return True
        return seconds < LAST_WORDS and any(channel.is_expected() for channel in self.channels())

    def count_request(self) -> None:
        """After `max_requests` another process takes over."""
        with self.counting:
            self.nr += 1
            if self.nr == self.max_requests:
                self.log.info("Autorestarting worker after current request.")
                self.stop()

    def stop(self) -> None:
        """Lets the loop end."""
        self.alive = False
        for server in self.servers:
            server.pull_trigger()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM."""
        self.stop()

    def log_access(self, task: AnsweringTask, lasted: timedelta) -> None:
        """A line in the access log."""
        request = task.request
        environ = getattr(task, "environ", None) or {
            "REMOTE_ADDR": task.channel.addr[0],
            "REQUEST_METHOD": request.command,
            "RAW_URI": request.request_uri,
            "SERVER_PROTOCOL": f"HTTP/{task.version}",
        }
        answer = SimpleNamespace(
            status=task.status,
            sent=task.sent,
            headers=task.response_headers,
        )
        self.log.access(answer, SimpleNamespace(headers=request.headers), environ, lasted)


def raise_limit_of_files() -> int:
    """Lets the process open more files where it may. Returns how many connections it can keep.

    Each may have two more files, for what it sends and for what it fetches.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST_CONNECTIONS
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(MOST_CONNECTIONS, max(20, (soft - 200) // 3))
