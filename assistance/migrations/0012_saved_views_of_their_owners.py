"""What the country role reaches of saved views: one's own."""

from django.db import migrations

from core.db.policies import USER, Policy, policy_operations


class Migration(migrations.Migration):
    dependencies = [("assistance", "0011_saved_views")]

    operations = policy_operations(
        Policy("assistance_savedview", "SELECT, INSERT, UPDATE, DELETE", f"owner_id = {USER}")
    )
