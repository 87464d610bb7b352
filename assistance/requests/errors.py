"""Why an action is refused; each carries a sentence for the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """The action cannot be taken as asked. `errors` maps a field (or `__all__`) to sentences, `detail` is how a program reads them."""

    def __init__(self, message: object, field: str = "__all__") -> None:
        super().__init__(str(message))
        self.errors: dict[str, list[str]] = {field: [str(message)]}
        self.detail: dict[str, Any] = self.errors

    @classmethod
    def for_fields(cls, sentences: Mapping[str, str]) -> DomainError:
        """A refusal with a sentence a field."""
        refusal = cls(next(iter(sentences.values())))
        refusal.errors = refusal.detail = {name: [sentence] for name, sentence in sentences.items()}
        return refusal


class ActionNotAllowed(DomainError):
    """Not this person, or not in this state."""


class EditConflict(DomainError):
    """Somebody else changed the case in the meantime."""
