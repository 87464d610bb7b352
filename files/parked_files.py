"""Files chosen in a form that came back: they stay chosen, for a day, for whoever chose them alone.

They have no address. Source: the rules of the programme, section 8.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models import Sum
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from accounts.types import AuthenticatedRequest
from files.content_type import checked_type, safe_name
from files.models import ParkedFile

KEPT = timedelta(days=1)
MOST = 50 * 1024 * 1024  # bytes of one person
PREFIX = "parked_"  # of the box that says that a file chosen before is still wanted


class ParkedUpload(SimpleUploadedFile):
    """A file that was parked, as a form takes it."""

    def __init__(self, parked: ParkedFile) -> None:
        super().__init__(parked.name, bytes(parked.body), parked.content_type)
        self.parked = parked


@dataclass(frozen=True)
class ChosenFile:
    """What a page shows of a file that is still chosen."""

    name: str  # of the box
    key: uuid.UUID
    file_name: str
    size: int  # bytes


def files_sent(request: AuthenticatedRequest) -> MultiValueDict[str, UploadedFile]:
    """The files of a form: those chosen before that are still wanted, then those chosen now, of
    which a field for one file takes the last."""
    files: MultiValueDict[str, UploadedFile] = MultiValueDict(dict(request.FILES.lists()))
    for name in request.POST:
        field = name.removeprefix(PREFIX)
        if name == field:
            continue
        parked = parked_by(request.user, request.POST.getlist(name))
        if parked:
            before: list[UploadedFile] = [ParkedUpload(file) for file in parked]
            files.setlist(field, [*before, *files.getlist(field)])
    return files


def parked_by(user: User, keys: list[str]) -> list[ParkedFile]:
    """Somebody's own parked files; what is no key, or another's, is none."""
    known = [uuid.UUID(key) for key in keys[:20] if is_key(key)]
    fresh = ParkedFile.objects.filter(user=user, parked_at__gt=timezone.now() - KEPT)
    return list(fresh.filter(key__in=known).order_by("pk"))


def is_key(text: str) -> bool:
    """Whether a text can be a key at all."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def park_files(request: AuthenticatedRequest, form: forms.BaseForm) -> None:
    """Keeps the files of a form that comes back, each of which is right in itself, and has the page
    show them as chosen."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.FileField) or name in form.errors:
            continue
        given = form.add_prefix(name)
        chosen = form.files.getlist(given)
        if not getattr(field.widget, "allow_multiple_selected", False):
            chosen = chosen[-1:]
        kept = [parked_file(request.user, upload) for upload in chosen]
        field.parked = [  # type: ignore[attr-defined]  # read by templates/parts/field.html
            ChosenFile(PREFIX + given, file.key, file.name, file.size) for file in kept if file
        ]


def parked_file(user: User, upload: UploadedFile) -> ParkedFile | None:
    """An upload, parked; None where the person has parked too much already."""
    if isinstance(upload, ParkedUpload):
        return upload.parked
    held = ParkedFile.objects.filter(user=user).aggregate(held=Sum("size"))["held"] or 0
    if held + (upload.size or 0) > MOST:
        return None
    content_type = checked_type(upload)
    upload.seek(0)
    body = upload.read()
    return ParkedFile.objects.create(
        user=user,
        name=safe_name(upload.name or "", content_type),
        content_type=content_type,
        size=len(body),
        body=body,
    )


def forget_parked(request: AuthenticatedRequest) -> None:
    """The form was sent: what it had parked is gone."""
    keys = [
        key
        for name in request.POST
        if name.startswith(PREFIX)
        for key in request.POST.getlist(name)
        if is_key(key)
    ]
    if keys:
        ParkedFile.objects.filter(user=request.user, key__in=keys).delete()


def remove_old_parked(now: datetime | None = None) -> int:
    """Removes what was parked for more than a day. Returns how many files."""
    before = (now or timezone.now()) - KEPT
    return int(ParkedFile.objects.filter(parked_at__lt=before).delete()[0])
