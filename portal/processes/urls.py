"""Addresses of processes and sessions."""

from django.urls import path

from portal.processes import views

urlpatterns = [
    path("", views.process_list, name="processes"),
    path("sessions/<int:pk>/", views.session_page, name="session"),
    path("<slug:code>/", views.process_page, name="process"),
]
