"""People outside the programme: who attended, and whom to ask in a country. Kept apart from cases
and figures, each until a date.

No figure and no report reads these rows (participation is counted by country and sex in
`engagements/`). History keeps that a row was added, changed or removed, never the name, function,
address or number: these stand here only, and can be erased.
"""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.engagements.part_models import EngagementPart
from assistance.participants.querysets import PersonQuerySet
from assistance.programmes.models import Programme
from core.db.tracking import ANY_CHANGE
from core.encryption import DecryptionFailed, EncryptedField, blind_index
from countries.models import Country

USER = settings.AUTH_USER_MODEL
PERSONAL = ("name", "institution", "function", "email", "phone", "identity")


class Sex(models.TextChoices):
    """As participation counts it."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("not known")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=ANY_CHANGE),
    pghistory.DeleteEvent(),
    exclude=list(PERSONAL),
)
class Person(models.Model):
    """A participant or contact as one programme knows them.

    E-mail and telephone are encrypted; after `keep_until` nothing personal is left.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="persons")
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", verbose_name=_("country")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    email = EncryptedField(_("e-mail"), blank=True, default="")
    phone = EncryptedField(_("telephone"), blank=True, default="")
    # keyed hash of the e-mail: finds somebody again without reading
    identity = models.CharField(max_length=64, blank=True, editable=False)
    may_be_asked = models.BooleanField(_("agrees to be asked again later"), default=False)
    is_contact = models.BooleanField(_("contact of the programme"), default=False)
    keep_until = models.DateField(_("kept until"))
    recorded_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["country__iso3", "id"]
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            models.Index(
                fields=["programme", "country"],
                name="person_contacts",
                condition=Q(is_contact=True),
            ),
            models.Index(
                fields=["keep_until"], name="person_to_erase", condition=Q(erased_at__isnull=True)
            ),
            models.Index(
                fields=["programme", "identity"],
                name="person_by_identity",
                condition=~Q(identity=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    name="",
                    institution="",
                    function="",
                    email="",
                    phone="",
                    identity="",
                    is_contact=False,
                ),
                name="person_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | ~Q(name=""),
                name="person_has_name",
                violation_error_message=_("Write the person's name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("erased"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the mark by which the e-mail is found again."""
        self.mark()
        super().save(*args, **kwargs)

    def mark(self) -> None:
        """Makes the mark anew; for who saves in bulk.

        Of an address that no key opens the mark that it has stays.
        """
        if isinstance(self.email, DecryptionFailed):
            return
        self.identity = blind_index("email", self.email)[0] if self.email else ""


@pghistory.track()
class Attendance(models.Model):
    """A person took part in one part of an engagement."""

    part = models.ForeignKey(EngagementPart, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "person"],
                name="attendance_once",
                violation_error_message=_("This person is in the list already."),
            )
        ]
        indexes = [models.Index(fields=["person"], name="attendance_of_person")]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.person_id}"
