#!/usr/bin/env python3
"""Meridian's commands. Without DATABASE_URL and REDIS_URL they bring their own PostgreSQL and Valkey."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

WITHOUT_ENGINES = {"help", "makemessages", "compilemessages", "collectstatic", "spectacular", "diffsettings", "--help", "--version", "-h", "version"}


def main() -> int:
    """Runs one command; returns its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import embedded

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    data_dir = Path(os.environ.get("DATA_DIR") or "var").resolve()
    provided = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    production = os.environ.get("MERIDIAN_ENV", "local") == "production"
    with contextlib.ExitStack() as stack:
        if command not in WITHOUT_ENGINES and not provided and not production:
            engines = embedded.owned(data_dir, wait=20) if command == "up" else embedded.borrowed(data_dir)
            try:
                os.environ.update(stack.enter_context(engines).environment())
            except embedded.EngineError as error:
                print(error, file=sys.stderr)
                return 1
        execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
