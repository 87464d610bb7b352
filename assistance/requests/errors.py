"""Why an action is refused; each carries a sentence for the person."""

from __future__ import annotations


class Refused(Exception):
    """The action cannot be taken as asked. `errors` maps a field (or `__all__`) to sentences."""

    def __init__(self, message: object, field: str = "__all__") -> None:
        super().__init__(str(message))
        self.errors: dict[str, list[str]] = {field: [str(message)]}


class NotAllowed(Refused):
    """Not this person, or not in this state."""


class Conflict(Refused):
    """Somebody else changed the case in the meantime."""
