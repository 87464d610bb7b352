"""The files that a country sends with its request, by kind: letter, concept note, draft law.

Which kinds there are follows what comparable mechanisms ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.text import Label
from files import content_type
from files.models import Attachment, attach_file

MOST = 10  # files of one kind at once
KINDS: dict[str, Label] = {
    "letter": gettext_lazy("Signed letter"),
    "concept_note": gettext_lazy("Concept note or terms of reference"),
    "draft_law": gettext_lazy("Draft law, or another text that is to be looked at"),
}
HELP: dict[str, Label] = {
    "letter": gettext_lazy("A scan or a photograph, best as PDF. It can also be added later."),
    "concept_note": gettext_lazy("If you have one. You can choose several files."),
    "draft_law": gettext_lazy("If the help is about a text. You can choose several files."),
}


class FilesInput(forms.ClearableFileInput):
    """Where several files are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; its cleaned value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: object = None) -> list[UploadedFile]:
        """Each checked by itself. Raises ValidationError with a sentence a file that does not do."""
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST:
            raise ValidationError(_("Choose at most %(most)s files at once.") % {"most": MOST})
        wrong: list[str] = []
        cleaned = []
        for upload in uploads:
            try:
                cleaned.append(super().clean(upload, initial))
            except ValidationError as error:
                wrong += [f"{upload.name}: {sentence}" for sentence in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return cleaned


def file_fields() -> dict[str, FilesField]:
    """A field a kind."""
    return {
        kind: FilesField(
            label=label,
            required=False,
            help_text=content_type.help_with(HELP[kind]) if kind == "letter" else HELP[kind],
            validators=[content_type.check_upload],
        )
        for kind, label in KINDS.items()
    }


def attach_files(user: User, pk: int, uploads: Mapping[str, Iterable[UploadedFile]]) -> None:
    """Stores what came with a request. Raises ValidationError as `files.models.attach_file` does."""
    for kind, files in uploads.items():
        for upload in files:
            attach_file("request", pk, upload, user, purpose=kind)


def files_by_kind(pk: int) -> list[tuple[Label, list[Attachment]]]:
    """What has come with a request so far, kind by kind; kinds without a file are left out."""
    found: dict[str, list[Attachment]] = {}
    for file in Attachment.objects.of("request", pk).filter(purpose__in=KINDS):
        found.setdefault(file.purpose, []).append(file)
    return [(label, found[kind]) for kind, label in KINDS.items() if kind in found]
