"""An index by which queues of open requests begin with what is due first."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0002_security"),
        ("countries", "0002_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assistancerequest",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "submitted",
                            "under_review",
                            "returned",
                            "waitlisted",
                            "accepted",
                            "plan_proposed",
                            "planned",
                            "in_delivery",
                            "delivered",
                            "on_hold",
                        ],
                    )
                ),
                fields=["due_on", "id"],
                name="request_open_due",
            ),
        ),
    ]
