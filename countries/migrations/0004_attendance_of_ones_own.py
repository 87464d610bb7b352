"""What the country role reads of treaties and processes: facts that are nobody's secret, its own
countries' attendance, and the numbers of each session."""

from django.db import migrations

from core.db.country_role import ROLE
from core.db.policies import COUNTRIES, Policy, policy_operations

PUBLIC = (
    "instrument",
    "treatyaction",
    "obligation",
    "process",
    "processsession",
    "sessiondocument",
    "sessionrecommendation",
)
# A view runs with its owner's rights: the only way by which something is learnt of the attendance
# of others, and that is numbers.
NUMBERS = f"""
CREATE VIEW countries_sessionnumbers AS
SELECT s.id AS session_id, count(a.id)::int AS countries,
    (sum(COALESCE(a.women, 0) + COALESCE(a.men, 0) + COALESCE(a.other, 0) + COALESCE(a.unknown, 0))
        FILTER (WHERE COALESCE(a.women, a.men, a.other, a.unknown) IS NOT NULL))::int AS delegates,
    (count(a.id) FILTER (WHERE COALESCE(a.women, a.men, a.other, a.unknown) IS NULL))::int
        AS without_delegates,
    COALESCE(bool_or(a.is_invented), false) AS is_invented
FROM countries_processsession s
    LEFT JOIN countries_sessionattendance a ON a.session_id = s.id
GROUP BY s.id;
GRANT SELECT ON countries_sessionnumbers TO {ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("countries", "0003_instruments_and_processes"), ("accounts", "0002_security")]

    operations = [
        *policy_operations(
            *(Policy(f"countries_{name}", "SELECT") for name in PUBLIC),
            Policy("countries_sessionattendance", "SELECT", f"country_id = ANY({COUNTRIES})"),
        ),
        migrations.RunSQL(NUMBERS),
    ]
