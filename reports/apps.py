"""Figures, snapshots, documents, schedules, deliveries."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports that make themselves."""

    name = "reports"
    verbose_name = "Reports"
