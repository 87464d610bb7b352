"""Which model stands behind an owner's name; registered by the apps above when they are ready."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

_owners: dict[str, type[Model]] = {}


def register(name: str, model: type[Model]) -> None:
    """The model's manager must offer `visible_to(user)`."""
    _owners[name] = model


def visible(name: str, user: Any) -> QuerySet[Any]:
    """The owners of this kind that the user may see. Raises KeyError for a kind that nobody registered."""
    return _owners[name]._default_manager.all().visible_to(user)  # type: ignore[attr-defined]
