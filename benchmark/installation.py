"""An installation of a given size in a folder of its own: made once, started, asked, stopped."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from redis import Redis

from benchmark.readers import Reader
from config.embedded.binaries import die_with_parent
from config.embedded.ownership import owned_engines

READY_LASTS = 60.0  # seconds
WORKERS, THREADS = 2, 4  # as `manage.py up` starts the web server
TICKS = os.sysconf("SC_CLK_TCK")  # of processor time in a second
MADE = "made.json"


class NotMade(RuntimeError):
    """An installation could not be made or started; the message says why."""


@dataclass
class Installation:
    """One of `requests` sample requests, below `folder`."""

    folder: Path
    requests: int
    say: Callable[[str], object]
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    web: subprocess.Popen[bytes] | None = None
    readers: list[Reader] = field(default_factory=list)
    made: dict[str, float] = field(default_factory=dict)  # seconds that making it took

    @contextlib.contextmanager
    def running(self) -> Iterator[Installation]:
        """Made where it is not, its engines and web server at work; stopped afterwards.

        Raises NotMade.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise NotMade(
                f"Nothing can be made in {self.folder} ({wrong.strerror}). Name another --folder."
            ) from wrong
        own = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "PORT")
        }
        with owned_engines(self.folder / "data") as addresses:
            self.environment = own | addresses.environment()
            self.environment |= {
                "DATA_DIR": str(self.folder / "data"),
                "CALLS_PER_MINUTE": "1000000",
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            self.make()
            try:
                self.start_web()
                self.readers = [Reader(**r) for r in json.loads(self.python("benchmark.readers"))]
                yield self
            finally:
                self.stop_web()

    def make(self) -> None:
        """The database with its sample; what an earlier run made is used again where the schema is
        still the same."""
        mark, schema = self.folder / MADE, schema_of_code()
        if mark.exists():
            before = json.loads(mark.read_text())
            if before.pop("schema", None) == schema:
                self.made = before
                self.say(f"{self.requests:,} requests: made before, in {self.folder}")
                return
            raise NotMade(
                f"{self.folder} was made by another version. Remove it, and it is made anew."
            )
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_reference", "--verbosity", "0")
        self.say(f"{self.requests:,} requests: being made in {self.folder} …")
        began = time.monotonic()
        try:
            self.manage("sample_data", "--requests", str(self.requests))
        except NotMade as wrong:  # as where an earlier run was ended half-way
            raise NotMade(f"{wrong} Remove {self.folder} to begin anew.") from wrong
        self.made = {"sample": time.monotonic() - began}
        self.say(f"{self.requests:,} requests in {self.made['sample']:.0f} seconds")
        mark.write_text(json.dumps(self.made | {"schema": schema}))

    def manage(self, *words: str) -> str:
        """Runs a command of `manage.py` there; what it prints. Raises NotMade."""
        return self.ran([sys.executable, "manage.py", *words])

    def python(self, module: str) -> str:
        """Runs a module there; what it prints. Raises NotMade."""
        return self.ran([sys.executable, "-m", module])

    def ran(self, command: list[str]) -> str:
        """What the command prints. Raises NotMade with what it says where it fails."""
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        if done.returncode:
            raise NotMade(f"{' '.join(command[1:])} failed: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def start_web(self) -> None:
        """The real web server with the benchmark's addresses beside the product's. Raises NotMade."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ["-m", "gunicorn", "benchmark.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        words += ["--workers", str(WORKERS), "--threads", str(THREADS)]
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                [sys.executable, *words],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        deadline = time.monotonic() + READY_LASTS
        while time.monotonic() < deadline and self.web.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except urllib.error.HTTPError:  # no worker of the queue, which is not measured here
                return
            except OSError:
                time.sleep(0.2)
        raise NotMade(f"The web server does not start: see {self.folder / 'web.log'}")

    def stop_web(self) -> None:
        """Ends the web server."""
        if self.web is not None and self.web.poll() is None:
            self.web.terminate()
            try:
                self.web.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.web.pid, signal.SIGKILL)

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to its database, which plans each statement anew."""
        connection = psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)
        connection.prepare_threshold = None
        return connection

    def empty_cache(self) -> None:
        """Forgets everything that a call before may have left in the cache."""
        server: Redis = Redis.from_url(self.environment["REDIS_URL"])
        server.flushdb()
        server.close()

    def web_processes(self) -> list[Path]:
        """Where the kernel tells of the web server's processes."""
        assert self.web is not None
        listed = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text()
        return [Path("/proc") / pid for pid in listed.split()]

    def processor_seconds(self) -> float:
        """Of the web server's processes so far."""
        ticks = 0
        for process in self.web_processes():
            parts = (process / "stat").read_text().rpartition(")")[2].split()
            ticks += int(parts[11]) + int(parts[12])
        return ticks / TICKS

    def peak_memory(self) -> int:
        """Kilobytes: the largest resident size that one of them had."""
        sizes = [
            line.split()[1]
            for process in self.web_processes()
            for line in (process / "status").read_text().splitlines()
            if line.startswith("VmHWM:")
        ]
        return max(map(int, sizes))


def schema_of_code() -> str:
    """A digest of everything that makes the tables and the sample: a change of it makes new ones."""
    parts = sorted(
        path
        for pattern in ("*/migrations/*.py", "sample/**/*.py")
        for path in settings.BASE_DIR.glob(pattern)
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()
