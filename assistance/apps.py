"""Programmes, requests for assistance, engagements."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Tells `accounts` whose programmes are whose and what the life cycles allow, and `files` who may read a file."""

    name = "assistance"
    verbose_name = "Assistance"

    def ready(self) -> None:
        """Registers what the apps below ask for."""
        from accounts import offboarding, permissions
        from assistance import audit, notice_kinds
        from assistance.engagements import lifecycle as engagement_lifecycle
        from assistance.engagements.models import Engagement
        from assistance.handover.handing import page_for
        from assistance.persons import holdings
        from assistance.programmes.querysets import programme_ids_of
        from assistance.requests import lifecycle as request_lifecycle
        from assistance.requests.models import AssistanceRequest
        from core import access
        from files import owners

        access.register("programmes", programme_ids_of)
        permissions.register_lifecycle("request", request_lifecycle.role_may)
        permissions.register_lifecycle("engagement", engagement_lifecycle.role_may)
        owners.register("request", AssistanceRequest)
        owners.register("engagement", Engagement)
        audit.register_own()
        notice_kinds.register_own()
        holdings.register_all()
        offboarding.register(page_for)
