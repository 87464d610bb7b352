"""One change of a record, as a reader sees it: who made it, and what was there before and after."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _

from accounts.users.models import User
from audit.presentation import Difference, Shown, Wording
from audit.registry import Record
from core.types import JsonObject

if TYPE_CHECKING:
    from audit.types import HistoryRow

SECRET = ("password", "secret", "digest")  # left out of history already; never shown either way

CLOCK = "clock"

COMMAND = "command"

NOBODY = "nobody"

OUTSIDE = "outside"


@dataclass
class Change:
    """One row of history, as a reader sees it."""

    at: datetime
    label: str  # insert, update, delete
    model: type[models.Model]
    pk: int
    row: str  # which row, in words; empty for the record itself
    actor: str  # a user's id, or one of the words above
    who: str
    method: str
    path: str  # of the request, or the name of a task or command
    request_id: uuid.UUID | None
    sealed: bool
    fields: list[Shown] = field(default_factory=list)

    @property
    def what(self) -> str:
        """The kind of row."""
        return str(self.model._meta.verbose_name)

    @property
    def done(self) -> str:
        """The kind of change."""
        return {"insert": _("added"), "update": _("changed"), "delete": _("removed")}.get(
            self.label, self.label
        )


def change_of(
    record: Record,
    wording: Wording,
    names: dict[int, str],
    model: type[models.Model],
    row: HistoryRow,
    sealed: bool,
    differences: Sequence[Difference],
) -> Change:
    metadata = metadata_of(row) or {}
    actor = actor_in(metadata_of(row))
    itself = model is record.subject.model and row.pgh_obj_id == record.pk
    return Change(
        at=row.pgh_created_at,
        label=row.pgh_label,
        model=model,
        pk=row.pgh_obj_id,
        row="" if itself else wording.name(model, row.pgh_obj_id, sealed=sealed),
        actor=actor,
        who=actor_in_words(actor, names),
        method=str(metadata.get("method") or ""),
        path=str(metadata.get("url") or metadata.get("task") or metadata.get("command") or ""),
        request_id=row.pgh_context_id,
        sealed=sealed,
        fields=[wording.field(f, old, new, sealed=sealed) for f, old, new in differences],
    )


def differences_between(
    model: type[models.Model], row: HistoryRow, before: HistoryRow | None
) -> list[Difference]:
    """Columns with what they held before and after; of a new or removed row those that are not
    empty."""
    kept = {f.attname for f in row._meta.concrete_fields}
    found: list[Difference] = []
    for column in model._meta.concrete_fields:
        name = column.attname
        if name not in kept or column.primary_key or any(word in name for word in SECRET):
            continue
        value = getattr(row, name)
        old = None if before is None else getattr(before, name)
        if row.pgh_label == "update" and before is not None:
            if old != value:
                found.append((column, old, value))
        elif value not in (None, "", [], {}):
            found.append(
                (column, value, None) if row.pgh_label == "delete" else (column, None, value)
            )
    return found


def metadata_of(row: HistoryRow) -> JsonObject | None:
    return None if row.pgh_context is None else row.pgh_context.metadata


def actor_in(metadata: Mapping[str, object] | None) -> str:
    """A user's id, or the word for what else made the change."""
    if metadata is None:
        return OUTSIDE
    user = str(metadata.get("user") or "")
    if user.isascii() and user.isdigit():
        return user
    return CLOCK if metadata.get("task") else COMMAND if metadata.get("command") else NOBODY


def user_names(ids: set[int]) -> dict[int, str]:
    """Names of users, of those who have left too."""
    return {u.pk: str(u) for u in User.objects.filter(pk__in=ids)}


def actor_in_words(actor: str, names: dict[int, str]) -> str:
    """The actor in words."""
    if actor.isdigit():
        return names.get(int(actor)) or _("user No. %(number)s") % {"number": actor}
    return {CLOCK: _("the clock"), COMMAND: _("a command"), OUTSIDE: _("SQL outside Meridian")}.get(
        actor
    ) or _("nobody signed in")
