"""The form of an action, made from its fields.

Pages and API validate through the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from core.validators import PrintableFormMixin
from core.workflow.actions import Action, T
from core.workflow.engine import Event, Workflow
from core.workflow.fields import ActionField

if TYPE_CHECKING:
    from core.types import User


class ActionForm(PrintableFormMixin, forms.Form):
    """One form field a field of the action; the cleaned values are what `Workflow.perform` takes."""

    def __init__(
        self,
        action_fields: Sequence[ActionField],
        subject: object,
        user: User,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        initial: Mapping[str, object] | None = None,
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
    workflow: Workflow[T, Event],
    action: Action,
    subject: T,
    user: User,
    data: Mapping[str, object] | None = None,
    files: MultiValueDict[str, UploadedFile] | None = None,
) -> ActionForm:
    """The form of an action, with the evidence where somebody stands in for its side, and with what
    is likely filled in."""
    on_behalf = workflow.is_on_behalf(user, action)
    action_fields = workflow.fields_of(action, subject, on_behalf=on_behalf)
    likely = dict(action.initial(subject, user)) if data is None and action.initial else {}
    return ActionForm(action_fields, subject, user, data, files, likely, code=action.code)
