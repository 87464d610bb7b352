"""Addresses of a person's own account."""

from django.urls import path

from portal.account import mailing, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/email/", mailing.email, name="account_email"),
    path("account/feed/", mailing.feed, name="account_feed"),
]
