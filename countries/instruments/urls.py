"""Addresses of treaty actions; the page of an instrument is in the portal, which knows what help was
given with it."""

from django.urls import path

from countries.instruments import views

urlpatterns = [
    path("actions/", views.action_list, name="treaty_actions"),
    path("actions/export.csv", views.export_actions, name="treaty_actions_export"),
    path("actions/new/", views.new_action, name="treaty_action_new"),
    path("actions/import/", views.import_actions, name="treaty_actions_import"),
    path("actions/<int:pk>/", views.edit_action, name="treaty_action_edit"),
    path("actions/<int:pk>/remove/", views.remove_action, name="treaty_action_remove"),
]
