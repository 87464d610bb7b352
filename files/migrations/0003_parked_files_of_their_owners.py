"""What the country role reaches of parked files: those of the person who asks."""

from django.db import migrations

from core.db.policies import USER, Policy, policy_operations


class Migration(migrations.Migration):
    dependencies = [("files", "0002_parked_files"), ("accounts", "0002_security")]

    operations = policy_operations(
        Policy("files_parkedfile", "SELECT, INSERT, DELETE", f"user_id = {USER}")
    )
