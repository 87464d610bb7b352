"""Addresses of requests."""

from django.urls import path

from assistance.plans import result_views
from assistance.requests import action_views, draft_views, export, views

urlpatterns = [
    path("", views.request_list, name="requests"),
    path("export.csv", export.export_requests, name="requests_export"),
    path("new/", draft_views.new_request, name="request_new"),
    path("<int:pk>/", views.request_detail, name="request"),
    path("<int:pk>/edit/<slug:step>/", draft_views.edit_draft, name="request_edit"),
    path("<int:pk>/do/<slug:action>/", action_views.request_action, name="request_act"),
    path("<int:pk>/plan/results/", result_views.plan_results, name="plan_results"),
    path("<int:pk>/officer/", action_views.change_officer, name="request_officer"),
    path("<int:pk>/submitted/", views.request_submitted, name="request_submitted"),
    path("<int:pk>/say/", views.post_message_view, name="request_say"),
]
