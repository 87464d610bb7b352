"""How a schedule's title is shown: people's own as they wrote it; one that is no more than the
kind's name, in the reader's language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

BETWEEN = " · "  # a title and what one of several reports is about, in the title of an edition
# of the schedule that the programme has for reports of single engagements
MISSIONS = gettext_noop("Mission reports")


def localised_title(label: object, title: str) -> str:
    """A title in the active language; `label` is the lazy name of the kind."""
    head, between, rest = title.partition(BETWEEN)
    if head == MISSIONS:
        return _(MISSIONS) + between + rest
    return f"{label}{between}{rest}" if is_plain(label, head) else title


def is_plain(label: object, title: str) -> bool:
    """Whether a title says nothing but the kind: in English, in which schedules that come with the
    product are named, or in the active language."""
    with translation.override("en"):
        english = str(label)
    return title in (english, str(label), MISSIONS)
