"""Real processes of the product, for tests that start, ask and kill them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OF_THIS_RUN = (
    "DATABASE",
    "REDIS",
    "DATA_DIR",
    "PORT",
    "SECRET",
    "MERIDIAN",
    "PYTEST",
    "DJANGO",
    "STATIC",
    "BASE_URL",
    "ALLOWED",
    "DEBUG",
    "EMAIL",
)


def environment(**more: str) -> dict[str, str]:
    """This process's environment without anything that speaks of the test run, and with `more`."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(OF_THIS_RUN)
    } | more


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str, **headers: str) -> int:
    """HTTP status of a GET, 0 where nobody answers."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=5
        ) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(holds: Callable[[], bool], seconds: float, every: float = 0.2) -> bool:
    """Whether something comes to hold within so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def command_line(pid: int) -> bytes:
    """The words of a process, each followed by a zero byte; empty where it has just ended."""
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def processes_of(folder: Path) -> list[int]:
    """Ids of living processes whose command line, environment or folder names `folder`; never our
    own."""
    found, mark = [], os.fsencode(folder)
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            about = (
                (entry / "cmdline").read_bytes()
                + (entry / "environ").read_bytes()
                + os.fsencode(os.readlink(entry / "cwd"))
            )
            dead = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            continue
        if mark in about and not dead:
            found.append(int(entry.name))
    return found


def kill_all(folder: Path) -> None:
    """`kill -9` of everything that names the folder."""
    for pid in processes_of(folder):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def end(process: subprocess.Popen[str], seconds: float = 20) -> None:
    """SIGTERM, and SIGKILL for the whole group of what does not end in time."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
