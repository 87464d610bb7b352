"""Addresses under which processes and sessions are written, and of the list of attendance."""

from django.urls import path

from countries.processes import attendance_views, views

urlpatterns = [
    path("new/", views.new_process, name="process_new"),
    path("attendance/", attendance_views.attendance_list, name="session_attendances"),
    path(
        "attendance/export.csv",
        attendance_views.export_attendance,
        name="session_attendances_export",
    ),
    path("sessions/<int:pk>/edit/", views.edit_session, name="session_edit"),
    path("sessions/<int:pk>/documents/new/", views.new_document, name="session_document_new"),
    path("documents/<int:pk>/", views.edit_document, name="session_document_edit"),
    path(
        "sessions/<int:pk>/recommendations/",
        views.edit_recommendations,
        name="session_recommendations",
    ),
    path(
        "sessions/<int:pk>/attendance/", attendance_views.edit_attendance, name="session_attendance"
    ),
    path(
        "sessions/<int:pk>/attendance/import/",
        attendance_views.import_attendance,
        name="session_attendance_import",
    ),
    path("<slug:code>/edit/", views.edit_process, name="process_edit"),
    path("<slug:code>/sessions/new/", views.new_session, name="session_new"),
]
