"""The address of due diligence on a request."""

from django.urls import path

from assistance.due_diligence.views import due_diligence

urlpatterns = [path("requests/<int:pk>/due-diligence/", due_diligence, name="due_diligence")]
