"""Addresses of tools."""

from django.urls import path

from assistance.tools import views

urlpatterns = [
    path("", views.tool_list, name="tools"),
    path("export.csv", views.export_tools, name="tools_export"),
    path("new/", views.new_tool, name="tool_new"),
    path("versions/<int:pk>/", views.edit_version, name="tool_version_edit"),
    path("<slug:code>/", views.tool_page, name="tool"),
    path("<slug:code>/edit/", views.edit_tool, name="tool_edit"),
    path("<slug:code>/versions/new/", views.new_version, name="tool_version_new"),
]
