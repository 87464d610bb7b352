"""What an engagement can be, beside its state: how people meet, whose record it is, which kinds
have no participants."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.requests.choices import AssistanceType

WITHOUT_PARTICIPANTS = frozenset(
    {
        AssistanceType.EQUIPMENT,
        AssistanceType.STUDY,
        AssistanceType.LEGISLATIVE,
        AssistanceType.CAMPAIGN,
    }
)


class Modality(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class EarlyReason(models.TextChoices):
    """Why help is given before the request was decided on (rules of the programme, section 3)."""

    SCOPING = "scoping", _("Scoping: to find out what is needed")
    URGENT = "urgent", _("Urgent advice")


class Origin(models.TextChoices):
    """Whose record it is."""

    OWN = "own", _("This programme")
    IMPORTED = "imported", _("Imported record of others")


NUMBERS = ("women", "men", "other", "unknown")  # of participation

MOST_PEOPLE = 1_000_000
