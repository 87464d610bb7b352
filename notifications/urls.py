"""Addresses of messages."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("messages/", views.notification_list, name="notifications"),
    path("messages/read/", views.all_read, name="notifications_read"),
    path("messages/<int:pk>/", views.open_notification, name="notification"),
]
