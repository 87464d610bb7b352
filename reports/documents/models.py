"""Stored documents of reports."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models

from core.db.compressed import CompressedField
from reports.documents.choices import Format
from reports.editions.choices import Audience
from reports.editions.models import ReportEdition
from reports.reports.immutability import rows_stay
from reports.reports.models import ReportRevision


@pghistory.track(exclude=["content"])
class ReportDocument(models.Model):
    """The stored bytes of a revision in one language and format: the record."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(ReportRevision, models.PROTECT, related_name="documents")
    language = models.CharField(max_length=10)
    format = models.CharField(max_length=6, choices=Format.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    # none for the internal one
    edition = models.ForeignKey(
        ReportEdition, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    content = CompressedField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["revision", "language", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "language", "format", "audience"], name="document_once"
            )
        ]
        triggers = [rows_stay("documents")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.language} {self.format}"
