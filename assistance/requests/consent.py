"""What a country lets others read of a request: strangers, and donors by name. Who may widen it,
and which texts an officer has released.

Source: the rules of the programme, section 1, `set_consent`. Narrowing takes effect at once;
nothing here is read from a copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from accounts.models import User
from assistance.requests.choices import Publish
from countries.models import FocalPoint

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest

LEVELS = (Publish.NOTHING, Publish.TITLE, Publish.SUMMARY)


def text_digest(text: str) -> str:
    """By what a released text is known again; nothing for no text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def texts_for_strangers(case: AssistanceRequest) -> dict[str, str]:
    """Title and summary that the country lets the public read, released or not."""
    return shown_texts(case.publish, case.public_title or case.title, case.public_summary)


def shown_texts(publish: str, title: str, summary: str) -> dict[str, str]:
    """Of a title and a summary those that this consent lets the public read."""
    level = LEVELS.index(Publish(publish))
    texts = {"title": title, "summary": summary}
    return {
        name: text
        for needed, (name, text) in enumerate(texts.items(), 1)
        if level >= needed and text
    }


def released_texts(case: AssistanceRequest) -> dict[str, str]:
    """What strangers may read: of these texts the ones that an officer released word by word."""
    released = {"title": case.released_title, "summary": case.released_summary}
    return {
        name: text
        for name, text in texts_for_strangers(case).items()
        if text_digest(text) == released[name]
    }


def waits_for_release(case: AssistanceRequest) -> bool:
    """Whether an officer has yet to read a text before strangers do."""
    return released_texts(case) != texts_for_strangers(case)


def donors_of(case: AssistanceRequest) -> set[int]:
    """Ids of the donors to whom the request may be shown today."""
    return set(case.donor_consents.filter(until__isnull=True).values_list("donor_id", flat=True))


def widened_fields(
    case: AssistanceRequest, given: Mapping[str, object], donors: set[int]
) -> list[str]:
    """The fields that let others read more than now, or change a text that is public; `donors` are
    those asked for."""
    level, before = (
        LEVELS.index(Publish(str(value))) for value in (given["publish"], case.publish)
    )
    changed = {
        name: (given.get(name) or "") != getattr(case, name)
        for name in ("public_title", "public_summary")
    }
    found = {
        "publish": level > before,
        "public_title": level >= LEVELS.index(Publish.TITLE) and changed["public_title"],
        "public_summary": level >= LEVELS.index(Publish.SUMMARY) and changed["public_summary"],
        "donors": bool(donors - donors_of(case)),
        "show_need": bool(given.get("show_need")) and not case.show_need,
    }
    return [name for name, wider in found.items() if wider]


def may_widen(user: User, case: AssistanceRequest) -> bool:
    """Who may clear, where there is such a person besides the author; else any focal point.

    Staff hold the country's evidence.
    """
    if not user.is_focal_point:
        return True
    clearers = FocalPoint.objects.who_may_clear(case.country_id, case.programme_id)
    others = clearers.exclude(user_id=case.author_id)
    return not others.exists() or others.filter(user_id=user.pk).exists()
