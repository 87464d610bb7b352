"""What actions do to an engagement beside moving its state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.parts import postpone, strike_out
from assistance.engagements.questions import NO, asked_about, took_place_name
from core.workflow.actions import ActionContext
from core.workflow.exceptions import DomainError

Context = ActionContext[Engagement]


def deliver(doing: Context) -> None:
    """Strikes out the parts of which it was answered that they did not take place, and records the
    rest. Raises DomainError as `check_delivered` does."""
    engagement, struck = doing.subject, []
    for part in asked_about(engagement):
        if doing.data.get(took_place_name(part)) == NO:
            strike_out(engagement, part)
            struck.append(part.number)
    if engagement.did_not_take_place:
        raise DomainError(
            _("If no part took place, nothing was delivered. Strike the parts out, or cancel it.")
        )
    check_delivered(engagement)
    engagement.recorded_by, engagement.outcome = doing.user, doing.data.get("outcome", "")
    if struck:
        doing.extra["struck"] = struck


def verify(doing: Context) -> None:
    """Raises DomainError as `check_verified` does."""
    check_verified(doing.subject)


def move_ahead(doing: Context) -> None:
    """Every part that was not held yet moves. Raises DomainError as `parts.postpone` does."""
    postpone(doing.subject, doing.data["starts_on"])
    doing.extra["starts_on"] = str(doing.data["starts_on"])


def strike(doing: Context) -> None:
    """Strikes out one part. Raises DomainError for a part that is none."""
    number = str(doing.data.get("part", ""))
    live = doing.subject.parts.live()
    part = live.filter(number=number).first() if number.isdecimal() else None
    if part is None:
        raise DomainError(_("Choose a part that is not struck out yet."), "part")
    strike_out(doing.subject, part)
    doing.extra |= {"struck": [part.number], "why": doing.data["why"]}


def check_delivered(engagement: Engagement) -> None:
    """Past dates, and an answer for each country of each live part."""
    if engagement.ends_on is None or engagement.ends_on > engagement.programme.today():
        raise DomainError(
            _("The last day (%(date)s) is still ahead. Record it afterwards, or change the dates.")
            % {"date": engagement.ends_on}
        )
    if not engagement.has_participants:
        return
    rows = CountryParticipation.objects.of_live_parts(engagement).select_related("country")
    silent = sorted({r.country.name for r in rows if not r.is_reported and not r.not_yet_known})
    if silent:
        raise DomainError(
            _("Say how many took part from %(countries)s, or tick “not yet known”.")
            % {"countries": ", ".join(silent)},
            "parts",
        )


def check_verified(engagement: Engagement) -> None:
    """Numbers for each country: “not yet known” is not accepted any more."""
    if not engagement.has_participants:
        return
    rows = CountryParticipation.objects.of_live_parts(engagement).select_related("country")
    silent = sorted({r.country.name for r in rows if not r.is_reported})
    if silent:
        raise DomainError(
            _(
                "Participation from %(countries)s is not reported yet; it has to be before this can"
                " be verified."
            )
            % {"countries": ", ".join(silent)},
            "parts",
        )
