"""Gathers this app's models."""

from accounts.api.models import IdempotencyKey
from accounts.notifications.models import Notification
from accounts.personal.models import Look
from accounts.tokens.models import ApiToken
from accounts.users.models import Role, User

__all__ = ["ApiToken", "IdempotencyKey", "Look", "Notification", "Role", "User"]
