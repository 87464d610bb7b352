"""What a manager decides on: the request, its assessment, what the country has had and asked for,
similar requests, and the funds that fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.country_support import engagements_of, requests_of
from assistance.engagements.models import Engagement
from assistance.funding.balances import Balance, balances_of, cost_of_request
from assistance.funding.models import Funding
from assistance.requests import fields
from assistance.requests.assessment_presentation import assessment_for
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from files.models import Attachment

if TYPE_CHECKING:
    from assistance.requests.querysets import RequestQuerySet

SHOWN = 8  # of the country's requests and engagements
SIMILAR = 5
LOOKED_AT = 200  # decided requests with a theme in common, the latest, among which the similar are
LONG_OVER = 365  # days: funds that ended before nobody looks for
IN_SHORT = ("problem", "assistance_asked", "expected_results", "beneficiaries", "urgency_reason")


@dataclass(frozen=True)
class MemoFunds:
    """A contribution of the programme beside a decision; `why_not` says why it cannot be used."""

    balance: Balance
    why_not: str = ""
    left_after: Decimal | None = None  # what the estimate leaves of it

    def after(self, estimate: Decimal | None, case: AssistanceRequest, cost: Decimal) -> MemoFunds:
        """The same, with what an estimate leaves of it: what the request's engagements cost is taken
        already. Nothing of funds in another currency."""
        if estimate is None or self.balance.funding.currency != case.programme.currency:
            return self
        return replace(self, left_after=self.balance.left - max(estimate - cost, Decimal(0)))

    @property
    def last_day(self) -> date:
        """On which it can be used."""
        return self.balance.funding.valid_until - timedelta(days=1)

    @property
    def left_in_cents(self) -> int:
        """For the page's script, in whatever language it is read."""
        return int(self.balance.left * 100)

    def __str__(self) -> str:
        fund = self.balance.funding
        left = number_format(self.balance.left, 0, use_l10n=True, force_grouping=True)
        return _("%(name)s: %(currency)s %(left)s left") % {
            "name": fund,
            "currency": fund.currency,
            "left": left,
        }


class Memo(TypedDict):
    """What the page shows above the list of decisions."""

    steps: list[fields.FilledStep]
    in_short: list[fields.FilledField]
    words_language: str
    files: Iterable[Attachment]
    assessment: dict[str, object] | None
    asked: Iterable[AssistanceRequest]
    asked_count: int
    had: Iterable[Engagement]
    had_count: int
    similar: list[AssistanceRequest]
    fitting: list[MemoFunds]
    refused: list[MemoFunds]
    own_cost: Decimal
    own_cost_in_cents: int


def memo_of(case: AssistanceRequest, user: User) -> Memo:
    """Everything that stands above the list of decisions; nothing that the manager may not see."""
    funds = funds_for(case)
    asked = requests_of(user, case.country).exclude(pk=case.pk)
    had = engagements_of(user, case.country)
    own_cost = cost_of_request(case.pk, case.programme.currency)
    return {
        "own_cost": own_cost,
        "own_cost_in_cents": int(own_cost * 100),
        "steps": fields.filled_values(case),
        "in_short": in_short(case),
        "words_language": fields.language_of_words(case),
        "files": Attachment.objects.visible_to(user).of("request", case.pk),
        "assessment": assessment_for(user, case),
        "asked": asked.with_list_relations()[:SHOWN],
        "asked_count": asked.count(),
        "had": had.with_list_relations()[:SHOWN],
        "had_count": had.count(),
        "similar": similar_requests(case, user),
        "fitting": [fund for fund in funds if not fund.why_not],
        "refused": [fund for fund in funds if fund.why_not],
    }


def in_short(case: AssistanceRequest) -> list[fields.FilledField]:
    """What a decision is taken on, without the rest of the form."""
    rows = [row for step in fields.filled_values(case) for row in step["rows"]]
    return [row for row in rows if row["name"] in IN_SHORT]


def funds_for(case: AssistanceRequest) -> list[MemoFunds]:
    """The programme's contributions: those that can be used first, the largest rest first; of the
    others, those that have not run out for long."""
    today = case.programme.today()
    funds = Funding.objects.filter(programme_id=case.programme_id).select_related("donor", "pillar")
    current = [fund for fund in funds if (today - fund.valid_until).days < LONG_OVER]
    found = [
        MemoFunds(balance, why_not(balance, case, today))
        for balance in balances_of(current, but=case.pk)
    ]
    return sorted(found, key=lambda fund: (bool(fund.why_not), -fund.balance.left))


def why_not(balance: Balance, case: AssistanceRequest, today: date) -> str:
    """Why a contribution cannot be set against this request; empty where it can."""
    fund = balance.funding
    if fund.pillar_id not in (None, case.pillar_id):
        return _("Earmarked for %(pillar)s.") % {"pillar": fund.pillar}
    if fund.valid_from > today:
        return _("Can be used from %(date)s.") % {"date": date_format(fund.valid_from)}
    if fund.valid_until <= today:
        return _("Could be used until %(date)s.") % {
            "date": date_format(fund.valid_until - timedelta(days=1))
        }
    if balance.left <= 0:
        return _("Nothing is left of it.")
    return ""


def similar_requests(case: AssistanceRequest, user: User) -> list[AssistanceRequest]:
    """Decided requests of the reader's programmes with most themes in common, of the same pillar
    first, then the latest."""
    visible: RequestQuerySet = AssistanceRequest.objects.visible_to(user)
    decided = (
        visible.filter(theme_codes__overlap=case.theme_codes, first_decided_at__isnull=False)
        .exclude(pk=case.pk)
        .exclude(state__in=[State.WITHDRAWN, State.MERGED])
        .order_by("-id")
    )
    themes = set(case.theme_codes)
    ranked = sorted(
        decided.values_list("pk", "theme_codes", "pillar_id")[:LOOKED_AT],
        key=lambda row: (-len(themes & set(row[1])), row[2] != case.pillar_id, -row[0]),
    )
    chosen = [pk for pk, _themes, _pillar in ranked[:SIMILAR]]
    found = AssistanceRequest.objects.select_related("country", "pillar", "programme").in_bulk(
        chosen
    )
    return [found[pk] for pk in chosen]
