"""The history of every record, and whether rows still say what it says."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Has no models: history stands beside the models that it is of."""

    name = "audit"
