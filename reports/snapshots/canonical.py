"""How a snapshot is written down: one text for the same figures, and its hash."""

from __future__ import annotations

import hashlib
import json

from reports.snapshots.types import Snapshot


def canonical_json(snapshot: Snapshot) -> str:
    """The one way to write it down: keys sorted, no blanks, so that the same figures give the same
    bytes."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_snapshot(text: str) -> Snapshot:
    """A snapshot that was written down."""
    snapshot: Snapshot = json.loads(text)
    return snapshot


def snapshot_hash(text: str) -> str:
    """SHA-256 of a snapshot's canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
