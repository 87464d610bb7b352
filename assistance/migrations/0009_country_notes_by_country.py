"""What the country role reaches of notes: the shared ones of its countries. Of drafts of plans it
has no right at all."""

from django.db import migrations

from core.db.policies import COUNTRIES, Policy, policy_operations


class Migration(migrations.Migration):
    dependencies = [("assistance", "0008_country_notes")]

    operations = policy_operations(
        Policy("assistance_countrynote", "SELECT", f"is_shared AND country_id = ANY({COUNTRIES})")
    )
