"""How drafts about reports are named in a person's list of drafts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.drafts.models import Draft
from accounts.drafts.registry import DRAFT_NAMES, DraftName
from accounts.models import User
from reports.reports.models import Report
from reports.reports.subjects import names_of


def name_report_drafts(user: User, drafts: Sequence[Draft]) -> dict[int, DraftName]:
    """By draft; those about a report that the person no longer reads have no name."""
    reports = Report.objects.visible_to(user).filter(pk__in=[d.object_id for d in drafts])
    names = names_of(list(reports), get_language() or "en")
    return {
        draft.pk: DraftName(_("Highlights"), names[draft.object_id])
        for draft in drafts
        if draft.object_id in names
    }


def register_own_names() -> None:
    """Of drafts about reports."""
    DRAFT_NAMES.register("report", name_report_drafts)
