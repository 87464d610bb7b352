"""The door for gunicorn."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
if settings.PRODUCTION and not settings.SECOND_FACTOR_REQUIRED:
    logging.getLogger(__name__).warning(
        "SECOND_FACTOR_REQUIRED is off: a password alone lets officers, managers and administrators"
        " in. Take the variable away to ask for the second step."
    )
