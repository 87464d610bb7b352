"""Addresses of the dashboard."""

from django.urls import path

from reports.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("rows/<str:code>/", views.figure_rows, name="dashboard_rows"),
]
