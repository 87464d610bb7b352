"""Addresses of saved views."""

from django.urls import path

from assistance.saved_views import views

urlpatterns = [
    path("", views.save_view, name="view_save"),
    path("<int:pk>/", views.open_view, name="saved_view"),
    path("<int:pk>/remove/", views.remove_view, name="view_remove"),
]
