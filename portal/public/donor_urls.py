"""Addresses of donors' editions; they hold a key in their query, which no log writes down."""

from django.urls import path

from portal.public import donor_editions
from portal.public.urls import LANGUAGE

urlpatterns = [
    path(f"{LANGUAGE}donor-edition/", donor_editions.donor_edition, name="donor_edition"),
    path(
        f"{LANGUAGE}donor-edition/<uuid:key>/", donor_editions.donor_document, name="donor_document"
    ),
]
