"""Strangers read a programme's own pillars, and its name in their language."""

from django.db import migrations

from portal.public.wall.views import GROWN

VIEWS = "\n".join(
    f"CREATE OR REPLACE VIEW {name} WITH (security_barrier) AS {rows};"
    for name, rows in GROWN.items()
)
TRIGGER = """
CREATE TRIGGER public_generation AFTER INSERT OR UPDATE OR DELETE ON assistance_programme_pillars
    FOR EACH ROW EXECUTE FUNCTION meridian_raise_generation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_messages_by_programme"),
        ("assistance", "0026_programme_files"),
    ]

    operations = [migrations.RunSQL(VIEWS + TRIGGER, migrations.RunSQL.noop)]
