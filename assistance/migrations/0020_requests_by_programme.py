"""What the country role reaches of requests, notes and publications: those of the countries and programmes for which somebody is
designated, so that nobody reads another programme's. Everything that belongs to a request follows
it, since policies of other tables ask whether the request can be seen."""

from django.db import migrations

from core.db.policies import DESIGNATED, DESIGNATED_CLEARING, PAIR, USER

THEIRS = f"{PAIR} = ANY ({DESIGNATED})"
OWN_CASES = (
    f"{THEIRS} AND (author_id = {USER} OR reference IS NOT NULL"
    f" OR {PAIR} = ANY ({DESIGNATED_CLEARING}))"
)
NARROWED = f"""
ALTER POLICY country ON assistance_assistancerequest USING ({OWN_CASES}) WITH CHECK ({THEIRS});
ALTER POLICY country ON assistance_countrypublication USING ({THEIRS}) WITH CHECK ({THEIRS});
ALTER POLICY country ON assistance_countrynote USING (is_shared AND {THEIRS});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0019_results"),
        ("countries", "0006_designated_programmes"),
    ]

    operations = [migrations.RunSQL(NARROWED, migrations.RunSQL.noop)]
