"""A command that is asked to end does, though what it was doing swallows the exception."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.processes import ROOT

SWALLOWS = """
import sys, time
from config import shutdown
shutdown.INSIST = 0.3
shutdown.listen_for_signals()
try:
    print("ready", flush=True)
    time.sleep(30)
except BaseException:
    print("swallowed", flush=True)
try:
    time.sleep(30)
except shutdown.Ended:
    shutdown.heard()
    time.sleep(1)  # cleans up, undisturbed
    print("ended", flush=True)
"""


def test_an_ending_that_is_swallowed_is_raised_again_and_cleaning_up_is_not_disturbed() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SWALLOWS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    said, _nothing = process.communicate(timeout=20)
    assert said.split() == ["swallowed", "ended"] and process.returncode == 0
