"""Addresses of one's own things: messages, account, language."""

from django.urls import path

from accounts.pages import account, language, mailing, notifications, own_data

urlpatterns = [
    path("messages/", notifications.index, name="notifications"),
    path("messages/read/", notifications.all_read, name="notifications_read"),
    path("messages/<int:pk>/", notifications.opened, name="notification"),
    path("account/", account.account, name="account"),
    path("account/email/", mailing.email, name="account_email"),
    path("account/feed/", mailing.feed, name="account_feed"),
    path("account/data/", own_data.own_data, name="own_data"),
    path("language/", language.choose, name="set_language"),
]
