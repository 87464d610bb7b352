"""Keys for programs that speak to the API in somebody's name."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.users.models import User

LASTS = timedelta(days=365)


def key_digest(key: str) -> str:
    """What is stored of a key: its SHA-256, from which it cannot be had back."""
    return hashlib.sha256(key.encode()).hexdigest()


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """A key of one user, for reading or for writing too, until it expires or is ended.

    The key itself is shown once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name or f"token {self.pk}"

    @classmethod
    def issue(
        cls, user: object, *, may_write: bool = False, name: str = ""
    ) -> tuple[ApiToken, str]:
        """A new token and its key, which is not kept and cannot be shown again."""
        key = f"mer_{secrets.token_urlsafe(32)}"
        token = cls.objects.create(
            user=user,
            name=name,
            digest=key_digest(key),
            may_write=may_write,
            expires_at=timezone.now() + LASTS,
        )
        return token, key


@pghistory.track(exclude=["digest"])
class FeedKey(models.Model):
    """The secret in the address of somebody's feed, for programs that cannot sign in: it opens the
    list of reports and nothing else.

    One is alive at a time. The key itself is shown once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_keys")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("address of a feed")
        verbose_name_plural = _("addresses of feeds")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(ended_at__isnull=True),
                name="feed_key_one_alive",
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"

    @classmethod
    def replace(cls, user: User) -> str:
        """Ends the former one and gives a new key, which is not kept and cannot be shown again."""
        key = secrets.token_urlsafe(32)
        with transaction.atomic():
            # two at once: one after the other
            get_user_model().objects.select_for_update().get(pk=user.pk)
            cls.end(user)
            cls.objects.create(user=user, digest=key_digest(key))
        return key

    @classmethod
    def end(cls, user: User) -> int:
        """No address of this person's feed is alive afterwards. Returns how many were."""
        return cls.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now())

    @classmethod
    def owner_of(cls, key: str) -> User | None:
        """The active person whose key this is, while it is alive; else None."""
        found = (
            cls.objects.select_related("user")
            .filter(digest=key_digest(key), ended_at__isnull=True, user__is_active=True)
            .first()
        )
        return found.user if found else None
