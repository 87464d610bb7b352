"""Who owns the engines of a folder: one process, by a lock; others borrow what it wrote into
engines.json."""

from __future__ import annotations

import contextlib
import fcntl
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from config import shutdown
from config.embedded.binaries import EngineError
from config.embedded.engines import PATIENCE, Addresses, Engines


class EnginesTaken(EngineError):
    """Another process owns the engines of this folder."""


@contextlib.contextmanager
def owned_engines(data_dir: Path, *, durable: bool = True, wait: float = 0) -> Iterator[Addresses]:
    """Starts the engines of `data_dir` and owns them while the block runs.

    Raises EngineError where another process owns them still after `wait` seconds, or the folder
    cannot be used.
    """
    with lock_of(data_dir) as lock:
        hold_lock(lock, data_dir, wait)
        engines = Engines(data_dir, durable=durable)
        state = data_dir / "engines.json"
        try:
            try:
                addresses = engines.start()
                state.touch(0o600)
                state.write_text(json.dumps(addresses.__dict__))
            except OSError as error:
                raise unusable_folder_message(data_dir, error) from error
            yield addresses
        finally:
            shutdown.heard()
            state.unlink(missing_ok=True)
            engines.stop()


def unusable_folder_message(data_dir: Path, error: OSError) -> EngineError:
    """The sentence for a folder that the operating system refuses."""
    where = error.filename or data_dir
    return EngineError(
        f"Meridian cannot keep its data in {data_dir} ({error.strerror}: {where}). Set DATA_DIR to"
        " a folder that you may write to."
    )


def lock_of(data_dir: Path) -> TextIO:
    """The opened lock file of a folder, which is made where it is missing."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return (data_dir / "engines.lock").open("a")
    except OSError as error:
        raise unusable_folder_message(data_dir, error) from error


def hold_lock(lock: TextIO, data_dir: Path, wait: float) -> None:
    """Takes the lock, which the operating system frees when we end, however we end; waits for
    another that is stopping."""
    began, said = time.monotonic(), False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - began
            if waited > wait:
                raise EnginesTaken(
                    f"Another Meridian is running on {data_dir}. Stop it, or set DATA_DIR to"
                    " another folder."
                ) from None
            if waited > 1 and not said:
                print(
                    f"Another Meridian is using {data_dir}; waiting up to {wait:.0f} seconds for it"
                    " to end …",
                    file=sys.stderr,
                    flush=True,
                )
                said = True
            time.sleep(0.2)
        else:
            return


def read_addresses(data_dir: Path) -> Addresses | None:
    """What the owner of the folder's engines wrote; None where it has not yet."""
    with contextlib.suppress(OSError, ValueError):
        return Addresses(**json.loads((data_dir / "engines.json").read_text()))
    return None


@contextlib.contextmanager
def borrowed_engines(data_dir: Path) -> Iterator[Addresses]:
    """The engines of `data_dir`: those that run already, or our own for as long as the block runs."""
    with contextlib.ExitStack() as stack:
        deadline = time.monotonic() + PATIENCE
        addresses: Addresses | None = None
        while addresses is None:
            try:
                addresses = stack.enter_context(owned_engines(data_dir))
            except EnginesTaken:
                addresses = read_addresses(data_dir)
                if addresses is None and time.monotonic() > deadline:
                    raise EngineError(
                        f"Another Meridian holds {data_dir} but its engines do not answer."
                    ) from None
                time.sleep(0.1)
        yield addresses
