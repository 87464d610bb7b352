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


class Stage(models.TextChoices):
    """How far what is supported has come in the country. Source: the field's own scale of four."""

    INTRODUCING = "introducing", _("Introducing")
    PLANNING = "planning", _("Planning")
    IMPLEMENTING = "implementing", _("Implementing")
    MAINTAINING = "maintaining", _("Maintaining")


class GenderMarker(models.IntegerChoices):
    """The gender equality marker of the United Nations: four points. It is not the marker of the OECD,
    which has three."""

    NONE = 0, _("0: does not contribute")
    LIMITED = 1, _("1: contributes in a limited way")
    SIGNIFICANT = 2, _("2: a significant objective")
    PRINCIPAL = 3, _("3: the principal objective")


class SdgTarget(models.TextChoices):
    """Targets of the Sustainable Development Goals to which such work contributes (A/RES/70/1)."""

    T5_2 = "5.2", _("5.2 Violence against women and girls")
    T5_B = "5.b", _("5.b Technology that empowers women")
    T8_7 = "8.7", _("8.7 Forced labour and trafficking")
    T16_2 = "16.2", _("16.2 Violence against children")
    T16_3 = "16.3", _("16.3 Rule of law and access to justice")
    T16_4 = "16.4", _("16.4 Organized crime and illicit flows")
    T16_6 = "16.6", _("16.6 Effective and accountable institutions")
    T16_10 = "16.10", _("16.10 Fundamental freedoms and access to information")
    T16_A = "16.a", _("16.a National institutions that prevent violence and crime")
    T17_9 = "17.9", _("17.9 Capacity-building")
    T17_16 = "17.16", _("17.16 Partnership for development")


NUMBERS = ("women", "men", "other", "unknown")  # of participation

MOST_PEOPLE = 1_000_000
