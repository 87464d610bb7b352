"""The installation.

Whatever process it is, tasks that it sends go to this installation's broker.
"""

from config.celery import app

__all__ = ["app"]
