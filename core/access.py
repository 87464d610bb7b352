"""Which countries and programmes are a user's: asked here, answered by the apps above that know
(registered when ready)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from core.registry import Registry

IdsOf = Callable[[Any], QuerySet[Any]]  # from a user to a queryset of ids
ACCESS: Registry[IdsOf] = Registry("questions of access")  # “countries”, “clearing”, “programmes”


def country_ids(user: Any) -> QuerySet[Any]:
    """Ids of the countries for which the user is an active focal point today."""
    return ACCESS.get("countries")(user)


def clearing_ids(user: Any) -> QuerySet[Any]:
    """Ids of the countries for which the user may clear what others submit."""
    return ACCESS.get("clearing")(user)


def programme_ids(user: Any) -> QuerySet[Any]:
    """Ids of the programmes in which the user is an active member of staff today."""
    return ACCESS.get("programmes")(user)
