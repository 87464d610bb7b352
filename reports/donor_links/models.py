"""Links for donors, and each time that one was opened."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.donor_links.querysets import DonorLinkQuerySet
from reports.reports.models import Report


@pghistory.track(exclude=["digest"])
class DonorLink(models.Model):
    """An address that opens the donor's edition in force of a report, until a day.

    Its key is kept as a digest and shown once. It opens nothing else.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="donor_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ends_on = models.DateField(_("last day"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # before its last day

    objects = DonorLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("link for a donor")
        verbose_name_plural = _("links for donors")

    def __str__(self) -> str:
        return f"{self.report_id} until {self.ends_on}"

    @property
    def is_alive(self) -> bool:
        """Whether it opens something today (UTC)."""
        return self.ended_at is None and self.ends_on >= timezone.now().date()


class DonorLinkOpening(models.Model):
    """That a link was opened: the page, or a document of it; once an hour from an address. Never
    changed or removed."""

    link = models.ForeignKey(DonorLink, models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField(default=timezone.now)
    document = models.CharField(max_length=40, blank=True)  # such as en.pdf; empty: the page
    # keyed, so that it tells visitors apart and leads back to none
    address_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-opened_at", "-id"]
        verbose_name = _("opening of a link")
        verbose_name_plural = _("openings of links")
        triggers = [
            pgtrigger.Protect(
                name="donor_link_opening_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.opened_at:%Y-%m-%d}"
