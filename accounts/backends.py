"""Who is signed in, looked up once a request."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.current_user import user_with_access
from accounts.users.models import User


class SignInBackend(AuthenticationBackend):
    """The library's, which knows people by their address and password; whoever comes with a session
    is read together with what is theirs."""

    def get_user(self, user_id: int) -> User | None:
        """The active user of a session; None of anybody else's."""
        user = user_with_access(user_id)
        return user if user is not None and user.is_active else None
