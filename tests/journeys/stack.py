"""The whole product as processes, on a database of its own in the shared cluster: web, worker and
beat as `manage.py up` starts them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from tests import databases
from tests.console import Console
from tests.engines import JOURNEYS, broker
from tests.processes import ROOT, environment, free_port, kill_all, status, until

READY_WITHIN = 90  # seconds


class Stack:
    """One running installation."""

    def __init__(self, name: str) -> None:
        self.name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.folder = Path(tempfile.mkdtemp(prefix=f"meridian-{name}-"))
        self.port = free_port()
        parts = settings.DATABASES["default"]
        self.host, self.user = parts["HOST"], parts["USER"]
        self.env = environment(
            DATA_DIR=str(self.folder),
            PORT=str(self.port),
            BASE_URL=f"http://127.0.0.1:{self.port}",
            REDIS_URL=broker(JOURNEYS),
            DATABASE_URL=f"postgresql://{self.user}@/{self.name}?host={self.host}",
        )
        self.console = Console(self.env)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self, database: str | None = None) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of one's own to its database."""
        return databases.connect(database or self.name)

    def start(self) -> None:
        """A fresh copy of the migrated database, then `manage.py up --no-sample` until it is ready."""
        with self.connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )
        databases.copy_template(self.name)
        log = (self.folder / "up.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--no-sample"],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        process = self.process
        ready = until(
            lambda: process.poll() is not None or status(f"{self.url}/readyz") == 200, READY_WITHIN
        )
        assert ready and process.poll() is None, (self.folder / "up.log").read_text()

    def run(self, code: str) -> str:
        """Python in the installation's own settings; what it prints.

        For what a person cannot do in a browser.
        """
        return self.console.run(code)

    def stop(self) -> None:
        """Ctrl-C, and nothing left behind."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                pass
        self.console.stop()
        kill_all(self.folder)
        with self.connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )
        shutil.rmtree(self.folder, ignore_errors=True)
