"""What the web server is told to serve where speed is measured."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmark.server import make_application  # noqa: E402 its views need the apps

application = make_application()
