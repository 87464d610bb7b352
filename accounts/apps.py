"""Users, permissions, notifications: what everything else stands on."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who somebody is and what they may do."""

    name = "accounts"
    verbose_name = "Accounts"
