"""The address of the hand-over."""

from django.urls import path

from assistance.handover import views

urlpatterns = [path("<slug:kind>/<int:pk>/", views.handover, name="handover")]
