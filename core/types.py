"""Types that every app shares."""

from __future__ import annotations

from typing import TypeAlias

# what JSON can hold, as `json.loads` and a JSONField give it
Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"
JsonObject: TypeAlias = "dict[str, Json]"
