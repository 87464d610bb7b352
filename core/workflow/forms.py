"""The form of an action, made from its fields.

Pages and API validate through the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.validators import PrintableFormMixin
from core.workflow.actions import Action
from core.workflow.engine import Workflow
from core.workflow.fields import ActionField


class ActionForm(PrintableFormMixin, forms.Form):
    """One form field a field of the action; the cleaned values are what `Workflow.perform` takes."""

    def __init__(
        self,
        action_fields: Sequence[ActionField],
        subject: Any,
        user: Any,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
        *,
        code: str = "",
    ) -> None:
        super().__init__(data, files, initial=initial)  # type: ignore[arg-type]
        self.action_fields, self.subject, self.user = tuple(action_fields), subject, user
        for field in self.action_fields:
            self.fields[field.name] = field.form_field(subject, code)

    @property
    def has_rows(self) -> bool:
        """Whether there is a table in it, which wants the whole width of the page."""
        return any(field.is_table for field in self.action_fields)


def form_for(
    workflow: Workflow[Any],
    action: Action,
    subject: Any,
    user: Any,
    data: Mapping[str, Any] | None = None,
    files: Any = None,
) -> ActionForm:
    """The form of an action, with the evidence where somebody stands in for its side, and with what
    is likely filled in."""
    on_behalf = workflow.is_on_behalf(user, action)
    action_fields = workflow.fields_of(action, subject, on_behalf=on_behalf)
    likely = dict(action.initial(subject, user)) if data is None and action.initial else {}
    return ActionForm(action_fields, subject, user, data, files, likely, code=action.code)
