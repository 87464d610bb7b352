"""What every app stands on and what knows no case."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Has no models; an installed app for its template tags."""

    name = "core"
