"""`make golden`: does this working tree behave as a commit did, byte for byte, where a change of
shape must change nothing?

    python -m tests.golden [BASE]

Makes a worktree of BASE (default: the last commit) beside this one, fills a database of each from
the same seed on the same day, and compares what `record.py` writes down of both. `manage.py verify`
does not replace it: that compares only what was stored with what is counted, and overlooks what was
added. Exit 1, with the differences, where the two are not equal.
"""

from __future__ import annotations

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from config.embedded.engines import Addresses
from config.embedded.ownership import owned_engines
from tests.browser import chromium
from tests.processes import environment

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ("--requests", "60", "--seed", "1")
SHOWN = 60  # lines of difference a net; the files themselves stay for who wants to read on
SIDES = ("base", "here")


@contextmanager
def worktree(base: str, folder: Path) -> Iterator[Path]:
    """A checkout of the base commit, with the nets of this one."""
    subprocess.run(
        ["git", "worktree", "add", "--quiet", "--detach", str(folder), base], cwd=ROOT, check=True
    )
    try:
        nets = Path(__file__).parent
        shutil.rmtree(folder / "tests" / "golden", ignore_errors=True)
        shutil.copytree(
            nets, folder / "tests" / "golden", ignore=shutil.ignore_patterns("__pycache__")
        )
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=False)


def settings_of(side: str, addresses: Addresses, folder: Path) -> dict[str, str]:
    """Environment of one side: a database, a numbered broker database and a data folder of its own."""
    data = folder / f"data-{side}"
    (data / "static").mkdir(parents=True, exist_ok=True)
    database, _, _ = addresses.database_url.partition("?")
    query = addresses.database_url[len(database) :]
    return environment(
        DATABASE_URL=f"{database.rpartition('/')[0]}/golden_{side}{query}",
        REDIS_URL=f"{addresses.redis_url.rpartition('/')[0]}/{SIDES.index(side)}",
        DATA_DIR=str(data),
        MERIDIAN_ENV="local",
        CALLS_PER_MINUTE="100000",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright keeps an event loop in the process
        PYTHONHASHSEED="0",
    )


def make_databases(addresses: Addresses) -> None:
    """An empty database for each side."""
    with psycopg.connect(addresses.database_url, autocommit=True) as cluster:
        for side in SIDES:
            cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"golden_{side}")))


def record(
    checkout: Path, side: str, addresses: Addresses, folder: Path
) -> subprocess.Popen[bytes]:
    """Begins to fill a side's database and to write down what it holds and answers, into
    `folder/SIDE`."""
    steps = (
        ("manage.py", "migrate", "--verbosity", "0"),
        ("manage.py", "load_reference", "--verbosity", "0"),
        ("manage.py", "sample_data", *SAMPLE),
        ("manage.py", "produce_reports"),
        ("manage.py", "publish_sample"),
        ("-m", "tests.golden.record", str(folder / side)),
    )
    program = " && ".join(" ".join((sys.executable, *step)) for step in steps)
    log = (folder / f"{side}.log").open("wb")
    return subprocess.Popen(
        ["/bin/sh", "-c", program],
        cwd=checkout,
        env=settings_of(side, addresses, folder),
        stdout=log,
        stderr=log,
    )


def differences(folder: Path) -> Iterator[str]:
    """Lines that tell the two sides apart, net by net, the first of each."""
    base, here = (folder / side for side in SIDES)
    for name in sorted({path.name for side in (base, here) for path in side.iterdir()}):
        before, after = (
            (side / name).read_text().splitlines() if (side / name).exists() else []
            for side in (base, here)
        )
        found = list(
            difflib.unified_diff(before, after, f"base/{name}", f"here/{name}", lineterm="", n=0)
        )
        yield from found[:SHOWN]
        if len(found) > SHOWN:
            yield f"… and {len(found) - SHOWN:,} more lines of {name}"


def compare(base: str, folder: Path) -> int:
    """Records both sides at once and prints what differs. Returns the exit status."""
    with (
        worktree(base, folder / "checkout") as checkout,
        owned_engines(folder / "engines", durable=False) as addresses,
    ):
        make_databases(addresses)
        running = {
            side: record(tree, side, addresses, folder)
            for side, tree in zip(SIDES, (checkout, ROOT), strict=True)
        }
        failed = [side for side, process in running.items() if process.wait() != 0]
    for side in failed:
        print(
            f"The side “{side}” could not be"
            f" recorded:\n{(folder / f'{side}.log').read_text()[-3000:]}"
        )
    if failed:
        return 2
    found = list(differences(folder))
    print("\n".join(found) or f"Nothing differs from {base}.")
    return 1 if found else 0


def main() -> int:
    """Reads the command line, compares, and keeps what was written down where something differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.golden", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument(
        "base", nargs="?", default="HEAD", help="the commit to compare with (the last one)"
    )
    base = parser.parse_args().base
    if chromium() is None:
        print(
            "No Chromium on this machine, which the texts of pages are read with. Install it"
            " (Debian: apt install chromium)."
        )
        return 2
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    folder = Path(tempfile.mkdtemp(prefix="meridian-golden-"))
    folder.chmod(0o755)
    status = compare(base, folder)
    if status:
        print(f"What was written down stays in {folder}.")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
