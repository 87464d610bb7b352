"""Addresses of a person's own account."""

from django.urls import path

from portal.account import notification_views, views

urlpatterns = [
    path("account/", views.account_page, name="account"),
    path("account/email/", notification_views.mail_paces, name="account_email"),
    path("account/feed/", notification_views.feed_address, name="account_feed"),
]
