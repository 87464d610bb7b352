"""What the values of several periods give together, by an indicator's rule. Source: the rules of the
programme, section 9: only what the rule says is added, and a share is numerator and denominator,
both summed, never a mean of shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistance.results.choices import OverPeriods


@dataclass(frozen=True)
class Amount:
    """A value: a number; or a share, as numerator and denominator; or words."""

    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    words: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is part of a whole."""
        return self.denominator is not None

    @property
    def number(self) -> Decimal | None:
        """The value, of a share in per cent; None for words, and for a share of nothing."""
        if self.denominator is None:
            return self.value
        if not self.denominator:
            return None
        return Decimal(self.numerator or 0) * 100 / Decimal(self.denominator)


def add_over_periods(rule: str, amounts: Sequence[Amount]) -> Amount | None:
    """What values of periods, the earliest first, give together; None where there are none.

    What is worked out anew over the whole span has no values of periods that could be added: the
    last stands for all.
    """
    if not amounts:
        return None
    if rule == OverPeriods.SUM and all(a.is_share or a.value is not None for a in amounts):
        return summed(amounts)
    if rule == OverPeriods.HIGHEST and all(a.number is not None for a in amounts):
        return max(amounts, key=lambda amount: amount.number or Decimal(0))
    return amounts[-1]


def summed(amounts: Sequence[Amount]) -> Amount:
    """Numbers added; of shares numerators and denominators."""
    if any(amount.is_share for amount in amounts):
        return Amount(
            numerator=sum(a.numerator or 0 for a in amounts),
            denominator=sum(a.denominator or 0 for a in amounts),
        )
    return Amount(value=sum((a.value or Decimal(0) for a in amounts), Decimal(0)))
