"""Figures, snapshots, documents, schedules, deliveries."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports that make themselves."""

    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Tells the audit and the outbox what is here."""
        from reports import audit
        from reports.deliveries import notice_kinds

        audit.register_own_subjects()
        notice_kinds.register_own_kinds()
