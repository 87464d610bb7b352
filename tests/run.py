"""`make test`: the whole suite against real engines, on as many processes as there are processors
(two at least)."""

from __future__ import annotations

import os
import sys

import pytest

from tests.browser import chromium


def main() -> int:
    """Runs pytest; says clearly where the browser journeys cannot run. Returns its exit status."""
    if chromium() is None:
        print(
            "No Chromium on this machine: the browser journeys are NOT run. Install it (Debian: apt"
            " install chromium-headless-shell) to run them.",
            flush=True,
        )
    # some eighty processes of the product are started, and each would compile all of it anew
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    processes = max(2, min(4, os.cpu_count() or 2))
    return int(
        pytest.main(
            ["-n", str(processes), "--dist", "loadgroup", "--durations", "8", *sys.argv[1:]]
        )
    )


if __name__ == "__main__":
    sys.exit(main())
