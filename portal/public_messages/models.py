"""Messages of strangers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Programme
from countries.models import Country
from portal.public_messages.querysets import MessageQuerySet

LONGEST_NAME = 200  # characters
LONGEST_TEXT = 3000


class PublicMessage(models.Model):
    """A message that a stranger wrote to a programme, perhaps for a country's focal points.

    It comes in through a function of the database (`portal/public/wall/functions.py`), is read by the
    programme's staff, forwarded or set aside, and erased after 90 days (`services.KEPT_DAYS`). It
    is in no history, search or export.
    """

    class State(models.TextChoices):
        """What became of it."""

        NEW = "new", _("not handled yet")
        FORWARDED = "forwarded", _("forwarded")
        SET_ASIDE = "set_aside", _("set aside")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    # whose focal points are meant; none: the programme alone
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    sender = models.CharField(_("sender"), max_length=LONGEST_NAME)
    reply_to = models.EmailField(_("e-mail address"))
    text = models.TextField(_("message"), max_length=LONGEST_TEXT)
    language = models.CharField(max_length=10)
    # by which one address is limited: keyed, so that it leads back to none
    address_digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)  # when staff were told
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name = _("message of the public")
        verbose_name_plural = _("messages of the public")
        indexes = [
            models.Index(fields=["address_digest", "received_at"], name="public_message_limit"),
            models.Index(fields=["programme", "-received_at"], name="public_message_of"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.received_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("public_message", args=[self.pk])
