"""What an action on a request is taken in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from core.workflow.actions import ActionContext

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest
    from assistance.requests.running_clocks import Clocks


class CaseContext(ActionContext["AssistanceRequest"]):
    """With the case under its own name, and its clocks."""

    @property
    def case(self) -> AssistanceRequest:
        """The request, locked."""
        return self.subject

    @cached_property
    def clocks(self) -> Clocks:
        """Of the case, on the day of the action."""
        from assistance.requests.running_clocks import Clocks

        return Clocks(self.case, self.today)
