"""Why an action is refused; each carries a sentence for the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm


class DomainError(Exception):
    """The action cannot be taken as asked.

    `errors` maps a field (or `__all__`) to sentences, `detail` is how a program reads them.
    """

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

    def add_to_form(self, form: BaseForm) -> None:
        """Puts the sentences beside the fields that they are about; those about none, on top."""
        for name, sentences in self.errors.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)


class ActionNotAllowed(DomainError):
    """Not this person, or not in this state."""


class EditConflict(DomainError):
    """Somebody else changed the case in the meantime."""
