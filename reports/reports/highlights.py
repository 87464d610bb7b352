"""The form in which the highlights of a report are written, and its draft."""

from __future__ import annotations

import zlib

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.drafts.form_drafts import FormDraft
from accounts.types import AuthenticatedRequest
from core.side_by_side import show_beside
from core.validators import PrintableFormMixin
from core.workflow.views import sent_version
from reports.reports.models import Report


class HighlightsForm(PrintableFormMixin, forms.Form):
    """What the figures do not say, before the chapters of every document. What may be kept is judged
    by `reports.reports.services.set_highlights`."""

    highlights = forms.CharField(
        label=_("Highlights"),
        help_text=_(
            "What the figures do not say. It stands before the chapters in every document."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


def text_version(text: str) -> int:
    """A number for the words that stand, since a report has no version of its own: who wrote from
    other words is told."""
    return zlib.crc32(text.encode()) % 10**9  # as long as a version may be


def standing_highlights(report: Report) -> str:
    """What is recorded now."""
    return report.current.highlights if report.current else ""


def highlights_draft(request: AuthenticatedRequest, report: Report) -> FormDraft:
    """What somebody has written into the highlights and not saved."""
    return FormDraft(
        request,
        "report.highlights",
        report.pk,
        text_version(standing_highlights(report)),
        page=f"{report.get_absolute_url()}#highlights",
        action=reverse("report_act", args=[report.pk, "highlights"]),
    )


def highlights_form(draft: FormDraft, report: Report, typed: str | None = None) -> HighlightsForm:
    """The form with what was typed just now, with the draft, or with what is recorded; the other
    text stands beside where there are two."""
    recorded = standing_highlights(report)

    def blank() -> HighlightsForm:
        return HighlightsForm(initial={"highlights": recorded})

    form = blank()
    if typed is not None and draft.other is None:
        form.initial["highlights"] = typed
        if sent_version(draft.request) != draft.version:
            show_beside(form, blank())
    draft.show_in(form, blank)
    return form
