"""Whether the links of tools still answer."""

from __future__ import annotations

import http.client
import logging
from enum import Enum, auto
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from assistance.tools.models import ToolVersion
from core import outgoing_http

log = logging.getLogger(__name__)


class LinkOutcome(Enum):
    """What came of following a link."""

    ANSWERED = auto()
    REFUSED = auto()  # by ourselves: of such an address no answer is asked
    UNREACHED = auto()


class LinkState(NamedTuple):
    """What came of following a link, and what is wrong with it: in English, empty where nothing
    is."""

    outcome: LinkOutcome
    problem: str = ""


def check_links() -> int:
    """Looks at every link, one after the other, and remembers since when one is broken. Returns how
    many are.

    Where not one host is reached, it is the way to the internet that is broken: the links of hosts
    that were not reached stay as they are.
    """
    versions = list(ToolVersion.objects.exclude(url="").order_by("id"))
    found = [(version, state_of(version.url), timezone.now()) for version in versions]
    if not any(state.outcome == LinkOutcome.ANSWERED for _version, state, _at in found):
        unreached = [one for one in found if one[1].outcome == LinkOutcome.UNREACHED]
        if unreached:
            log.warning("No link of a tool could be looked at: no host was reached.")
        found = [one for one in found if one not in unreached]
    for version, state, at in found:
        since = (version.broken_since or at) if state.problem else None
        ToolVersion.objects.filter(pk=version.pk, url=version.url).update(
            checked_at=at, broken_since=since, problem=state.problem[:200]
        )
    return sum(bool(state.problem) for _version, state, _at in found)


def state_of(url: str) -> LinkState:
    """What becomes of following a link."""
    with override("en"):
        try:
            status = outgoing_http.look_at(url)
        except outgoing_http.ForbiddenAddress as refusal:
            return LinkState(LinkOutcome.REFUSED, str(refusal))
        except (OSError, http.client.HTTPException) as error:
            is_answer = isinstance(error, http.client.HTTPException)
            return LinkState(
                LinkOutcome.ANSWERED if is_answer else LinkOutcome.UNREACHED,
                _("No answer: %(error)s") % {"error": error},
            )
        if status < 400:
            return LinkState(LinkOutcome.ANSWERED)
        sentence = _("The address answered %(status)s.") % {"status": status}
        return LinkState(LinkOutcome.ANSWERED, sentence)
