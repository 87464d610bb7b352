"""What is left of contributions: what was promised, less what was spent and what is spoken for.

Source: the rules of the programme, section 10.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from assistance.funding.models import Funding

# states in which the rest of a request's estimate is spoken for
COMMITTING = ("accepted", "plan_proposed", "planned", "in_delivery")
BY_FUNDS = """
WITH parts AS (
  SELECT e.id AS engagement, e.funding_id, e.currency,
         CASE WHEN p.held_on IS NOT NULL THEN p.actual_cost END AS spent,
         CASE WHEN p.held_on IS NOT NULL AND p.actual_cost IS NULL
                OR p.held_on IS NULL AND e.state <> 'cancelled' THEN p.planned_cost END AS ahead
  FROM assistance_engagementpart p JOIN assistance_engagement e ON e.id = p.engagement_id
  WHERE p.struck_on IS NULL
), own AS (
  SELECT f.id, sum(p.spent) AS spent, sum(p.ahead) AS ahead
  FROM assistance_funding f JOIN parts p ON p.funding_id = f.id AND p.currency = f.currency
  WHERE f.id = ANY(%(funds)s) GROUP BY f.id
), cases AS (
  SELECT r.id, r.funding_id, r.estimate, r.estimate_currency
  FROM assistance_assistancerequest r JOIN assistance_funding f ON f.id = r.funding_id
  WHERE r.funding_id = ANY(%(funds)s) AND r.estimate_currency = f.currency
    AND (r.state = ANY(%(states)s) OR r.state = 'on_hold' AND r.held_from = ANY(%(states)s))
    AND r.id IS DISTINCT FROM %(but)s
), links AS (
  SELECT DISTINCT l.engagement_id AS engagement, coalesce(r.merged_into_id, r.id) AS request
  FROM assistance_engagementrequest l JOIN assistance_assistancerequest r ON r.id = l.request_id
  WHERE l.engagement_id IN (
    SELECT o.engagement_id FROM assistance_engagementrequest o
    JOIN assistance_assistancerequest q ON q.id = o.request_id
    WHERE coalesce(q.merged_into_id, q.id) IN (SELECT id FROM cases))
), shares AS (
  SELECT c.id, sum((coalesce(p.spent, 0) + coalesce(p.ahead, 0)) / n.requests) AS cost
  FROM cases c JOIN links l ON l.request = c.id
  JOIN parts p ON p.engagement = l.engagement AND p.currency = c.estimate_currency
  JOIN (SELECT engagement, count(*) AS requests FROM links GROUP BY engagement) n
    ON n.engagement = l.engagement
  GROUP BY c.id
), rest AS (
  SELECT c.funding_id AS id, sum(greatest(c.estimate - coalesce(s.cost, 0), 0)) AS rest
  FROM cases c LEFT JOIN shares s ON s.id = c.id GROUP BY c.funding_id
)
SELECT f.id, coalesce(o.spent, 0), coalesce(o.ahead, 0) + coalesce(r.rest, 0)
FROM unnest(%(funds)s) AS f(id) LEFT JOIN own o ON o.id = f.id LEFT JOIN rest r ON r.id = f.id
"""


# what the engagements of a request cost, its own share of each; merged ones are the target's
OF_REQUEST = """
WITH links AS (
  SELECT DISTINCT l.engagement_id AS engagement, coalesce(r.merged_into_id, r.id) AS request
  FROM assistance_engagementrequest l JOIN assistance_assistancerequest r ON r.id = l.request_id
  WHERE l.engagement_id IN (
    SELECT o.engagement_id FROM assistance_engagementrequest o
    JOIN assistance_assistancerequest q ON q.id = o.request_id
    WHERE coalesce(q.merged_into_id, q.id) = %(request)s)
)
SELECT coalesce(sum(coalesce(CASE WHEN p.held_on IS NOT NULL THEN p.actual_cost END,
    CASE WHEN p.held_on IS NOT NULL OR e.state <> 'cancelled' THEN p.planned_cost END, 0)
  / (SELECT count(*) FROM links n WHERE n.engagement = l.engagement)), 0)
FROM links l JOIN assistance_engagement e ON e.id = l.engagement
JOIN assistance_engagementpart p ON p.engagement_id = e.id
WHERE l.request = %(request)s AND p.struck_on IS NULL AND e.currency = %(currency)s
"""


def cost_of_request(pk: int, currency: str) -> Decimal:
    """What a request's engagements have cost or will, by what is recorded, in one currency."""
    with connection.cursor() as cursor:
        cursor.execute(OF_REQUEST, {"request": pk, "currency": currency})
        return Decimal(cursor.fetchone()[0])


@dataclass(frozen=True)
class Balance:
    """Of one contribution, in its currency. `left` is below zero where more was spent or promised
    than there is."""

    funding: Funding
    spent: Decimal
    committed: Decimal

    @property
    def left(self) -> Decimal:
        """What can still be set against it."""
        return self.funding.amount - self.spent - self.committed


def balances_of(funds: Iterable[Funding], *, but: int | None = None) -> list[Balance]:
    """Spent: actual costs of parts that were held. Committed: planned costs of parts ahead, and the
    rest of the estimates of requests that were accepted, without the request `but`, whose estimate
    is being made. Amounts in other currencies are on neither side.

    One statement, however many there are.
    """
    rows = {fund.pk: fund for fund in funds}
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(BY_FUNDS, {"funds": list(rows), "states": list(COMMITTING), "but": but})
        found = {pk: (spent, committed) for pk, spent, committed in cursor.fetchall()}
    return [Balance(fund, *found[pk]) for pk, fund in rows.items()]
