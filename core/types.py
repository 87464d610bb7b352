"""Types that every app shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

    User: TypeAlias = _User  # of AUTH_USER_MODEL: core knows no app that could name it

# what JSON can hold, as `json.loads` and a JSONField give it
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


class TakesTypes:
    """Mixed into a class of Django's that the type checker is told the models of: at run time
    `Class[Model]` is the class itself."""

    def __class_getitem__(cls, models: object) -> type[Self]:
        return cls
