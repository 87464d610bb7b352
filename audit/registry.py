"""Whose history can be read, told by the apps above when they are ready; and of which tables a
record's history consists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.users.models import Role, User
from audit.verification import tracked_models
from core.registry import Registry

if TYPE_CHECKING:
    from audit.types import HistoryRow


@dataclass(frozen=True)
class Part:
    """Rows that belong to a record without a foreign key that falls with it: the column that names
    the record, and what else must hold."""

    model: type[models.Model]
    column: str
    where: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Subject:
    """A kind of record whose history can be read. Its code stands in the address."""

    code: str
    model: type[models.Model]
    _: KW_ONLY
    # the rows whose history a manager reads; None: administrators alone
    managed: Callable[[User], QuerySet[models.Model]] | None = None
    sealed: bool = False  # administrators read who, when and which fields, and no value
    by: tuple[str, ...] = ()  # columns by which one is found, beside its id
    parts: tuple[Part, ...] = ()
    # before this instant values were not the reader's yet
    shown_from: Callable[[int], datetime | None] | None = None

    @property
    def label(self) -> str:
        """As the reader calls it."""
        return str(self.model._meta.verbose_name)

    def values_for(self, reader: User) -> QuerySet[models.Model]:
        """The rows whose values this reader of histories may see."""
        everything = self.model._default_manager.all()
        if reader.role == Role.ADMINISTRATOR:
            return everything.none() if self.sealed else everything
        if reader.role == Role.MANAGER and self.managed is not None:
            return self.managed(reader)
        return everything.none()


@dataclass(frozen=True)
class Record:
    """One record as its reader may see it."""

    subject: Subject
    pk: int
    title: str
    sealed: bool  # no value is shown
    shown_from: datetime | None  # values of changes before this instant are not shown


@dataclass(frozen=True)
class Source:
    """A table of history, and which of its rows speak of one record."""

    model: type[models.Model]
    history: type[HistoryRow]
    of: Callable[[int], Q]

    def rows(self, pk: int) -> QuerySet[HistoryRow]:
        """The record's rows in this table."""
        return self.history.objects.filter(self.of(pk))


SUBJECTS: Registry[Subject] = Registry("records whose history can be read")


def register_subjects(subjects: Iterable[Subject]) -> None:
    """Makes the histories of an app's records readable, each under its own code."""
    for subject in subjects:
        SUBJECTS.register(subject.code, subject)


def subjects_for(reader: User) -> list[Subject]:
    """What this reader may look for, by name."""
    found = [s for s in SUBJECTS if reader.role == Role.ADMINISTRATOR or s.managed is not None]
    return sorted(found, key=lambda s: s.label)


def subject_of(model: type[models.Model]) -> Subject | None:
    """The subject that these rows are."""
    return next((s for s in SUBJECTS if s.model is model), None)


def history_of(model: type[models.Model]) -> type[HistoryRow]:
    """The history of a model. Raises KeyError for one without."""
    return histories()[model]


@cache
def histories() -> dict[type[models.Model], type[HistoryRow]]:
    """Every tracked model and its history."""
    return dict(tracked_models())


def open_record(code: str, pk: int, reader: User) -> Record | None:
    """The record for this reader; None where there is none or they may not know of it.

    Administrators open what is gone too, and what is sealed to them by its number alone: this is
    the one place that looks past `visible_to`, and it shows no value.
    """
    subject = next((s for s in subjects_for(reader) if s.code == code), None)
    if subject is None or pk > 2**63 - 1:
        return None
    row = subject.values_for(reader).filter(pk=pk).first()
    if row is not None:
        return Record(
            subject, pk, str(row), False, subject.shown_from(pk) if subject.shown_from else None
        )
    if (
        reader.role != Role.ADMINISTRATOR
        or not history_of(subject.model).objects.filter(pgh_obj_id=pk).exists()
    ):
        return None
    return Record(subject, pk, _("No. %(number)s") % {"number": pk}, subject.sealed, None)


def find_record(code: str, wanted: str, reader: User) -> Record | None:
    """The record that somebody means by an id, a reference, a code or an address; None as in
    `open_record`."""
    subject = next((s for s in subjects_for(reader) if s.code == code), None)
    wanted = wanted.strip()
    if subject is None or not wanted or "\x00" in wanted:
        return None
    condition = Q(pk__in=[])
    for column in subject.by:
        condition |= Q(**{f"{column}__iexact": wanted})
    rows = (
        subject.model._default_manager.all()
        if reader.role == Role.ADMINISTRATOR
        else subject.values_for(reader)
    )
    known = rows.filter(condition).values_list("pk", flat=True).first() if subject.by else None
    if known is not None:
        return open_record(code, known, reader)
    return (
        open_record(code, int(wanted), reader)
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 20
        else None
    )


@cache
def history_sources(code: str) -> tuple[Source, ...]:
    """The tables of a subject's history: its own, those of rows that would fall with it, and the
    parts that it names. Always in the same order."""
    subject = SUBJECTS.get(code)
    known = histories()
    conditions: dict[type[models.Model], list[Callable[[int], Q]]] = {}
    for model, condition in _tree(subject.model, lambda pk: Q(pgh_obj_id=pk), (subject.model,)):
        conditions.setdefault(model, []).append(condition)
    for part in subject.parts:
        for model, condition in _tree(
            part.model, _named(part.column, dict(part.where)), (subject.model, part.model)
        ):
            conditions.setdefault(model, []).append(condition)
    return tuple(Source(model, known[model], _any(found)) for model, found in conditions.items())


def _tree(
    model: type[models.Model], condition: Callable[[int], Q], above: tuple[type[models.Model], ...]
) -> Iterator[tuple[type[models.Model], Callable[[int], Q]]]:
    """A model with its condition, then everything that falls with its rows.

    A part is known by what its own history says that it belonged to, so that parts that are gone
    count, and a part that once belonged to another record shows there what it was there.
    """
    known = histories()
    yield model, condition
    for relation in model._meta.related_objects:
        child = relation.related_model
        if (
            child not in known
            or child in above
            or getattr(relation, "on_delete", None) is not models.CASCADE
        ):
            continue
        column = relation.field.attname
        inner = (
            _named(column, {})
            if len(above) == 1 and model is above[0]
            else _below(column, known[model], condition)
        )
        yield from _tree(child, inner, (*above, child))


def _named(column: str, where: Mapping[str, object]) -> Callable[[int], Q]:
    """Rows whose column holds the record's id."""
    return lambda pk: Q(**{column: pk}, **where)


def _below(
    column: str, history: type[HistoryRow], condition: Callable[[int], Q]
) -> Callable[[int], Q]:
    """Rows of a part's part."""
    return lambda pk: Q(
        **{f"{column}__in": history.objects.filter(condition(pk)).values("pgh_obj_id")}
    )


def _any(conditions: list[Callable[[int], Q]]) -> Callable[[int], Q]:
    """Rows for which one of them holds."""

    def either(pk: int) -> Q:
        found = Q()
        for condition in conditions:
            found |= condition(pk)
        return found

    return either


register_subjects([Subject("user", User, by=("email",))])
