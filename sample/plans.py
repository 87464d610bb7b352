"""What a plan of the sample holds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sample.simulation import World

WHO = (
    "Programme",
    "Programme and national trainers",
    "Ministry of Justice and programme",
    "Police training academy",
    "Consultant engaged by the programme",
    "Field office",
)


def plan_of(world: World, theme: str) -> dict[str, object]:
    """A plan of two to four steps."""
    words, rng, day = world.words, world.rng, world.day
    start = day + timedelta(days=rng.randint(30, 60))
    steps = []
    for what in rng.sample(words.texts["en"]["plan"]["steps"], rng.randint(2, 4)):
        end = start + timedelta(days=rng.randint(4, 40))
        text = what.format_map(words.numbers() | {"theme": words.theme(theme)})
        steps.append(
            {
                "what": text[:300],
                "starts_on": start,
                "ends_on": end,
                "who": rng.choice(WHO),
                "cost": Decimal(rng.randrange(3, 45) * 1000),
            }
        )
        start = end + timedelta(days=rng.randint(10, 40))
    indicators = []
    for line in rng.sample(words.texts["en"]["plan"]["indicators"], rng.randint(1, 3)):
        title, unit, baseline, target = line.split("|")
        indicators.append(
            {
                "title": title,
                "unit": unit,
                "baseline": Decimal(baseline),
                "target": Decimal(target) + rng.randrange(0, 12),
            }
        )
    return {
        "summary": words.draw("en", "plan", "summary"),
        "steps": steps,
        "indicators": indicators,
    }
