"""A line to the product that can be cut and mended: what a person in a train has."""

from __future__ import annotations

import contextlib
import socket
import threading


class Line:
    """Passes bytes on to a port of this machine, from a port of its own.

    The browser's own way of being offline sends one request in ten all the same, and a window that is
    closing still hears that the line is back. Here nothing reaches the product while the line is cut,
    and no window hears of it.
    """

    def __init__(self, port: int) -> None:
        self.to = port
        self.ends: list[socket.socket] = []
        self.lock = threading.Lock()
        self.listening = self.listen(0)
        self.port: int = self.listening.getsockname()[1]

    @property
    def url(self) -> str:
        """Where the product answers over this line."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Refuses every connection and ends those that there are."""
        with self.lock:
            close(self.listening)
            for end in self.ends:
                close(end)
            self.ends = []

    def mend(self) -> None:
        """Lets connections through again."""
        self.listening = self.listen(self.port)

    def listen(self, port: int) -> socket.socket:
        """Takes connections on a port; 0 is one that is free."""
        listening = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, args=[listening], daemon=True).start()
        return listening

    def accept(self, listening: socket.socket) -> None:
        """Joins every connection with one to the product, until the line is cut."""
        with contextlib.suppress(OSError):
            while True:
                near, _ = listening.accept()
                with self.lock:
                    if listening.fileno() == -1:  # cut in this very moment
                        return close(near)
                    far = socket.create_connection(("127.0.0.1", self.to))
                    self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=pass_on, args=[one, other], daemon=True).start()


def pass_on(one: socket.socket, other: socket.socket) -> None:
    """Whatever one end says, to the other; the end of one is the end of both."""
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    close(one)
    close(other)


def close(end: socket.socket) -> None:
    """Closes it and wakes whoever waits at it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
