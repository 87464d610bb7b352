"""What people are told, by page and by mail: the outbox."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages are rows, written in the transaction of what they announce."""

    name = "notifications"

    def ready(self) -> None:
        """Tells `accounts` what is held here, and who writes an invitation."""
        from accounts.invitations import KIND, WRITERS
        from notifications import holdings
        from notifications.outbox import put_message
        from notifications.types import ACCOUNT, KINDS, Kind

        WRITERS.register("outbox", put_message)
        KINDS.register(KIND, Kind(ACCOUNT))
        holdings.register_own_holdings()
