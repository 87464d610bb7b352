"""Reading markup as a reader does, who sees no line ends of a template."""

from __future__ import annotations

import re


def compact(html: str) -> str:
    """Markup in one line, with no white space between tags or beside what an element says."""
    line = re.sub(r"\s+", " ", html)
    return re.sub(r" (?=</)|(?<=>) ", "", line)
