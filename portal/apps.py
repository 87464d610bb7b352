"""Pages that bring subjects together."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    """Its models are what strangers read (`portal.public`)."""

    name = "portal"

    def ready(self) -> None:
        """Each `migrate` sees to the public pages; the outbox is told of messages of the public."""
        from audit.registry import register_subjects
        from portal import audit
        from portal.news import notification_types as news
        from portal.public_messages import notification_types as public_messages

        public_messages.register_own_kinds()
        news.register_own_kinds()
        register_subjects(audit.own_subjects())
        post_migrate.connect(prepare_public_pages, sender=self)


def prepare_public_pages(using: str, **_given: object) -> None:
    """Sets the public role's password to that of the environment, if there is one. Forgets the pages
    that are kept: a new release may write them otherwise."""
    # these need the models of all apps
    from portal.public.wall.changes import raise_generation
    from portal.public.wall.role import set_password

    if using != "default":
        return
    raise_generation()
    if settings.PUBLIC_DATABASE_PASSWORD:
        set_password(settings.PUBLIC_DATABASE_PASSWORD)
