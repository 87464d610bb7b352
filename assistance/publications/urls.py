"""The address of a country's publication."""

from django.urls import re_path

from assistance.publications import views

urlpatterns = [
    re_path(
        r"^(?P<iso3>[A-Za-z]{3})/publication/(?P<code>[\w-]+)/$",
        views.publication,
        name="country_publication",
    )
]
