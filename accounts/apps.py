"""Users, permissions, notifications: what everything else stands on."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who somebody is and what they may do."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Tells what this app holds about a person; connects the security log to what it listens to."""
        from accounts import security_log  # noqa: F401
        from accounts.personal import holdings

        holdings.register_own()
