"""What the country role reads of tools and of files of sessions' documents: all of them. On what a
request or an engagement serves it has no right at all: whose help with what is internal."""

from django.db import migrations

from core.db.country_role import ROLE
from core.db.policies import Policy, policy_operations

DOCUMENTS = f"""
CREATE POLICY session_documents ON files_attachment FOR SELECT TO {ROLE}
    USING (is_shared AND owner_type = 'session_document');
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0014_tools_and_commitments")]

    operations = [
        *policy_operations(
            *(Policy(f"assistance_{name}", "SELECT") for name in ("tool", "toolversion"))
        ),
        migrations.RunSQL(DOCUMENTS),
    ]
