"""Which countries and programmes are a user's: asked here, answered by the apps above that know
(registered when ready)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Expression, F, Model, QuerySet
from django.utils import timezone

from core.registry import Registry

if TYPE_CHECKING:
    from core.types import User

Ids: TypeAlias = "QuerySet[Model, int]"  # rows of one column
# of a user, by id, on a day
IdsOf: TypeAlias = "Callable[[int | Expression | F, date | Expression], Ids]"
ACCESS: Registry[IdsOf] = Registry("questions of access")  # those of `QUESTIONS`


@dataclass(frozen=True)
class Access:
    """What is a user's today, by ids: the countries that they speak for, those of them for which
    they may clear what others submit, the programmes that they work for, and those that they manage.

    Who signed in has it with their row, so that a request asks once (`accounts/current_user.py`).
    """

    countries: frozenset[int] = frozenset()
    clearing: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()
    managed: frozenset[int] = frozenset()

    @classmethod
    def of_columns(cls, columns: Iterable[Iterable[int] | None]) -> Access:
        """Of the answers to `QUESTIONS`, as the database gives them."""
        return cls(*(frozenset(ids or ()) for ids in columns))


QUESTIONS = tuple(question.name for question in fields(Access))


def _ids(question: str, user: User | AnonymousUser) -> frozenset[int]:
    """The answer that the user came with, or the one of now; a stranger has none."""
    if isinstance(user, AnonymousUser):
        return frozenset()
    if user.access is not None:
        return cast("frozenset[int]", getattr(user.access, question))
    return frozenset(ACCESS.get(question)(user.pk, timezone.now().date()))


def country_ids(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the countries for which the user is an active focal point today."""
    return _ids("countries", user)


def clearing_ids(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the countries for which the user may clear what others submit."""
    return _ids("clearing", user)


def programme_ids(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the programmes in which the user is an active member of staff today."""
    return _ids("programmes", user)


def managed_ids(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the programmes of which the user is an active manager today."""
    return _ids("managed", user)
