"""A file that an action takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from core.workflow.fields import ActionField
from files.content_type import check_upload


class CheckedFileField(forms.FileField):
    """A file of an allowed kind and size."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raises ValidationError as `files.content_type.check_upload` does."""
        upload = super().clean(data, initial)
        if upload:
            check_upload(upload)
        return upload


@dataclass(frozen=True, kw_only=True)
class File(ActionField):
    """One file; the event keeps where it is and what it is called."""

    code: ClassVar[str] = "file"
    is_file: ClassVar[bool] = True

    def form_field(self, subject: Any, action: str = "") -> forms.Field:
        """Checked before it is taken."""
        return CheckedFileField(**self.of_form)

    def wrong_shape(self, value: Any) -> str:
        """JSON carries no file."""
        return _("Send the file as multipart/form-data.")
