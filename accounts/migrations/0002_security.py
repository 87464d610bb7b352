"""The role under which focal points work, and what it reaches of this app's tables.

Of people it reaches what `assistance` says, which knows for whom they work and speak.
"""

from django.db import migrations

from core.db.policies import USER, Policy, make_role, policy_operations

OWN = f"user_id = {USER}"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(make_role),
        *policy_operations(
            Policy("accounts_userevent", "INSERT", "false", "true"),
            Policy("accounts_apitoken", "SELECT, UPDATE", OWN),
            Policy("accounts_idempotencykey", "SELECT, INSERT, UPDATE", OWN),
            Policy("accounts_feedkey", "SELECT, INSERT, UPDATE", OWN),
            Policy("accounts_feedkeyevent", "INSERT", "false", "true"),
        ),
    ]
