"""Which model stands behind an owner's name; registered by the apps above when they are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet

from core.registry import Registry

if TYPE_CHECKING:
    from accounts.users.models import User

# models whose manager offers `visible_to(user)`
OWNERS: Registry[type[Model]] = Registry("owners of files")


def visible_owners(name: str, user: User) -> QuerySet[Model]:
    """The owners of this kind that the user may see.

    Raises KeyError for a kind that nobody registered.
    """
    rows = OWNERS.get(name)._default_manager.all()
    visible: QuerySet[Model] = rows.visible_to(user)  # type: ignore[attr-defined]
    return visible
