"""Gathers this app's models."""

from accounts.api.models import IdempotencyKey
from accounts.drafts.models import Draft
from accounts.privacy.models import Look
from accounts.tokens.models import ApiToken, FeedKey
from accounts.users.models import Role, User

__all__ = [
    "ApiToken",
    "Draft",
    "FeedKey",
    "IdempotencyKey",
    "Look",
    "Role",
    "User",
]
