"""Python in a fresh environment, without the second that it takes to start Python and to import
Django and Celery."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
from pathlib import Path

from tests.processes import ROOT

FORKS = multiprocessing.get_context("forkserver")
# none reads a setting when imported
FORKS.set_forkserver_preload(
    ["celery", "django.conf", "django.db.models", "kombu", "pghistory", "psycopg"]
)


def run(code: str, variables: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What `python -c` with these environment variables does: exit status, what it printed, what it
    said of errors."""
    printed, said = folder / "printed", folder / "said"
    process = FORKS.Process(target=execute, args=(code, variables, str(printed), str(said)))
    process.start()
    process.join(120)
    assert process.exitcode is not None, "it does not end"
    return subprocess.CompletedProcess(
        code, process.exitcode, printed.read_text(), said.read_text()
    )


def execute(code: str, variables: dict[str, str], printed: str, said: str) -> None:
    """In the new process: its environment, where its words go, then the code."""
    for number, name in ((1, printed), (2, said)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(ROOT)
    exec(code, {"__name__": "__main__"})
