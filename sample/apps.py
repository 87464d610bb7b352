"""A believable programme for trials and measurements."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Has no models. Installed in production too, where its commands refuse in a sentence."""

    name = "sample"
