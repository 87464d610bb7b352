"""Making and ending links for donors.

Source: the rules of the programme, section 11: a donor reads its edition by a link that ends, every
opening recorded.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.tokens.models import key_digest
from core import access
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.donor_links.models import DonorLink
from reports.editions.choices import Audience
from reports.editions.models import ReportEdition
from reports.reports.models import Report

USUAL_DAYS, MOST_DAYS = 90, 366


def has_donor_edition(report: Report) -> bool:
    """Whether an edition for a donor is in force."""
    return ReportEdition.objects.filter(
        revision__report=report, audience=Audience.DONOR, is_current=True
    ).exists()


@transaction.atomic
def make_link(user: User, report: Report, ends_on: date) -> tuple[DonorLink, str]:
    """A new link and its key, which is not kept and cannot be shown again.

    Raises ActionNotAllowed for who does not manage the programme, DomainError for a report without
    a published edition for a donor, and for a last day that is past or too far ahead.
    """
    if report.version.schedule.programme_id not in access.managed_ids(user):
        raise ActionNotAllowed(_("Links for donors are made by managers of the programme."))
    if not has_donor_edition(report):
        raise DomainError(_("This report has no published edition for a donor."))
    today = timezone.now().date()
    if not today <= ends_on <= today + timedelta(days=MOST_DAYS):
        raise DomainError(
            _("Choose a last day from today on, within %(days)s days.") % {"days": MOST_DAYS},
            "ends_on",
        )
    key = secrets.token_urlsafe(32)
    link = DonorLink.objects.create(
        report=report, digest=key_digest(key), ends_on=ends_on, made_by=user
    )
    return link, key


@transaction.atomic
def end_link(user: User, pk: int) -> DonorLink:
    """From now on the link opens nothing. Raises DonorLink.DoesNotExist for one that the user does
    not see."""
    link = DonorLink.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if link.ended_at is None:
        link.ended_at = timezone.now()
        link.save(update_fields=["ended_at"])
    return link
