"""Addresses of persons: attendance lists, contacts, one person."""

from django.urls import path

from assistance.persons import contacts, views

urlpatterns = [
    path("engagements/<int:pk>/attendance/", views.attendance, name="attendance"),
    path("engagements/<int:pk>/attendance/paste/", views.paste, name="attendance_paste"),
    path("engagements/<int:pk>/attendance/export.csv", views.export, name="attendance_export"),
    path(
        "engagements/<int:pk>/attendance/<int:row>/strike/",
        views.remove_attendance_view,
        name="attendance_strike",
    ),
    path("countries/<str:iso3>/contacts/", contacts.contacts, name="contacts"),
    path("persons/<int:pk>/", contacts.person, name="person"),
    path("persons/<int:pk>/confirm/", contacts.confirm, name="person_confirm"),
    path("persons/<int:pk>/erase/", contacts.erase, name="person_erase"),
]
