"""Figures, snapshots, documents, schedules, deliveries."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports that make themselves."""

    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Tells the audit and the outbox what is here, and results which figures there are."""
        from assistance.results.catalogue import CATALOGUE, FIGURE_CHECKS
        from audit.registry import register_subjects
        from reports import audit
        from reports.deliveries import notification_types
        from reports.reports import draft_names
        from reports.results.narrowing import check_computed

        register_subjects(audit.own_subjects())
        notification_types.register_own_kinds()
        draft_names.register_own_names()
        FIGURE_CHECKS.register(CATALOGUE, check_computed)
