"""The timeline of an engagement."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from assistance.engagements.models import Engagement, EngagementEvent


def record_engagement_event(
    engagement: Engagement,
    user: User | None,
    action: str,
    before: str,
    *,
    note: str = "",
    data: Mapping[str, object] | None = None,
) -> EngagementEvent:
    """Adds to the engagement's timeline."""
    return EngagementEvent.objects.create(
        engagement=engagement,
        actor=user,
        action=action,
        from_state=before,
        to_state=engagement.state,
        note=note,
        data=dict(data or {}),
    )
