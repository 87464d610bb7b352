"""A file that belongs to a request or an engagement."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from files import registry
from files.content_type import checked_type, safe_name

if TYPE_CHECKING:
    from accounts.users.models import User


def random_path(attachment: Attachment, name: str) -> str:
    """Where the bytes go: a random name, spread over folders; the given name is never part of a
    path."""
    mark = secrets.token_hex(20)
    return f"{mark[:2]}/{mark}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files by reader."""

    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Files whose owner the user may see; focal points see only those marked as shared."""
        seen = models.Q(pk__in=[])
        for name in registry.OWNERS.codes():
            shared = (
                models.Q(is_shared=True)
                if user.is_authenticated and user.is_focal_point
                else models.Q()
            )
            seen |= (
                models.Q(
                    owner_type=name, owner_id__in=registry.visible_owners(name, user).values("pk")
                )
                & shared
            )
        return self.filter(seen)

    def of(self, owner_type: str, owner_id: int) -> AttachmentQuerySet:
        """Files of one owner, oldest first."""
        return self.filter(owner_type=owner_type, owner_id=owner_id).order_by("id")


@pghistory.track(
    meta={
        "indexes": [
            models.Index(fields=["owner_type", "owner_id"], name="attachment_history_of_owner")
        ]
    }
)
class Attachment(models.Model):
    """Name, type and hash of a file; its bytes lie outside the web root under a random name."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner_type = models.CharField(max_length=20)
    owner_id = models.PositiveBigIntegerField()
    purpose = models.CharField(max_length=30, blank=True)  # letter, evidence, supplement, …
    is_shared = models.BooleanField(_("the country may read it"), default=True)
    name = models.CharField(_("name"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=random_path)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="attachment_of_owner")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        from django.urls import reverse

        return reverse("file", args=[self.key])


class ParkedFile(models.Model):
    """A file chosen in a form that came back, kept a day for whoever chose it, until the form is
    sent. It has no address."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    body = models.BinaryField()
    parked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["parked_at"], name="parked_file_by_age")]

    def __str__(self) -> str:
        return self.name


def attach_file(
    owner_type: str,
    owner_id: int,
    upload: UploadedFile,
    user: User,
    *,
    purpose: str = "",
    shared: bool = True,
) -> Attachment:
    """Stores an upload. Runs in the caller's transaction; bytes are written first, so a row never
    lacks them.

    Raises ValidationError as `files.content_type.check_upload` does, for an upload that no form has
    put through it before.
    """
    content_type = checked_type(upload)
    upload.seek(0)
    body = upload.read()
    return Attachment.objects.create(
        owner_type=owner_type,
        owner_id=owner_id,
        purpose=purpose,
        is_shared=shared,
        name=safe_name(upload.name or "", content_type),
        content_type=content_type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        content=ContentFile(body, name="upload"),
        added_by=user,
    )
