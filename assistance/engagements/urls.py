"""Addresses of engagements."""

from django.urls import path

from assistance.engagements import action_views, addition_views, edit_views, export, views

urlpatterns = [
    path("", views.engagement_list, name="engagements"),
    path("export.csv", export.export_engagements, name="engagements_export"),
    path("new/", edit_views.new_engagement, name="engagement_new"),
    path("<int:pk>/", views.engagement_detail, name="engagement"),
    path("<int:pk>/edit/", edit_views.edit_engagement, name="engagement_edit"),
    path("<int:pk>/do/<slug:action>/", action_views.engagement_action, name="engagement_act"),
    path("<int:pk>/link/", addition_views.link_request, name="engagement_link"),
    path("<int:pk>/unlink/<int:case>/", addition_views.unlink_request, name="engagement_unlink"),
    path("<int:pk>/steps/", addition_views.add_step, name="engagement_step"),
    path(
        "<int:pk>/steps/<int:step>/done/", addition_views.finish_step, name="engagement_step_done"
    ),
    path("<int:pk>/files/", addition_views.add_file, name="engagement_file"),
]
