"""Measurements of speed."""

from django.apps import AppConfig


class BenchmarkConfig(AppConfig):
    """Has no models."""

    name = "benchmark"
