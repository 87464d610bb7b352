"""Users, permissions, notifications: what everything else stands on."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who somebody is and what they may do."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Tells what this app holds about a person; connects the security log and the limits of sessions to what they listen to."""
        from accounts import security_log, session_limits  # noqa: F401
        from accounts.notifications import kinds
        from accounts.personal import holdings

        holdings.register_own()
        kinds.register("account.invitation", kinds.ACCOUNT)
