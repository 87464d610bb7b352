"""Addresses of messages of the public."""

from django.urls import path

from portal.public_messages import views

urlpatterns = [
    path("", views.message_list, name="public_messages"),
    path("<int:pk>/", views.message_page, name="public_message"),
]
