"""A mail server that takes everything and remembers what it took, for tests that kill whoever
sends."""

from __future__ import annotations

import contextlib
import re
import socketserver
import threading
from types import TracebackType


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    taken: list[str]


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as Django's sender speaks."""

    def handle(self) -> None:
        """One connection, until it quits or breaks off, as it does where its worker is killed."""
        with contextlib.suppress(ConnectionError):
            self.talk()

    def talk(self) -> None:
        """Answers line by line."""
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line.decode(errors="replace").strip().upper()
            if word.startswith("DATA"):
                self.say("354 go on")
                self.take()
            elif word.startswith("QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def take(self) -> None:
        """A message, remembered by its Message-ID once it is whole."""
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.decode(errors="replace"))
        found = re.search(r"^Message-ID: <([^@>]+)", "".join(lines), re.MULTILINE | re.IGNORECASE)
        server = self.server
        assert isinstance(server, _Server)
        if line == b".\r\n" and found:
            server.taken.append(found[1])
            self.say("250 taken")

    def say(self, words: str) -> None:
        """An answer."""
        self.wfile.write(f"{words}\r\n".encode())


class Sink:
    """Listens on a loopback port of its own while it is entered.

    `taken` are the Message-IDs, one a message.
    """

    def __enter__(self) -> Sink:
        self.server = _Server(("127.0.0.1", 0), _Conversation)
        self.taken: list[str] = []
        self.server.taken = self.taken
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
