"""The address by which somebody is known: after a change of it the former one opens nothing."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from accounts.models import User


def former_addresses(user: User) -> QuerySet[EmailAddress]:
    """Rows of allauth that bear another address than the account, however its letters are written.

    allauth notes the address of the day whenever it makes a link for a password, and later sends a
    link to every address that it has noted.
    """
    rows: QuerySet[EmailAddress] = EmailAddress.objects.filter(user=user)
    return rows.exclude(email__iexact=user.email)


def address_changed(user: User) -> None:
    """Called by whoever has changed somebody's address, in the same transaction: only the new one
    gets links, and sessions end."""
    former_addresses(user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
