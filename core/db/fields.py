"""Asking a model about its columns."""

from __future__ import annotations

from django.db import models


def column_of(model: type[models.Model], name: str) -> models.Field[object, object]:
    """A column of a model. Raises FieldDoesNotExist, and TypeError for a relation that has none
    here."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field
