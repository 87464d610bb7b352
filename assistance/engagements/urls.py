"""Addresses of engagements."""

from django.urls import path

from assistance.engagements import additions, export, views, writing

urlpatterns = [
    path("", views.engagement_list, name="engagements"),
    path("export.csv", export.export_engagements, name="engagements_export"),
    path("new/", writing.new_engagement, name="engagement_new"),
    path("<int:pk>/", views.engagement_detail, name="engagement"),
    path("<int:pk>/edit/", writing.edit_engagement, name="engagement_edit"),
    path("<int:pk>/do/<slug:action>/", views.engagement_action, name="engagement_act"),
    path("<int:pk>/link/", additions.link_request, name="engagement_link"),
    path("<int:pk>/unlink/<int:case>/", additions.unlink_request, name="engagement_unlink"),
    path("<int:pk>/steps/", additions.add_step, name="engagement_step"),
    path("<int:pk>/steps/<int:step>/done/", additions.finish_step, name="engagement_step_done"),
    path("<int:pk>/files/", additions.add_file, name="engagement_file"),
]
