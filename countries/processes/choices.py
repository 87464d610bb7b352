"""Kinds of sessions and documents, and levels of delegations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    """What kind of meeting it was; consultations are counted apart."""

    SESSION = "session", _("Session")
    CONSULTATION = "consultation", _("Intersessional consultation")


class DocumentKind(models.TextChoices):
    """What a document before a session is."""

    AGENDA = "agenda", _("Agenda")
    BACKGROUND = "background", _("Background")
    STUDY = "study", _("Study")
    DRAFT_TEXT = "draft_text", _("Draft text")
    RESOLUTION = "resolution", _("Resolution")
    REPORT = "report", _("Report")


class Level(models.TextChoices):
    """Of whom a delegation was led."""

    MINISTER = "minister", _("Minister")
    AMBASSADOR = "ambassador", _("Ambassador or permanent representative")
    SENIOR = "senior", _("Senior official")
    EXPERT = "expert", _("Expert")


DELEGATES = ("women", "men", "other", "unknown")
UN_LANGUAGES = (
    ("ar", "العربية"),
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
)
