"""Drafts among what is held about a person."""

from __future__ import annotations

from accounts.drafts.models import Draft
from accounts.privacy.holdings import HOLDINGS, Holding, Rows
from accounts.users.models import User


def draft_data(user: User) -> Rows:
    """What the person typed and has not sent."""
    for draft in Draft.objects.filter(user=user):
        yield {"form": draft.form, "saved": draft.saved_at, "texts": draft.texts}


def forget_drafts(user: User) -> None:
    """All of them."""
    Draft.objects.filter(user=user).delete()


def register_own_holdings() -> None:
    """What this part holds."""
    HOLDINGS.register("drafts", Holding(draft_data, forget_drafts, place=1))
