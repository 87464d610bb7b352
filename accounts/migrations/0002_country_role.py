"""The role under which focal points work, and its rows in this app's tables."""

from django.db import migrations

from core.db.policies import USER, Policy, make_role, operations

OWN = f"user_id = {USER}"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunPython(make_role, migrations.RunPython.noop),
        # names of people stand on pages; only one's own row may be changed
        *operations(
            Policy("accounts_user", "SELECT, UPDATE", "true", f"id = {USER}"),
            Policy("accounts_userevent", "INSERT", "false", "true"),
            Policy("accounts_notification", "SELECT, INSERT, UPDATE", OWN, "true"),  # others are told, none of theirs is read
            Policy("accounts_apitoken", "SELECT, UPDATE", OWN),
            Policy("accounts_idempotencykey", "SELECT, INSERT, UPDATE", OWN),
        ),
        # the history's context is written by its own function, so that nobody needs to read it
        migrations.RunSQL("ALTER FUNCTION _pgh_attach_context() SECURITY DEFINER", "ALTER FUNCTION _pgh_attach_context() SECURITY INVOKER"),
    ]
