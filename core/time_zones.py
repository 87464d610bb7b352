"""Names of the time zones of the IANA database that this machine has."""

from __future__ import annotations

import zoneinfo
from functools import cache


@cache
def known_time_zones() -> frozenset[str]:
    """All of them.

    Looked for once in a process: the database is six hundred files, each of which is opened.
    """
    return frozenset(zoneinfo.available_timezones())
