"""The address of notes."""

from django.urls import path

from assistance.notes import views

urlpatterns = [path("new/", views.new_note, name="note_new")]
