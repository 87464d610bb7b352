"""What the country role reaches of drafts: those of the person who asks."""

from django.db import migrations

from core.db.policies import USER, Policy, policy_operations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_drafts")]

    operations = policy_operations(
        Policy("accounts_draft", "SELECT, INSERT, UPDATE, DELETE", f"user_id = {USER}")
    )
