"""What documents of reports are written in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """What a document is written in."""

    HTML = "html", _("Page")
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


def all_formats() -> list[str]:
    """Every format, as new schedules offer it."""
    return list(Format.values)
