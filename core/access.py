"""Which countries and programmes are a user's: asked here, answered by the apps above that know
(registered when ready)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Expression, F, Model, Q, QuerySet
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
    """What is a user's today, by ids: the countries that they speak for, with which programmes
    (`pair`), for which of these they may clear what others submit; the programmes that they work for,
    and those that they manage.

    Who signed in has it with their row, so that a request asks once (`accounts/current_user.py`).
    """

    countries: frozenset[int] = frozenset()
    designated: frozenset[int] = frozenset()
    clearing: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()
    managed: frozenset[int] = frozenset()

    @classmethod
    def of_columns(cls, columns: Iterable[Iterable[int] | None]) -> Access:
        """Of the answers to `QUESTIONS`, as the database gives them."""
        return cls(*(frozenset(ids or ()) for ids in columns))


# more than any id of a programme: a country and a programme are one number
PAIRED = 1 << 32
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


def pair(country_id: int, programme_id: int) -> int:
    """A country and a programme as one number, so that sets of them are arrays of the database."""
    return country_id * PAIRED + programme_id


def of_pair(number: int) -> tuple[int, int]:
    """Country and programme of a number."""
    return divmod(number, PAIRED)


def designated_pairs(user: User | AnonymousUser) -> frozenset[int]:
    """The countries for which the user is an active focal point today, with the programmes for which
    they are (`pair`)."""
    return _ids("designated", user)


def clearing_pairs(user: User | AnonymousUser) -> frozenset[int]:
    """Of these, those in which the user may clear what others submit."""
    return _ids("clearing", user)


def designated_programmes(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the programmes for which the user is a focal point today, of whatever country."""
    return frozenset(of_pair(number)[1] for number in designated_pairs(user))


def speaks_for(user: User | AnonymousUser, country_id: int, programme_id: int) -> bool:
    """Whether the user is a focal point of this country for this programme today."""
    return pair(country_id, programme_id) in designated_pairs(user)


def countries_for(user: User | AnonymousUser, programme_id: int) -> frozenset[int]:
    """Ids of the countries for which the user is a focal point for this programme today."""
    pairs = map(of_pair, designated_pairs(user))
    return frozenset(country for country, programme in pairs if programme == programme_id)


def rows_of_pairs(
    pairs: Iterable[int], path: str = "programme", country_path: str = "country"
) -> Q:
    """The condition that a row's country and programme, at these paths, are one of these; none for
    no pair. Few conditions: countries with the same programmes stand together."""
    programmes: dict[int, set[int]] = {}
    for number in pairs:
        country, programme = of_pair(number)
        programmes.setdefault(country, set()).add(programme)
    countries: dict[frozenset[int], list[int]] = {}
    for country, found in sorted(programmes.items()):
        countries.setdefault(frozenset(found), []).append(country)
    condition = Q(pk__in=())
    for of_them, together in countries.items():
        condition |= Q(**{f"{country_path}__in": together, f"{path}__in": sorted(of_them)})
    return condition


def programme_ids(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the programmes in which the user is an active member of staff today."""
    return _ids("programmes", user)


def managed_ids(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the programmes of which the user is an active manager today."""
    return _ids("managed", user)
