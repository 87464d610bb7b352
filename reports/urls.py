"""Addresses of reports and schedules."""

from django.urls import path

from core.view_flags import ViewFlags, flagged
from reports.deliveries import feed, webhook_views
from reports.donor_links import views as donor_links
from reports.editions import views as editions
from reports.reports import action_views, batches, views
from reports.schedules import edit_views
from reports.schedules import views as schedules

urlpatterns = [
    path("", views.report_list, name="reports"),
    path("webhooks/", webhook_views.webhook_list, name="webhooks"),
    path("webhooks/<int:pk>/<slug:action>/", webhook_views.webhook_action, name="webhook_act"),
    path("feed.atom", flagged(feed.feed, ViewFlags(has_key=True)), name="report_feed"),
    path("schedules/", schedules.schedule_list, name="schedules"),
    path("schedules/new/", edit_views.new_schedule, name="schedule_new"),
    path("schedules/<int:pk>/edit/", edit_views.edit_schedule, name="schedule_edit"),
    path("schedules/<int:pk>/later/", schedules.later_figures, name="schedule_later"),
    path("schedules/<int:pk>/run/", schedules.produce_now, name="schedule_run"),
    path("missions/<int:pk>/", schedules.mission_report, name="mission_report"),
    path("published/", editions.edition_list, name="editions"),
    path("published/<int:pk>/", editions.edition_page, name="edition"),
    path("published/documents/<uuid:key>/", editions.edition_document, name="edition_document"),
    path("schedules/<int:pk>/pause/", schedules.pause_or_resume, name="schedule_pause"),
    path("schedules/<int:pk>/periods/<str:start>/", batches.batch_page, name="report_batch"),
    path(
        "schedules/<int:pk>/periods/<str:start>/do/", batches.batch_action, name="report_batch_act"
    ),
    path("<int:pk>/", views.report_detail, name="report"),
    path("<int:pk>/donor-links/", donor_links.donor_links, name="donor_links"),
    path("donor-links/<int:pk>/end/", donor_links.end_donor_link, name="donor_link_end"),
    path("<int:pk>/revisions/<int:number>/", views.former_revision, name="report_revision"),
    path("<int:pk>/preview/", views.preview_report, name="report_preview"),
    path("<int:pk>/do/publish/", action_views.publish_report, name="report_publish"),
    path("<int:pk>/do/<slug:action>/", action_views.report_action, name="report_act"),
    path("<int:pk>/figures/<str:code>/", views.figure_rows, name="figure"),
    path("documents/<uuid:key>/", views.report_document, name="report_document"),
]
