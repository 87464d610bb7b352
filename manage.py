#!/usr/bin/env python3
"""Meridian's commands.

Without DATABASE_URL and REDIS_URL they bring their own PostgreSQL and Valkey.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType

WITHOUT_ENGINES = {
    "help",
    "makemessages",
    "compilemessages",
    "collectstatic",
    "spectacular",
    "benchmark",  # of installations with their own
    "diffsettings",
    "--help",
    "--version",
    "-h",
    "version",
}

OTHER_HISTORY = (
    "This database was made by a version from before the first release, and nothing was changed in"
    " it. Begin with an empty one; docs/operations.md, “Data from before the first release”, says"
    " how to take the data over."
)


def leave(number: int, frame: FrameType | None) -> None:
    """Ctrl-C while Python still reads the code: nothing has begun, so that there is nothing to
    clean up."""
    os.write(2, b"\nStopped.\n")
    os._exit(130)


def main() -> int:
    """Runs one command; returns its exit status."""
    try:
        return run(sys.argv[1] if len(sys.argv) > 1 else "help")
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def run(command: str) -> int:
    """Runs the command with engines around it where it needs them and none are provided."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if command == "up":
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, leave)
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    from audit.context import command_context as audited
    from config import shutdown
    from config.embedded.binaries import EngineError
    from config.embedded.ownership import borrowed_engines, owned_engines

    if command == "up":
        shutdown.listen_for_signals()
    data_dir = Path(os.environ.get("DATA_DIR") or Path(__file__).parent / "var").resolve()
    provided = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    production = os.environ.get("MERIDIAN_ENV", "local") == "production"
    with contextlib.ExitStack() as stack:
        if command not in WITHOUT_ENGINES and not provided and not production:
            engines = (
                owned_engines(data_dir, wait=5) if command == "up" else borrowed_engines(data_dir)
            )
            try:
                os.environ.update(stack.enter_context(engines).environment())
            except EngineError as error:
                print(error, file=sys.stderr)
                return 1
        try:
            with audited(command):
                execute_from_command_line(sys.argv)
        except ImproperlyConfigured as error:
            print(error, file=sys.stderr)
            return 1
        except InconsistentMigrationHistory as error:
            print(f"{OTHER_HISTORY} ({error})", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
