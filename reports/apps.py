"""Figures, snapshots, documents, schedules, deliveries."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports that make themselves."""

    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Tells the audit what is here."""
        from reports import audit

        audit.register_own()
