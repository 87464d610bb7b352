"""Addresses that hold a key in their query, which no log writes down: donors' editions, and links of
mails."""

from django.urls import path

from portal.public import donor_editions, subscriptions
from portal.public.urls import LANGUAGE, PAGES

urlpatterns = [
    path(f"{PAGES}subscription/confirm/", subscriptions.confirm, name="subscription_confirm"),
    path(f"{PAGES}subscription/end/", subscriptions.end, name="subscription_end"),
    path(f"{LANGUAGE}donor-edition/", donor_editions.donor_edition, name="donor_edition"),
    path(
        f"{LANGUAGE}donor-edition/<uuid:key>/", donor_editions.donor_document, name="donor_document"
    ),
]
