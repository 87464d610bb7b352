"""The web server as production starts it, as processes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.processes import ROOT, end, free_port, status, until


@contextlib.contextmanager
def serving(app: str, *more: str, **env: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The web server on a port of its own, with two processes of four threads, warm."""
    port = free_port()
    words = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", *more]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", app, *words],
        cwd=ROOT,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}/healthz"
        assert until(lambda: status(address) == 200, 60)
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(status, [address] * 32))
        yield port, process
    finally:
        end(process)
