"""The address of a country's page."""

from django.urls import re_path

from portal.country_page import views

urlpatterns = [re_path(r"^(?P<iso3>[A-Za-z]{3})/$", views.country_page, name="country")]
