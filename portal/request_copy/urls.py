"""The address of a request's copy."""

from django.urls import path

from portal.request_copy import views

urlpatterns = [path("<int:pk>/copy.pdf", views.request_copy, name="request_copy")]
