"""Keys for programs that speak to the API in somebody's name."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

LASTS = timedelta(days=365)


def digest(key: str) -> str:
    """What is stored of a key: its SHA-256, from which it cannot be had back."""
    return hashlib.sha256(key.encode()).hexdigest()


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """A key of one user, for reading or for writing too, until it expires or is ended. The key itself is shown once."""

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
    def issue(cls, user: object, *, may_write: bool = False, name: str = "") -> tuple[ApiToken, str]:
        """A new token and its key, which is not kept and cannot be shown again."""
        key = f"mer_{secrets.token_urlsafe(32)}"
        token = cls.objects.create(user=user, name=name, digest=digest(key), may_write=may_write, expires_at=timezone.now() + LASTS)
        return token, key
