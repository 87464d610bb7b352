"""A pytest plugin: one real PostgreSQL and Valkey for the whole run, shared by all its processes."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from config.embedded.ownership import owned_engines

MARK = "MERIDIAN_TEST_ENGINES"
# databases of the broker: the journeys' installation has a worker that takes what it finds
JOURNEYS, OUTSIDERS = (
    15,
    14,
)


def start_once() -> None:
    """In the first process of a run: starts the engines and tells the others through the
    environment."""
    if MARK in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="meridian-tests-"))
    folder.chmod(0o755)
    (folder / "data" / "static").mkdir(parents=True)
    stack = contextlib.ExitStack()
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    addresses = stack.enter_context(owned_engines(folder / "engines", durable=False))
    own = {
        MARK: str(folder),
        "DATA_DIR": str(folder / "data"),
        "MERIDIAN_ENV": "local",
        "CALLS_PER_MINUTE": "100000",
    }
    # Playwright keeps an event loop in the process
    os.environ.update(addresses.environment() | own | {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"})

    def stop() -> None:
        stack.close()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)


def broker(number: int) -> str:
    """The address of one numbered database of the run's broker."""
    return f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"


def own_broker_database() -> None:
    """Each process of a run has its own numbered database of the broker, so that caches do not
    meet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker.startswith("gw"):
        os.environ["REDIS_URL"] = broker(int(worker[2:]) + 1)


start_once()
own_broker_database()
