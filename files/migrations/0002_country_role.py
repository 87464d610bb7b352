"""Files that focal points read and add: of what they see, and shared with them."""

from django.db import migrations

from core.db.policies import Policy, operations

OF_REQUEST = "owner_type = 'request' AND EXISTS (SELECT FROM assistance_assistancerequest r WHERE r.id = owner_id)"
OF_ENGAGEMENT = "owner_type = 'engagement' AND EXISTS (SELECT FROM assistance_engagement e WHERE e.id = owner_id)"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("accounts", "0002_country_role"), ("assistance", "0003_country_role")]

    operations = operations(
        Policy("files_attachment", "SELECT, INSERT", f"is_shared AND ({OF_REQUEST} OR {OF_ENGAGEMENT})", f"is_shared AND {OF_REQUEST}"),
        Policy("files_attachmentevent", "INSERT", "false", "true"),
    )
