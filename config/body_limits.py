"""How large a body may be, for the web server and the application alike. Needs no Django."""

from __future__ import annotations

import os

MB = 1024 * 1024
MOST_OF_STRANGERS = MB // 4  # bytes: forms of signing in have a few thousand
BESIDE_A_FILE = 2 * MB  # bytes of the fields that come with it
REFUSED = "meridian.body_refused"  # set by the web server for a body that it did not read


def largest_body() -> int:
    """Bytes, for the web server, which reads bodies before there are settings."""
    most = os.environ.get("ATTACHMENT_MOST_MB", "").strip()
    return (int(most) if most.isdigit() else 10) * MB + BESIDE_A_FILE
