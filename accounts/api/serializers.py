"""People as the API shows them, and who writes through a serializer."""

from __future__ import annotations

from typing import Any, TypedDict

from rest_framework import serializers

from accounts.users.models import User


def writer_of(serializer: serializers.BaseSerializer[Any]) -> User | None:
    """Who writes through a serializer; None for strangers, and where only its shape is asked for, as for the schema."""
    user = getattr(serializer.context.get("request"), "user", None)
    described = getattr(serializer.context.get("view"), "swagger_fake_view", False)
    return user if user is not None and user.is_authenticated and not described else None


class PersonData(TypedDict):
    """Somebody, as JSON names them."""

    id: int
    name: str


def person_data(user: User | None) -> PersonData | None:
    """Somebody by id and name."""
    return {"id": user.pk, "name": user.name} if user is not None else None


class PersonSerializer(serializers.Serializer[User]):
    """Somebody."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class OfficerSerializer(PersonSerializer):
    """A member of staff."""

    email = serializers.EmailField()
