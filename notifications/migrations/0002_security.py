"""What the country role reaches of messages: those to the person who asks."""

from django.db import migrations

from core.db.policies import USER, Policy, policy_operations

OWN = f"user_id = {USER}"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("accounts", "0002_security")]

    operations = policy_operations(
        # others are told, none of theirs is read
        Policy("notifications_notification", "SELECT, INSERT, UPDATE", OWN, "true"),
        Policy("notifications_notificationpreference", "SELECT, INSERT, UPDATE", OWN),
        Policy("notifications_notificationpreferenceevent", "INSERT", "false", "true"),
    )
