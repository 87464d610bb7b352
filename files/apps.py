"""Attachments."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files of any owner, served only to those who may see the owner."""

    name = "files"
    verbose_name = "Files"
