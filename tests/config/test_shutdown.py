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


IN_A_DESTRUCTOR = """
import os, signal, time
from config import shutdown
shutdown.listen_for_signals()

class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(30)

began = time.monotonic()
try:
    dying = Dying()
    del dying  # what it raises, Python can raise to nobody
    time.sleep(30)
except shutdown.Ended:
    shutdown.heard()
    print("soon" if time.monotonic() - began < 4 else "late")
"""


def test_an_ending_that_nobody_can_be_told_of_is_raised_again_soon_without_a_word() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_DESTRUCTOR],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "soon\n", "")
