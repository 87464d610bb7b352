"""Which engagements concern a country is looked up in a hash, which the database makes once a statement.

An array of them was compared with each row from its beginning: a focal point of a country with
seven thousand waited twelve seconds for its page.
"""

from django.db import migrations

CONCERNED = "IN (SELECT meridian_engagement_ids())"
# table: the column with the engagement's id
TABLES = {
    "assistance_engagement": "id",
    "assistance_engagementpart": "engagement_id",
    "assistance_engagementevent": "engagement_id",
}
NAMED_COUNTRIES = f"""
CREATE OR REPLACE VIEW assistance_namedcountry AS
SELECT DISTINCT t.engagement_id, p.country_id
FROM assistance_engagement e
    JOIN assistance_engagementpart t ON t.engagement_id = e.id
    JOIN assistance_countryparticipation p ON p.part_id = t.id
WHERE e.state IN ('confirmed', 'delivered', 'verified') AND e.id {CONCERNED};
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0003_open_by_due")]

    operations = [
        *(
            migrations.RunSQL(f'ALTER POLICY country ON "{table}" USING ({column} {CONCERNED})')
            for table, column in TABLES.items()
        ),
        migrations.RunSQL(NAMED_COUNTRIES),
    ]
