"""Gathers this app's models."""

from accounts.api.models import IdempotencyKey
from accounts.notifications.models import Notification
from accounts.tokens.models import ApiToken
from accounts.users.models import Role, User

__all__ = ["ApiToken", "IdempotencyKey", "Notification", "Role", "User"]
