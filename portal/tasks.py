"""What the clock does for public pages. Safe to run twice and at the same time."""

from __future__ import annotations

from celery import shared_task

from portal.public.wall.changes import fold_changes
from portal.public_messages.services import erase_old_messages, tell_staff
from portal.subscriptions.services import erase_unconfirmed, send_confirmations, send_news


@shared_task
def tell_of_public_messages() -> int:
    """Tells staff of new messages. Returns of how many."""
    return tell_staff()


@shared_task
def erase_public_messages() -> int:
    """Erases old ones. Returns how many."""
    return erase_old_messages()


@shared_task
def fold_public_changes() -> int:
    """Puts the changes of what strangers read together. Returns how many there were."""
    return fold_changes()


@shared_task
def send_news_mails() -> int:
    """Asks new subscribers to confirm, mails news to the others, and erases who did not confirm.
    Returns how many mails went out."""
    erase_unconfirmed()
    return send_confirmations() + send_news()
