"""Addresses of instruments."""

from django.urls import path

from portal.instruments import views

urlpatterns = [
    path("", views.instrument_list, name="instruments"),
    path("<slug:code>/", views.instrument_page, name="instrument"),
    path("<slug:code>/help/", views.obligation_help, name="obligation_help"),
]
