"""Addresses of persons: attendance lists, contacts, one person."""

from django.urls import path

from assistance.participants import contact_views, views

urlpatterns = [
    path("engagements/<int:pk>/attendance/", views.attendance_list, name="attendance"),
    path("engagements/<int:pk>/attendance/paste/", views.paste_attendance, name="attendance_paste"),
    path(
        "engagements/<int:pk>/attendance/export.csv",
        views.export_attendance,
        name="attendance_export",
    ),
    path(
        "engagements/<int:pk>/attendance/<int:row>/strike/",
        views.remove_from_list,
        name="attendance_strike",
    ),
    path("countries/<str:iso3>/contacts/", contact_views.contact_list, name="contacts"),
    path("persons/<int:pk>/", contact_views.person_detail, name="person"),
    path("persons/<int:pk>/confirm/", contact_views.person_confirm, name="person_confirm"),
    path("persons/<int:pk>/erase/", contact_views.person_erase, name="person_erase"),
]
