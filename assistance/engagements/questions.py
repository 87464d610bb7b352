"""What recording a delivery asks of each part without numbers, and how a part is called."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.engagements.models import Engagement
from assistance.engagements.part_models import EngagementPart
from core.workflow.fields import ActionField, Choice

ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
YES, NO = "yes", "no"


def asked_about(engagement: Engagement) -> list[EngagementPart]:
    """Parts without numbers, of which recording the delivery asks whether they took place."""
    live = engagement.parts.live().prefetch_related("participations")
    return [p for p in live if not p.is_held and is_silent(engagement, p)]


def is_silent(engagement: Engagement, part: EngagementPart) -> bool:
    """Whether nothing says that a part took place: no number, of a type without people no cost."""
    if engagement.has_participants:
        return not any(row.is_reported for row in part.participations.all())
    return part.actual_cost is None


def took_place_name(part: EngagementPart) -> str:
    """The name of the question about one part."""
    return f"part_{part.number}_took_place"


def question(part: EngagementPart) -> ActionField:
    """Whether a part took place."""
    label = gettext("Did it take place? %(part)s") % {"part": name_of_part(part)}
    answers = ((YES, _("Yes; nothing more is known yet")), (NO, _("No; it is struck out")))
    return Choice(took_place_name(part), label, choices=answers, shared=False)


def name_of_part(part: EngagementPart) -> str:
    """A part as people tell it from the others."""
    days = (
        f"{date_format(part.starts_on, 'DATE_FORMAT')} – {date_format(part.ends_on, 'DATE_FORMAT')}"
    )
    name = gettext("Part %(number)s") % {"number": part.number}
    # in whatever direction it is written, it turns nothing beside it
    title = part.title and f"{ISOLATE}{part.title}{END_OF_ISOLATE}"
    return " · ".join(text for text in (name, title, days) if text)
