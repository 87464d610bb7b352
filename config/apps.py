"""The project itself as an app: its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds `manage.py up` and the addresses."""

    name = "config"
    verbose_name = "Meridian"
