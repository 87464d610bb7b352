"""Keeps, gives back and removes what was typed.

Source: the rules of the programme, section 8.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.drafts.models import Draft
from accounts.drafts.stamps import STAMP, Stamp
from accounts.users.models import User
from core.numbers import number_in

KEPT = timedelta(days=30)  # untouched
SENT_LATE_KEPT = timedelta(hours=2)
MOST_SENT_LATE = 200_000  # bytes of what comes without a session
MOST = 2_000_000  # bytes
NUMBER = "draft_number"  # hidden field: the saving from which the page was made
SAVE, DISCARD = "save_draft", "discard_draft"  # buttons
# not words: what a form bears beside them, and secrets
LEFT_OUT = {"csrfmiddlewaretoken", "version", "password", STAMP, NUMBER, SAVE, DISCARD}

FILES = "parked_"  # boxes of files chosen before, which have a keeping of their own

Texts = Mapping[str, list[str]]


class DraftTooLong(Exception):
    """More than is kept."""


class DraftChanged(Exception):
    """The same text went on in another window or on another device; `draft` is what stands there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("You went on with this text in another window or on another device."))
        self.draft = draft


def typed_texts(data: QueryDict) -> dict[str, list[str]]:
    """The words in what a form sent, by the name of the field."""
    return {
        # no database keeps a zero byte in JSON
        name.replace("\0", ""): [str(text).replace("\0", "") for text in data.getlist(name)]
        for name in data
        if name not in LEFT_OUT and not name.startswith(FILES)
    }


def as_data(texts: Texts) -> QueryDict:
    """Texts as a form reads them."""
    data = QueryDict(mutable=True)
    for name, values in texts.items():
        data.setlist(name, values)
    return data


def number_sent(data: QueryDict) -> int:
    """The saving from which a page was made; 0 where there was none."""
    return number_in(data.get(NUMBER, "")) or 0


def size_of(texts: Texts) -> int:
    """Bytes that they take."""
    return len(json.dumps(texts, ensure_ascii=False).encode())


def save_draft(stamp: Stamp, texts: Texts, number: int) -> Draft:
    """Keeps the words of a form; `number` is the saving that the page knew last.

    Raises DraftTooLong, and DraftChanged where another window saved since, or the form was sent
    after its session had ended: nothing is overwritten.
    """
    if size_of(texts) > MOST:
        raise DraftTooLong
    take_sent_late(stamp.user_id, stamp.form, stamp.object_id)
    return write_draft(stamp, texts, number)


@transaction.atomic
def write_draft(stamp: Stamp, texts: Texts, number: int) -> Draft:
    """The row of `save_draft`, locked while it is compared. Raises DraftChanged."""
    values = {"page": stamp.page, "version": stamp.version, "texts": dict(texts)}
    key = {"user_id": stamp.user_id, "form": stamp.form, "object_id": stamp.object_id}
    draft, created = Draft.objects.select_for_update().get_or_create(**key, defaults=values)
    if created or draft.texts == texts:
        return draft
    if draft.number != number:
        raise DraftChanged(draft)
    draft.texts, draft.page, draft.saved_at = dict(texts), stamp.page, timezone.now()
    draft.number = number + 1
    draft.save()
    return draft


@transaction.atomic
def keep_sent_late(stamp: Stamp, texts: Texts) -> bool:
    """Keeps for two hours what was sent after the session had ended, beside what was kept before.

    Returns whether it is kept; too much is not.
    """
    if size_of(texts) > MOST_SENT_LATE:
        return False
    if not User.objects.filter(pk=stamp.user_id, is_active=True).exists():
        return False
    late = {"sent_late": dict(texts), "sent_late_at": timezone.now()}
    Draft.objects.update_or_create(
        user_id=stamp.user_id,
        form=stamp.form,
        object_id=stamp.object_id,
        defaults=late,
        create_defaults=late | {"page": stamp.page, "version": stamp.version},
    )
    return True


@transaction.atomic
def take_sent_late(user_id: int, form: str, object_id: int) -> Draft | None:
    """The draft, in which what was sent late has taken the place of what was kept before."""
    drafts = Draft.objects.select_for_update()
    draft = drafts.filter(user_id=user_id, form=form, object_id=object_id).first()
    if draft is None or draft.sent_late_at is None:
        return draft
    if draft.sent_late is not None and is_fresh(draft.sent_late_at):
        draft.texts, draft.saved_at = draft.sent_late, draft.sent_late_at
        draft.number += 1
    draft.sent_late = draft.sent_late_at = None
    draft.save()
    return draft


def draft_of(user: User, form: str, object_id: int) -> Draft | None:
    """What the person typed into a form and has not sent; what was sent late takes its place."""
    draft = Draft.objects.filter(user=user, form=form, object_id=object_id).first()
    if draft is not None and draft.sent_late_at is not None:
        draft = take_sent_late(user.pk, form, object_id)
    return draft if draft is not None and draft.texts else None


def is_fresh(at: datetime | None) -> bool:
    """Whether what was sent late at that time is still given back."""
    return at is not None and timezone.now() - at < SENT_LATE_KEPT


def discard_draft(user: User, form: str, object_id: int) -> None:
    """The person wants to be rid of it."""
    Draft.objects.filter(user=user, form=form, object_id=object_id).delete()


def forget_sent(user: User, form: str, object_id: int, data: QueryDict) -> None:
    """The form was sent: its draft goes, unless another window has written more since."""
    drafts = Draft.objects.filter(user=user, form=form, object_id=object_id)
    draft = drafts.first()
    if draft is not None and (
        draft.number == number_sent(data) or draft.texts == typed_texts(data)
    ):
        draft.delete()


def drafts_of(user: User) -> QuerySet[Draft]:
    """All that somebody has typed and not sent, the latest first."""
    return Draft.objects.filter(user=user).exclude(texts={}, sent_late_at=None)


def remove_old_drafts(now: datetime | None = None) -> int:
    """Removes what nobody touched for 30 days, and what was sent late and not asked for. Returns how
    many drafts are gone."""
    now = now or timezone.now()
    expired = Draft.objects.filter(sent_late_at__lt=now - SENT_LATE_KEPT)
    expired.update(sent_late=None, sent_late_at=None)
    gone = Draft.objects.filter(saved_at__lt=now - KEPT, sent_late_at=None)
    empty = Draft.objects.filter(texts={}, sent_late_at=None)
    return int(gone.delete()[0]) + int(empty.delete()[0])
