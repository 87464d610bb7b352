"""The engine; Django looks for it under this name."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

LOST = (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection is looked at before its first use in a request, not asked.

    Django sends a query each time. A server that ended the connection has said so on the socket,
    where nothing is to be read while it is well.
    """

    def is_usable(self) -> bool:
        """Whether the connection can go on; where something waits to be read, the server is asked."""
        if self.connection is None or self.connection.info.transaction_status in LOST:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if waiting.poll(0) else True
