"""Figures, snapshots, documents, schedules, deliveries."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports that make themselves."""

    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Tells the audit and the outbox what is here."""
        from audit.registry import register_subjects
        from reports import audit
        from reports.deliveries import notification_types
        from reports.reports import draft_names

        register_subjects(audit.own_subjects())
        notification_types.register_own_kinds()
        draft_names.register_own_names()
