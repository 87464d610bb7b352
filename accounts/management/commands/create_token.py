"""`manage.py create_token EMAIL [--write]`: a key for programs, shown once."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.tokens.models import LASTS, ApiToken


class Command(BaseCommand):
    """Issues a token in somebody's name."""

    help = (
        "Make an API token for a user. It may read; with --write also change. The key is shown once"
        " and cannot be shown again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and what for."""
        parser.add_argument("email", help="the address with which the user signs in")
        parser.add_argument("--write", action="store_true", help="the token may also change things")
        parser.add_argument("--name", default="", help="what it is for, to tell it from others")

    def handle(self, *args: object, email: str, write: bool, name: str, **options: object) -> None:
        """Prints the key alone on standard output, so that it can be piped; what it is goes to
        standard error."""
        email = email.strip().lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(
                f"Nobody signs in with “{email}”. Write the address of a user who exists."
            )
        if not user.is_active:
            raise CommandError(
                f"{user.name} ({email}) may not sign in any more; no token was made."
            )
        token, key = ApiToken.issue(user, may_write=write, name=name[:100])
        self.stdout.write(key)
        does = "may read and write" if token.may_write else "may only read"
        self.stderr.write(
            f"For {user.name}: {does}, for {LASTS.days} days. Keep it now: it is not shown again."
            f" Send it as “Authorization: Token {key[:8]}…”."
        )
