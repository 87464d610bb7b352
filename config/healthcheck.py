"""`python -m config.healthcheck [PATH]`: asks this container's own web server, and exits 0 where it
answers 200. Needs no Django."""

from __future__ import annotations

import os
import sys
import urllib.request


def is_answering(path: str) -> bool:
    """Whether the server on PORT answers 200, asked by a host name that production lets in."""
    host = (
        os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().removeprefix(".") or "localhost"
    )
    request = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('PORT') or 8000}{path}", headers={"Host": host}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_answering(sys.argv[1] if len(sys.argv) > 1 else "/healthz") else 1)
