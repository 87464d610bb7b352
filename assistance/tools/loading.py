"""Loads tools from the project's own reference file. Running it twice changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

from assistance.tools.models import Tool, ToolVersion

FILE = Path(__file__).resolve().parent.parent / "reference" / "tools.csv"


def load_tools() -> None:
    """Tools that are missing, each with the version that is known."""
    known = set(Tool.objects.values_list("code", flat=True))
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    tools = Tool.objects.bulk_create(
        Tool(**{name: row[name] for name in ("code", "title", "kind", "owner", "note")})
        for row in rows
    )
    ToolVersion.objects.bulk_create(
        ToolVersion(
            tool=tool,
            label=row["version"],
            languages=row["languages"].split(),
            url=row["url"],
        )
        for tool, row in zip(tools, rows, strict=True)
    )
