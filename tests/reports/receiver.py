"""A little HTTP server that webhooks are sent to and links lead to: it keeps what it got and answers
what it is told to."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Listens on a port of its own on 127.0.0.1.

    `status`, `location` and `pause` (seconds before each letter) say how it answers.
    """

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.location, self.pause = 204, "", 0.0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                if receiver.pause:
                    self.drip()
                    return
                self.send_response(receiver.status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_HEAD(self) -> None:
                receiver.got.append((self.path, dict(self.headers), b""))
                self.send_response(receiver.status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_HEAD

            def drip(self) -> None:
                try:
                    for letter in b"HTTP/1.1 200 OK\r\n":
                        self.wfile.write(bytes([letter]))
                        time.sleep(receiver.pause)
                except OSError:
                    pass

            def log_message(self, *words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Frees the port."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
