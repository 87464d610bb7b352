"""How a command is ended from outside: Ctrl-C, SIGTERM and a closed terminal, heard at any moment
of its start.

Python raises an exception wherever the signal finds it. What runs then may swallow it (an import's
callback, a destructor, a library's bare `except`), and the command would go on deaf: so it is
raised again until somebody says that it was heard.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

SOON = 0.05  # seconds until an ending is raised again that is known to be lost
INSIST = 5.0  # seconds until an ending that was lost on its way is raised again
ENDINGS = [signal.SIGINT, signal.SIGTERM]
if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # ignored under nohup, which is to stay so
    ENDINGS.append(signal.SIGHUP)


class Ended(KeyboardInterrupt):
    """Somebody asked us to stop. No `except Exception` on the way may swallow it."""


def listen_for_signals() -> None:
    """From now on the first of these signals raises `Ended`; the next ones are not heard, since
    ending is under way."""
    for each in ENDINGS:
        signal.signal(each, _end)
    signal.signal(signal.SIGALRM, _end_again)
    sys.unraisablehook = _not_raised


def heard() -> None:
    """The exception has arrived: it is not raised again.

    For whoever cleans up and must not be disturbed.
    """
    signal.setitimer(signal.ITIMER_REAL, 0)


def ignore_signals() -> None:
    """Cleaning up has begun, whatever began it: no signal is to disturb it."""
    heard()
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)


def _end(number: int, frame: FrameType | None) -> None:
    ignore_signals()
    signal.setitimer(signal.ITIMER_REAL, INSIST, INSIST)
    raise Ended


def _not_raised(lost: UnraisableHookArgs) -> None:
    """What Python can raise to nobody, as in a destructor or around a fork, it would print. An ending
    is no error: it is raised again soon."""
    if issubclass(lost.exc_type, Ended):
        signal.setitimer(signal.ITIMER_REAL, SOON, INSIST)
    else:
        sys.__unraisablehook__(lost)


def _end_again(number: int, frame: FrameType | None) -> None:
    raise Ended
