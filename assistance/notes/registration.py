"""What the apps below are told of notes: the name of their drafts, and their message."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.drafts.models import Draft
from accounts.drafts.registry import DRAFT_NAMES, DraftName
from accounts.models import User
from assistance.notes.models import CountryNote
from assistance.notes.services import KIND
from assistance.notification_types import TALK
from notifications.types import KINDS, Kind


def name_note_drafts(user: User, drafts: Sequence[Draft]) -> dict[int, DraftName]:
    """By draft."""
    return {draft.pk: DraftName(_("Note a call")) for draft in drafts}


def reads_notes(user: User, path: str) -> bool:
    """Whether the person still reads any note of that country, whose page the path is."""
    code = path.strip("/").split("/")[1:2]
    return CountryNote.objects.visible_to(user).filter(country__iso3__in=code).exists()


def register_own_parts() -> None:
    """Tells them."""
    DRAFT_NAMES.register("note", name_note_drafts)
    KINDS.register(KIND, Kind(TALK, reads_notes))
