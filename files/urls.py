"""Addresses of files."""

from django.urls import path

from files.views import download

urlpatterns = [path("<uuid:key>/", download, name="file")]
