"""What may be chosen in a request."""

from django.db import models
from django.utils.translation import gettext_lazy as _

WRITTEN_IN = [
    ("ar", "العربية"),
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
    ("pt", "Português"),
    ("other", _("another language")),
]


class AssistanceType(models.TextChoices):
    """The kinds of help that can be asked for, and of engagements that can answer."""

    TRAINING = "training_course", _("Training course")
    WORKSHOP = "workshop", _("Workshop")
    ADVISORY = "advisory_mission", _("Advisory mission")
    LEGISLATIVE = "legislative_review", _("Legislative review")
    MENTORING = "mentoring", _("Mentoring")
    EXPERT_MEETING = "expert_meeting", _("Expert meeting")
    EQUIPMENT = "equipment", _("Equipment")
    STUDY = "study", _("Study")
    CAMPAIGN = "awareness_campaign", _("Awareness campaign")
    STUDY_VISIT = "study_visit", _("Study visit")
    PARTICIPATION = "process_participation", _("Support to participation in a process")


class YesNo(models.TextChoices):
    """An answer that may be missing."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class Urgency(models.TextChoices):
    """How much a date matters."""

    ROUTINE = "routine", _("No fixed date")
    DATED = "dated", _("Needed by a date")
    URGENT = "urgent", _("Urgent: a trial, a law or an attack is waiting")


class Channel(models.TextChoices):
    """How the request reached the programme."""

    PORTAL = "portal", _("This site")
    LETTER = "letter", _("Letter")
    EMAIL = "e-mail", _("E-mail")
    MISSION = "mission", _("Permanent mission")


class Publish(models.TextChoices):
    """What the country lets the public see."""

    NOTHING = "nothing", _("Nothing")
    TITLE = "title", _("The title")
    SUMMARY = "summary", _("The title and a summary")


class Priority(models.TextChoices):
    """The manager's word on order."""

    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


class Outcome(models.TextChoices):
    """The country's word at the end."""

    MET = "met", _("Needs met")
    PARTLY = "partly_met", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    NOT_STATED = "not_stated", _("Not stated")


# what the timeline holds beside actions
HAPPENINGS = {
    "message": _("Message"),
    "note": _("Internal note"),
    "assign": _("Case assigned"),
    "hand_over": _("Handed over"),
    "edit": _("Request changed"),
}
