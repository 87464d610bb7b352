"""What somebody has typed into a form and not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """The words in one form, of one person, about one object: read by nobody else.

    It has no history and no event, and counts in no figure (rules of the programme, section 8). It
    goes when the form is sent, when it is discarded, after 30 days untouched, and with the person's
    erasure.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)  # such as request.answer, engagement.edit
    object_id = models.PositiveBigIntegerField(default=0)  # 0: of something that is yet to be made
    page = models.CharField(max_length=300)  # where the form stands
    version = models.PositiveIntegerField(null=True)  # of the object when the text was begun
    # what was typed, as a browser sends it: a list of texts by the name of the field
    texts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    number = models.PositiveIntegerField(default=1)  # one higher with each saving
    saved_at = models.DateTimeField(default=timezone.now)
    # sent after the session had ended; given back to the person within two hours
    sent_late = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    sent_late_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "form", "object_id"], name="draft_once")
        ]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"{self.form} {self.object_id}"
