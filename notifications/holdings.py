"""What the outbox holds about a person."""

from __future__ import annotations

from accounts.models import User
from accounts.privacy.holdings import HOLDINGS, Holding, Rows
from notifications.models import Digest, Notification, NotificationPreference


def message_data(user: User) -> Rows:
    """What they were told."""
    for row in Notification.objects.filter(user=user).order_by("created_at"):
        yield {
            "at": row.created_at,
            "subject": row.subject,
            "body": row.body,
            "sent": row.sent_at,
            "read": row.read_at,
        }
    for choice in NotificationPreference.objects.filter(user=user):
        yield {"group": choice.group, "mails": choice.pace}


def forget_messages(user: User) -> None:
    """Nothing of what somebody was told stays."""
    for model in (Notification, NotificationPreference, Digest):
        model._default_manager.filter(user=user).delete()


def register_own_holdings() -> None:
    """Tells who hands out and erases."""
    HOLDINGS.register("messages", Holding(message_data, forget_messages, place=0))
