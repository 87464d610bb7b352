"""What every row of history has, whatever it is the history of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from pghistory.models import Context, Event

    class HistoryRow(Event):
        """A row of one of the models that django-pghistory makes when the apps are loaded."""

        pgh_obj_id: int
        pgh_context_id: UUID | None
        pgh_context: Context | None

        class Meta:
            abstract = True
