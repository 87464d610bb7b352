"""Addresses of files."""

from django.urls import path

from files.views import download_attachment

urlpatterns = [path("<uuid:key>/", download_attachment, name="file")]
