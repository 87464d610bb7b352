"""The web server: who reads requests, and its access log, one line a request.

The log is without queries, which may hold what somebody looked for, and without keys of links.
"""

from __future__ import annotations

import re
from typing import Any

from gunicorn.glogging import Logger

KEY = re.compile(r"(?<=/password/reset/key/)([0-9a-z]+)-[^/]+", re.IGNORECASE)
access_log_format = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'


class AccessLog(Logger):
    """Writes the path as it was sent: percent-encoded, so that no visitor begins a line of their
    own."""

    def atoms(
        self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any
    ) -> dict[str, Any]:
        """What the format may use."""
        path = str(environ.get("RAW_URI", "")).partition("?")[0]
        return {**super().atoms(resp, req, environ, request_time), "U": KEY.sub(r"\1-…", path)}


logger_class = AccessLog
preload_app = True  # read once, before the processes part: they start sooner and share its memory
worker_class = "config.web_worker.BufferingWorker"
