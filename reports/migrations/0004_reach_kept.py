"""What countries were reached is summed up, and kept up by triggers, which no model knows."""

from django.db import migrations

from reports.summaries.reach import install_reach


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reach")]

    operations = [migrations.RunPython(install_reach)]
