"""The country role reads what strangers wrote to the programmes for which somebody is designated."""

from django.db import migrations

from core.db.policies import DESIGNATED, PAIR

NARROWED = f"""
ALTER POLICY country ON portal_publicmessage
    USING (state = 'forwarded' AND {PAIR} = ANY ({DESIGNATED}));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_public_pages"),
        ("countries", "0006_designated_programmes"),
    ]

    operations = [migrations.RunSQL(NARROWED, migrations.RunSQL.noop)]
