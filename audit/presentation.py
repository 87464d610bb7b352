"""Values of history in words: names of columns, labels of choices, rows by their names where the
reader may see them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TypeAlias

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.users.models import Role
from audit.registry import subject_of
from core.types import Json

LONG = 160  # characters of a text that stand on the page; the rest is opened
NOTHING = "–"
Column: TypeAlias = "models.Field[object, object]"
Difference: TypeAlias = tuple[Column, object, object]  # before and after


@dataclass(frozen=True)
class Text:
    """A value in words, with its beginning where it is long."""

    whole: str

    @property
    def short(self) -> str:
        """The beginning of a long text; empty for one that is not."""
        return Truncator(self.whole).chars(LONG) if len(self.whole) > LONG else ""


@dataclass(frozen=True)
class Shown:
    """A column with what it held; nothing but its name where values are not the reader's."""

    name: str
    label: str
    old: Json = None  # as the API gives them
    new: Json = None
    before: Text | None = None
    after: Text | None = None


class Wording:
    """Collects which rows a page names, reads them by one query a table, and then says every value."""

    def __init__(self, reader: User) -> None:
        self.reader = reader
        self.needed: dict[type[models.Model], set[object]] = defaultdict(set)
        self.names: dict[type[models.Model], dict[object, str]] = {}

    def need(self, model: type[models.Model], pk: int, differences: Sequence[Difference]) -> None:
        """Notes a row and the rows that its values speak of."""
        self.needed[model].add(pk)
        for column, old, new in differences:
            if (other := other_table(column)) is not None:
                self.needed[other] |= {v for v in (old, new) if v is not None}

    def read(self) -> None:
        """Reads what is needed; rows that the reader may not see stay numbers."""
        for model, ids in self.needed.items():
            rows = self._visible(model).filter(pk__in=ids)
            # a row's words often begin with another's
            ahead = [f.name for f in model._meta.concrete_fields if f.is_relation]
            self.names[model] = {
                row.pk: str(row) for row in (rows.select_related(*ahead) if ahead else rows)
            }

    def _visible(self, model: type[models.Model]) -> models.QuerySet[models.Model]:
        """The rows whose names the reader may see."""
        subject, manager = subject_of(model), model._default_manager
        if subject is not None and (
            self.reader.role == Role.ADMINISTRATOR or subject.managed is not None
        ):
            return subject.values_for(self.reader)
        return manager.visible_to(self.reader) if hasattr(manager, "visible_to") else manager.all()

    def name(self, model: type[models.Model], pk: object, *, sealed: bool = False) -> str:
        """A row in words, or its number."""
        return ("" if sealed else self.names.get(model, {}).get(pk, "")) or _("No. %(number)s") % {
            "number": pk
        }

    def field(self, column: Column, old: object, new: object, *, sealed: bool) -> Shown:
        """A column with its values, or without them."""
        label = str(column.verbose_name)
        if sealed:
            return Shown(column.name, label)
        return Shown(
            column.name,
            label,
            json_value(old),
            json_value(new),
            Text(self.value(column, old)),
            Text(self.value(column, new)),
        )

    def value(self, column: Column, value: object) -> str:
        """A value as the reader reads it."""
        if value is None or value in ("", [], {}):
            return NOTHING
        if (other := other_table(column)) is not None:
            return self.name(other, value)
        if isinstance(value, dict):  # texts by a name, such as the notes of a checklist
            return "; ".join(f"{name}: {text}" for name, text in value.items())
        base = getattr(column, "base_field", column)
        labels = {k: str(v) for k, v in base.flatchoices or ()}
        if isinstance(value, list | tuple):
            return ", ".join(labels.get(v) or self.value(base, v) for v in value)
        return labels.get(value) or value_in_words(column, value)


def other_table(column: Column) -> type[models.Model] | None:
    """The model whose rows a column names; None for a column that names none."""
    return column.related_model if isinstance(column.related_model, type) else None


def value_in_words(column: Column, value: object) -> str:
    """A value of no choice and no other table."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return str(number_format(value, use_l10n=True, force_grouping=True))
    if isinstance(column, models.FileField):
        return PurePosixPath(str(value)).name
    return (
        json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, dict)
        else str(value)
    )


def json_value(value: object) -> Json:
    """A value as JSON can carry it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [json_value(v) for v in value]
    if isinstance(value, dict):
        return {str(k): json_value(v) for k, v in value.items()}
    return value.isoformat() if isinstance(value, date) else str(value)
