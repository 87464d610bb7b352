"""A focal point says that a step of their country is done: that one column, and its traces."""

from django.db import migrations

from core.db.country_role import ROLE
from core.db.policies import Policy, policy_operations


class Migration(migrations.Migration):
    dependencies = [("assistance", "0012_saved_views_of_their_owners")]

    operations = [
        migrations.RunSQL(
            f"GRANT UPDATE (done_on) ON assistance_nextstep TO {ROLE};"
            f"GRANT INSERT ON assistance_engagementevent TO {ROLE};"
        ),
        *policy_operations(Policy("assistance_nextstepevent", "INSERT", "false", "true")),
    ]
