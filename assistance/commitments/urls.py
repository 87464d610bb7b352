"""Addresses under which it is named what a request or an engagement serves."""

from django.urls import path

from assistance.commitments import views

urlpatterns = [
    path("requests/<int:pk>/commitments/", views.request_commitments, name="request_commitments"),
    path(
        "engagements/<int:pk>/commitments/",
        views.engagement_commitments,
        name="engagement_commitments",
    ),
]
