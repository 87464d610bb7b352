"""Addresses of histories."""

from django.urls import path

from audit import views

urlpatterns = [
    path("", views.find_history, name="audit"),
    path("<slug:subject>/<int:pk>/", views.record_history, name="audit_record"),
]
