"""The sign of life that `/readyz` looks for."""

from celery import shared_task
from django.core.cache import cache

PULSE_KEY = "pulse"
PULSE_LASTS = 45  # seconds; beat sends one every ten


@shared_task
def pulse() -> None:
    """Sent by beat, carried by the broker, run by a worker: its mark proves all three."""
    cache.set(PULSE_KEY, "beating", PULSE_LASTS)
