"""The address of the results framework."""

from django.urls import path

from reports.results.views import results_page

urlpatterns = [path("", results_page, name="results")]
