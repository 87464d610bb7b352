"""The country role reads the briefs of its countries by the programmes for which somebody is designated.

Whose brief it is stands in tables on which the role has no right: a function says it.
"""

from django.db import migrations

from core.db.country_role import ROLE
from core.db.policies import DESIGNATED

PROGRAMME_OF = f"""
CREATE FUNCTION meridian_programme_of_revision(revision bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.programme_id FROM reports_reportrevision v JOIN reports_report r ON r.id = v.report_id
        JOIN reports_scheduleversion w ON w.id = r.version_id
        JOIN reports_schedule s ON s.id = w.schedule_id WHERE v.id = revision
$$;
REVOKE ALL ON FUNCTION meridian_programme_of_revision(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meridian_programme_of_revision(bigint) TO {ROLE};
"""
NARROWED = f"""
ALTER POLICY country ON reports_reportedition USING (
    published_at IS NOT NULL AND (audience = 'public' OR (audience = 'country'
        AND (country_id::bigint * 4294967296 + meridian_programme_of_revision(revision_id))
            = ANY ({DESIGNATED}))));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0007_donor_links"),
        ("countries", "0006_designated_programmes"),
    ]

    operations = [
        migrations.RunSQL(PROGRAMME_OF, migrations.RunSQL.noop),
        migrations.RunSQL(NARROWED, migrations.RunSQL.noop),
    ]
