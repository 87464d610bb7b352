"""Which countries and programmes are a user's: asked here, answered by the apps above that know
(registered when ready)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Model, QuerySet

from core.registry import Registry

if TYPE_CHECKING:
    from core.types import User

Ids: TypeAlias = "QuerySet[Model, Mapping[str, object]]"  # rows of one column
IdsOf: TypeAlias = "Callable[[User], Ids]"
ACCESS: Registry[IdsOf] = Registry("questions of access")  # “countries”, “clearing”, “programmes”


def country_ids(user: User) -> Ids:
    """Ids of the countries for which the user is an active focal point today."""
    return ACCESS.get("countries")(user)


def clearing_ids(user: User) -> Ids:
    """Ids of the countries for which the user may clear what others submit."""
    return ACCESS.get("clearing")(user)


def programme_ids(user: User) -> Ids:
    """Ids of the programmes in which the user is an active member of staff today."""
    return ACCESS.get("programmes")(user)
