"""`manage.py unlink_sign_on EMAIL`: forgets which account at the OpenID provider is somebody's."""

from __future__ import annotations

from argparse import ArgumentParser

from allauth.socialaccount.models import SocialAccount
from django.core.management.base import BaseCommand

from accounts.users.lookup import user_by_email


class Command(BaseCommand):
    """The next time that the provider vouches for the address, its account is linked anew."""

    help = (
        "Forget which account at the OpenID provider belongs to a user, so that their next single"
        " sign-on links it anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("email", help="the address with which the user signs in")

    def handle(self, *args: object, email: str, **options: object) -> None:
        """Says how many links were there."""
        user = user_by_email(email)
        count, _ = SocialAccount.objects.filter(user=user).delete()
        self.stdout.write(
            f"{user.name}: {count} link{'' if count == 1 else 's'} to an OpenID provider forgotten."
        )
