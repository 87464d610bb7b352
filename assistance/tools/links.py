"""Whether the links of tools still answer."""

from __future__ import annotations

import http.client
import logging
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from assistance.tools.models import ToolVersion
from core import outgoing_http

log = logging.getLogger(__name__)


class LinkState(NamedTuple):
    """What is wrong with a link, in English and empty where it answers; whether its host was
    reached."""

    problem: str
    is_reached: bool = True


def check_links() -> int:
    """Looks at every link, one after the other, and remembers since when one is broken. Returns how
    many are.

    Where not one host is reached, it is the way to the internet that is broken: no link is marked.
    """
    versions = list(ToolVersion.objects.exclude(url="").order_by("id"))
    found = [(version, state_of(version.url), timezone.now()) for version in versions]
    if found and not any(state.is_reached for _version, state, _at in found):
        log.warning("No link of a tool could be looked at: no host was reached.")
        return 0
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
            return LinkState(str(refusal))
        except (OSError, http.client.HTTPException) as error:
            sentence = _("No answer: %(error)s") % {"error": error}
            return LinkState(sentence, is_reached=isinstance(error, http.client.HTTPException))
        if status < 400:
            return LinkState("")
        return LinkState(_("The address answered %(status)s.") % {"status": status})
