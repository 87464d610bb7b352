"""Former addresses, which still opened accounts, go."""

from typing import Any

from django.db import migrations
from django.db.models import F


def forget_former_addresses(apps: Any, schema_editor: Any) -> None:
    """Each account keeps at most the row of its present address."""
    apps.get_model("account", "EmailAddress").objects.exclude(email__iexact=F("user__email")).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_preferences"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunPython(forget_former_addresses, migrations.RunPython.noop)]
