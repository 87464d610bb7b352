"""Which connection is asked: the public one only by the models that are made for it."""

from __future__ import annotations

PUBLIC = "public"


class Router:
    """Nothing is migrated through the public connection, which may change nothing."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        """No for the public connection; of the others Django decides."""
        return False if db == PUBLIC else None
