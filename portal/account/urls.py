"""Addresses of a person's own account."""

from django.urls import path

from portal.account import mailing, views

urlpatterns = [
    path("account/", views.account_page, name="account"),
    path("account/email/", mailing.mail_paces, name="account_email"),
    path("account/feed/", mailing.feed_address, name="account_feed"),
]
