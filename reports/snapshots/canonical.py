"""How a snapshot is written down: one text for the same figures, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from reports.snapshots.types import Snapshot


def canonical_text(value: Mapping[str, object]) -> str:
    """The one way to write something down: keys sorted, no blanks, so that the same values give the
    same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical_json(snapshot: Snapshot) -> str:
    """A whole snapshot, written down so."""
    return canonical_text(snapshot)


def read_snapshot(text: str) -> Snapshot:
    """A snapshot that was written down. What was stored of one has no rows (`storage.py`)."""
    snapshot: Snapshot = json.loads(text)
    return snapshot


def snapshot_hash(text: str) -> str:
    """SHA-256 of a snapshot's canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
