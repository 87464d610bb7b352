"""`manage.py up` on a folder of its own: started, stopped, killed and started again, as `make run`
does it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded.ownership import read_addresses
from tests.processes import (
    ROOT,
    command_line,
    environment,
    free_port,
    kill_all,
    processes_of,
    status,
    until,
)

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("up")]
ROW = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, now())"


class Installation:
    """A data folder, a port, and the `up` that runs on them."""

    def __init__(self, folder: Path, data: str = "data") -> None:
        self.folder, self.data, self.port = folder, folder / data, free_port()
        self.log = folder / "up.log"
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self) -> subprocess.Popen[bytes]:
        """Starts `up` as the leader of a group of its own, as a terminal would."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--no-sample"],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(DATA_DIR=str(self.data), PORT=str(self.port)),
                start_new_session=True,
            )
        return self.process

    def start(self, seconds: float) -> float:
        """Starts `up` and waits until `/readyz` answers 200. Returns the seconds that it took."""
        began, process = time.monotonic(), self.launch()
        ready = until(
            lambda: (
                process.poll() is not None or status(f"http://127.0.0.1:{self.port}/readyz") == 200
            ),
            seconds,
        )
        assert ready and process.poll() is None, self.said()
        return time.monotonic() - began

    def interrupt(self) -> int:
        """Ctrl-C: SIGINT to the whole group. Returns the exit status."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(20)

    def second(self, **changed: str) -> subprocess.CompletedProcess[str]:
        """Another `up` with the same settings but those named, until it ends."""
        variables = environment(DATA_DIR=str(self.data), PORT=str(self.port)) | changed
        command = [sys.executable, "manage.py", "up", "--no-sample"]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            timeout=90,
            stdin=subprocess.DEVNULL,
        )

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to the installation's database."""
        addresses = read_addresses(self.data)
        assert addresses is not None, self.said()
        return psycopg.connect(addresses.database_url)

    def save(self, key: str) -> None:
        """Commits a row."""
        with self.connect() as connection:
            connection.execute(ROW, [key, "kept"])

    def kept(self, key: str) -> bool:
        """Whether the row is there."""
        with self.connect() as connection:
            return (
                connection.execute(
                    "SELECT 1 FROM django_session WHERE session_key = %s", [key]
                ).fetchone()
                is not None
            )

    def said(self) -> str:
        """The end of what it printed."""
        return self.log.read_text(errors="replace")[-3000:]


def fresh_folder() -> Iterator[Path]:
    """An empty folder that the engines' user can reach; nothing of it lives on afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="meridian-up-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        kill_all(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def shared() -> Iterator[Installation]:
    """One installation for tests that do not care whether it was used before.

    Most find a prepared, perhaps a killed, database. Its folder's name has everything that
    somebody has to write between quotes.
    """
    for folder in fresh_folder():
        yield Installation(folder, 'it\'s a "projet" 100 % été, données')


@pytest.fixture
def installation(shared: Installation) -> Installation:
    """An installation that is not running."""
    kill_all(shared.folder)
    return shared


@pytest.fixture
def running(shared: Installation) -> Installation:
    """An installation that is ready, as the test before left it or started now."""
    if status(f"http://127.0.0.1:{shared.port}/readyz") != 200:
        kill_all(shared.folder)
        shared.start(180)
    return shared


@pytest.fixture
def new_installation() -> Iterator[Installation]:
    """An installation whose folder is empty."""
    for folder in fresh_folder():
        yield Installation(folder)


def test_a_folder_with_spaces_quotes_and_other_letters_will_do(running: Installation) -> None:
    assert {*" '\"%é,"} <= set(running.data.name)
    assert status(f"http://127.0.0.1:{running.port}/") in (200, 302)


def test_without_sample_data_there_is_no_programme_and_it_says_how_to_load_one(
    running: Installation,
) -> None:
    assert (
        "There is no programme yet. Shipped are: cybercrime, statistics." in running.log.read_text()
    )
    with running.connect() as connection:
        count = connection.execute("SELECT count(*) FROM assistance_programme").fetchone()
    assert count == (0,)
    assert status(f"http://127.0.0.1:{running.port}/accounts/login/") == 200


def test_a_second_up_on_the_same_folder_is_told_so(running: Installation) -> None:
    refused = running.second(PORT=str(free_port()))
    assert refused.returncode == 1
    assert f"Another Meridian is running on {running.data}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert status(f"http://127.0.0.1:{running.port}/readyz") == 200


def test_ctrl_c_ends_everything_and_the_next_start_is_quick_and_keeps_what_was_saved(
    running: Installation,
) -> None:
    running.save("before-ctrl-c")
    assert running.interrupt() == 0, running.said()
    assert until(lambda: not processes_of(running.folder), 2)
    assert running.start(60) <= 20, running.said()
    assert running.kept("before-ctrl-c")
    assert "Traceback" not in running.said()


def test_kill_of_everything_loses_nothing_that_was_saved(running: Installation) -> None:
    running.save("before-kill")
    kill_all(running.folder)
    running.start(60)
    assert running.kept("before-kill")


def test_a_worker_that_dies_ends_all_with_a_sentence(running: Installation) -> None:
    assert running.process is not None
    workers = [pid for pid in processes_of(running.folder) if b"\0worker\0" in command_line(pid)]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    assert running.process.wait(30) == 1
    assert "The process “worker” ended" in running.said()
    assert until(lambda: not processes_of(running.folder), 2)


def test_kill_of_up_alone_leaves_no_orphan_and_it_may_start_again_at_once(
    running: Installation,
) -> None:
    assert running.process is not None
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    before = processes_of(running.folder)
    assert before, "there was something to end"
    running.start(60)
    left = set(before) & set(processes_of(running.folder))
    assert not left, [command_line(pid) for pid in left]
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    assert until(lambda: not processes_of(running.folder), 20), [
        command_line(pid) for pid in processes_of(running.folder)
    ]


def test_a_taken_port_is_said_and_nothing_stays(installation: Installation) -> None:
    with socket.socket() as other:
        # connections of the test before may still be closing
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        refused = installation.second()
    assert refused.returncode == 1
    assert f"Port {installation.port} is taken by another program" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not processes_of(installation.folder)


@pytest.mark.parametrize("port", ["abc", "70000"])
def test_a_port_that_is_none_is_said(installation: Installation, port: str) -> None:
    refused = installation.second(PORT=port)
    assert refused.returncode == 1
    assert f"PORT is “{port}”; write a whole number from 1 to 65535." in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_data_folder_that_cannot_be_made_is_said(installation: Installation) -> None:
    (installation.folder / "file").touch()
    for impossible in (
        installation.folder / "file" / "data",
        installation.folder / "file",
        Path("/proc/meridian"),
    ):
        refused = installation.second(DATA_DIR=str(impossible))
        assert refused.returncode == 1
        assert (
            f"cannot keep its data in {impossible}" in refused.stderr
            and "Set DATA_DIR" in refused.stderr
        )
        assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("after", [0.3, 0.9, 1.8])
def test_ctrl_c_at_any_moment_of_the_first_start_ends_everything(
    new_installation: Installation, after: float
) -> None:
    new_installation.launch()
    time.sleep(after)
    assert new_installation.interrupt() in (0, 130), new_installation.said()
    assert until(lambda: not processes_of(new_installation.folder), 2)
    assert "Traceback" not in new_installation.said()
