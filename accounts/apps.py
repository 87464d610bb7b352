"""Users, roles and permissions."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Who somebody is and what they may do."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Tells what this app holds about a person; connects what listens: security log, limits of
        sessions, the guard of tables."""
        from accounts import security_log, session_limits  # noqa: F401
        from accounts.drafts.holdings import register_own_holdings as register_drafts
        from accounts.privacy import holdings
        from core.db import append_only

        post_migrate.connect(append_only.guard_after_migrate, sender=self)
        holdings.register_own_holdings()
        register_drafts()
