"""Python in the settings of an installation, for what a test does there beside a browser.

One process takes all that a test has to run, since starting Python and Django costs more than most
of it. Run as a program, this module is that process.
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import threading
import traceback

from tests.processes import ROOT

LONGEST = 300  # seconds for one piece of code


class Console:
    """Runs code in one process with these environment variables, started when first needed."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        self.process: subprocess.Popen[str] | None = None

    def run(self, code: str) -> str:
        """What the code prints. Its names are its own; what it raises fails the test."""
        process = self.process = self.process or self.start()
        assert process.stdin is not None and process.stdout is not None
        impatience = threading.Timer(LONGEST, process.kill)
        impatience.start()
        try:
            process.stdin.write(json.dumps(code) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        finally:
            impatience.cancel()
        assert answer, "the console has ended, or took too long; what it said stands above"
        printed, raised = json.loads(answer)
        assert not raised, raised
        return str(printed)

    def start(self) -> subprocess.Popen[str]:
        """The process, which says what else it has to say where the tests do."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.console"],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def stop(self) -> None:
        """Ends the process, if one was started; the next code starts another."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def main() -> None:
    """Takes a line of JSON, a string of code, and answers a line: what it printed and raised."""
    import django  # a test that only talks to this process has its own Django already

    django.setup()
    for line in sys.stdin:
        printed, raised = io.StringIO(), ""
        with contextlib.redirect_stdout(printed):
            try:
                exec(json.loads(line), {"__name__": "__main__"})
            except Exception:
                raised = traceback.format_exc()
        print(json.dumps([printed.getvalue(), raised]), flush=True)


if __name__ == "__main__":
    main()
