"""What the country role reads of this app's tables: facts that are nobody's secret."""

from django.db import migrations

from core.db.policies import Policy, policy_operations

TABLES = ("country", "countrygroup", "groupmembership", "institution", "focalpoint")


class Migration(migrations.Migration):
    dependencies = [("countries", "0001_initial"), ("accounts", "0002_security")]

    operations = policy_operations(*(Policy(f"countries_{name}", "SELECT") for name in TABLES))
