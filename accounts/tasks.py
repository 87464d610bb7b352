"""What the worker does for accounts: sends links to new passwords, clears sessions and keys of
calls."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.api.idempotency import KEYS_KEPT
from accounts.drafts import services as drafts
from accounts.models import IdempotencyKey
from accounts.password_reset import send_new_password_mail


@shared_task(autoretry_for=(OSError,), retry_backoff=30, max_retries=5)
def mail_new_password(address: str, language: str) -> bool:
    """Answers who has forgotten a password. Returns whether somebody has the address."""
    return send_new_password_mail(address, language)


@shared_task
def clear_sessions() -> int:
    """Removes sessions that have run out, with the address and browser that they were opened from.

    Returns how many.
    """
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    kept = Session.objects.values("session_key")
    removed: int = UserSession.objects.exclude(session_key__in=kept).delete()[0]
    return removed


@shared_task
def clear_idempotency_keys() -> int:
    """Removes keys of calls that can no longer be repeated. Returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEYS_KEPT).delete()[0]


@shared_task
def clear_drafts() -> int:
    """Removes drafts that nobody has touched for long. Returns how many."""
    return drafts.remove_old_drafts()
