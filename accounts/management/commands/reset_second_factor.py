"""`manage.py reset_second_factor EMAIL`: for somebody who has lost their device and their recovery
codes."""

from __future__ import annotations

from argparse import ArgumentParser

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand

from accounts.users.lookup import user_by_email


class Command(BaseCommand):
    """Takes away app, passkeys and codes, and ends the person's sessions."""

    help = (
        "Take away a user's authenticator app, passkeys and recovery codes, and end their sessions."
        " Staff set it up anew at their next sign-in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("email", help="the address with which the user signs in")

    def handle(self, *args: object, email: str, **options: object) -> None:
        """Says what was taken away."""
        user = user_by_email(email)
        kinds = [str(one.get_type_display()) for one in Authenticator.objects.filter(user=user)]
        Authenticator.objects.filter(user=user).delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        self.stdout.write(
            f"{user.name}: taken away: {', '.join(kinds) or 'nothing, none was set up'}. Their"
            " sessions have ended."
        )
