"""Pages that bring subjects together."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Has no models."""

    name = "portal"
