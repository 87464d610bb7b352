"""Finds the person whom an operator names."""

from __future__ import annotations

from django.core.management.base import CommandError

from accounts.models import User


def user_by_email(email: str) -> User:
    """Who signs in with this address, active or not. Raises CommandError where nobody does."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(
            f"Nobody signs in with “{email}”. Write the address of a user who exists."
        )
    return user
