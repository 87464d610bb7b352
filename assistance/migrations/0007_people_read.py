"""The rows and columns of people that a focal point's role reaches."""

from django.db import migrations

from core.db.policies import COUNTRIES, USER
from core.db.country_role import ROLE

# Themselves, who speaks or spoke for their countries, and who works or worked for programmes: those stay in the records of that time.
READ = f"""
    id = {USER}
    OR role IN ('officer', 'manager')
    OR EXISTS (SELECT FROM assistance_programmemembership m WHERE m.user_id = accounts_user.id)
    OR EXISTS (SELECT FROM countries_focalpoint f WHERE f.user_id = accounts_user.id AND f.country_id = ANY ({COUNTRIES}))
"""
# Of their own row, which alone the policy lets them write, what the page of the account asks for.
WRITTEN = "name, title, phone, language, time_zone, deputy_id, absent_from, absent_until"


class Migration(migrations.Migration):
    dependencies = [("assistance", "0006_names_of_steps"), ("accounts", "0005_one_address"), ("countries", "0002_country_role")]

    operations = [
        migrations.RunSQL(f"ALTER POLICY country ON accounts_user USING ({READ})", "ALTER POLICY country ON accounts_user USING (true)"),
        migrations.RunSQL(
            f"REVOKE UPDATE ON accounts_user FROM {ROLE}; GRANT UPDATE ({WRITTEN}) ON accounts_user TO {ROLE}",
            f"GRANT UPDATE ON accounts_user TO {ROLE}",
        ),
    ]
