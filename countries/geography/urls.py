"""Addresses of countries; the page of one country is in assistance, which knows what was done for
it."""

from django.urls import path

from countries.geography import views

urlpatterns = [path("", views.country_list, name="countries")]
