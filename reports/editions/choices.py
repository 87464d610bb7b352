"""For whom documents of reports are made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who a document is for."""

    INTERNAL = "internal", _("internal")
    DONOR = "donor", _("for the donor")
    COUNTRY = "country", _("for the country")
    PUBLIC = "public", _("public")
