"""A list with its filters, kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Programme
from core import access

if TYPE_CHECKING:
    from accounts.users.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views by reader."""

    def visible_to(self, user: User) -> SavedViewQuerySet:
        """One's own; staff also those that are shared with a programme of theirs."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(owner_id=user.pk)
        if user.is_programme_staff:
            own |= Q(is_shared=True, programme__in=access.programme_ids(user))
        return self.filter(own)


class SavedView(models.Model):
    """Filters and order of a list, as codes: no rows. It is run as whoever opens it (rules of the
    programme, section 4)."""

    class List(models.TextChoices):
        """Which list, by the name of its address."""

        REQUESTS = "requests", _("Requests")
        ENGAGEMENTS = "engagements", _("Engagements")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list = models.CharField(max_length=20, choices=List.choices)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)  # as in the list's address
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["owner", "list", "name"], name="saved_view_name_once"),
            models.CheckConstraint(
                condition=Q(is_shared=False) | Q(programme__isnull=False),
                name="saved_view_shared_with_a_programme",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is opened."""
        return reverse("saved_view", args=[self.pk])
