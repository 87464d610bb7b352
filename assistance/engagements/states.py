"""The states of an engagement (rules of the programme, section 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EngagementState(models.TextChoices):
    """Where an engagement stands."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    DELIVERED = "delivered", _("Delivered")
    VERIFIED = "verified", _("Verified")
    CANCELLED = "cancelled", _("Cancelled")
    # an imported record of others, without dates or participation
    RECORDED = (
        "recorded",
        _("Recorded"),
    )


AHEAD = (EngagementState.PLANNED, EngagementState.CONFIRMED)
DONE = (EngagementState.DELIVERED, EngagementState.VERIFIED)
# states in which the names of the other countries are no secret
NAMES_SHOWN = (
    EngagementState.CONFIRMED,
    *DONE,
)


def shape_of(state: str) -> str:
    """The class that gives a state its shape on a page."""
    return "done" if state in DONE else "open" if state in AHEAD else ""
