"""A file that an action takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.workflow.fields import ActionField
from files.content_type import check_upload


class CheckedFileField(forms.FileField):
    """A file of an allowed kind and size."""

    def clean(self, data: object, initial: object = None) -> UploadedFile | None:
        """Raises ValidationError as `files.content_type.check_upload` does."""
        upload: UploadedFile | None = super().clean(data, initial)
        if upload:
            check_upload(upload)
        return upload


@dataclass(frozen=True, kw_only=True)
class File(ActionField):
    """One file; the event keeps where it is and what it is called."""

    code: ClassVar[str] = "file"
    is_file: ClassVar[bool] = True

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """Checked before it is taken."""
        return CheckedFileField(**self.of_form)

    def wrong_shape(self, value: object) -> str:
        """JSON carries no file."""
        return _("Send the file as multipart/form-data.")
