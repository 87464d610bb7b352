"""The country role reads what strangers wrote to the programmes for which somebody is designated, and
their news."""

from django.db import migrations

from core.db.policies import COUNTRIES, DESIGNATED, PAIR

OF_THEIRS = "EXISTS (SELECT FROM portal_newsitem n WHERE n.id = item_id)"

NARROWED = f"""
ALTER POLICY country ON portal_publicmessage
    USING (state = 'forwarded' AND {PAIR} = ANY ({DESIGNATED}));
ALTER POLICY country ON portal_newsitem USING (
    state IN ('in_review', 'published') AND EXISTS (
        SELECT FROM portal_newsitem_countries c WHERE c.newsitem_id = portal_newsitem.id
            AND (c.country_id::bigint * 4294967296 + programme_id) = ANY ({DESIGNATED})));
ALTER POLICY country ON portal_newsagreement
    USING (country_id = ANY ({COUNTRIES}) AND {OF_THEIRS})
    WITH CHECK (country_id = ANY ({COUNTRIES}) AND {OF_THEIRS});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_public_pages"),
        ("countries", "0006_designated_programmes"),
    ]

    operations = [migrations.RunSQL(NARROWED, migrations.RunSQL.noop)]
