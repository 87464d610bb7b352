"""What pages say of a report: its language, its colour, how far it is."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from core.text import join_list
from reports.documents.choices import Format

SHAPES = {
    "published": "done",
    "failed": "late",
    "produced": "turn",
    "in_review": "turn",
    "expected": "",
    "producing": "open",
    "skipped": "",
}


def report_language() -> str:
    """The reader's language as documents name it."""
    return get_language() or "en"


def progress_words(step: str) -> str:
    """What a running report is at, for people: “Arabic, PDF”; empty where nobody knows."""
    language, _blank, form = step.partition(" ")
    if not form:
        return _("Figures") if language else ""
    name = (
        get_language_info(language)["name_translated"]
        if language in dict(settings.LANGUAGES)
        else language
    )
    return join_list([name, Format(form).label if form in Format.values else form])
