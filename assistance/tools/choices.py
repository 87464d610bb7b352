"""Kinds of tools."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ToolKind(models.TextChoices):
    """What a tool is."""

    REPOSITORY = "repository", _("Repository")
    GUIDE = "guide", _("Guide")
    TOOLKIT = "toolkit", _("Toolkit")
    CURRICULUM = "curriculum", _("Curriculum")
    E_LEARNING = "e-learning", _("E-learning course")
    MODEL_LAW = "model-law", _("Model law")
