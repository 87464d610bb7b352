"""Programmes, requests for assistance, engagements."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Tells `accounts` whose programmes are whose and what the life cycles allow, and `files` who
    may read a file."""

    name = "assistance"
    verbose_name = "Assistance"

    def ready(self) -> None:
        """Registers what the apps below ask for."""
        from accounts.offboarding import HANDOVERS
        from accounts.permissions import LIFECYCLES
        from assistance import audit, notification_types
        from assistance.engagements import draft_names as engagement_drafts
        from assistance.engagements.models import Engagement
        from assistance.engagements.workflow import WORKFLOW as ENGAGEMENTS
        from assistance.handover.services import page_for
        from assistance.notes import registration as notes
        from assistance.participants import holdings
        from assistance.programmes.querysets import managed_ids_of, programme_ids_of
        from assistance.requests import draft_names as request_drafts
        from assistance.requests.models import AssistanceRequest
        from assistance.requests.workflow import WORKFLOW as REQUESTS
        from assistance.results import notifications as result_notifications
        from assistance.results.services import FILES as RESULT_FILES
        from assistance.results.value_models import IndicatorValue
        from assistance.session_support.support import support_at
        from audit.registry import register_subjects
        from core.access import ACCESS
        from countries.processes.registry import SUPPORT
        from files.registry import OWNERS

        SUPPORT.register("engagements", support_at)
        ACCESS.register("programmes", programme_ids_of)
        ACCESS.register("managed", managed_ids_of)
        LIFECYCLES.register("request", REQUESTS.role_may)
        LIFECYCLES.register("engagement", ENGAGEMENTS.role_may)
        OWNERS.register("request", AssistanceRequest)
        OWNERS.register("engagement", Engagement)
        OWNERS.register(RESULT_FILES, IndicatorValue)
        register_subjects(audit.own_subjects())
        notification_types.register_own_kinds()
        result_notifications.register_own_kinds()
        holdings.register_own_holdings()
        HANDOVERS.register("assistance", page_for)
        notes.register_own_parts()
        request_drafts.register_own_names()
        engagement_drafts.register_own_names()
