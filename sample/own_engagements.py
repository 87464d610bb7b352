"""Engagements that a programme holds of its own accord, many of them for a region."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sample.engagement_simulation import Conduct
from sample.people import SampleCountry
from sample.request_generator import THEMES, DrawnRequest
from sample.simulated_engagement import Dates

if TYPE_CHECKING:
    from sample.simulation import World

FOR_EACH_REQUEST = 1.32  # beside those that answer a request, which come to about 0.93


class OwnEngagements:
    """Plans them, beside the requests of a chunk."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lands = list(world.people.lands.values())

    def prepare(self, chunk: list[DrawnRequest]) -> None:
        """As many as the chunk's requests call for, planned in the same months."""
        world = self.world
        for arrival in world.rng.choices(chunk, k=max(1, round(len(chunk) * FOR_EACH_REQUEST))):
            world.at(
                world.hours.office(
                    world.day_of(arrival.at) + timedelta(days=world.rng.randint(0, 6))
                ),
                self.plan,
            )

    def plan(self) -> None:
        """One of them."""
        world, rng = self.world, self.world.rng
        theme = rng.choice(list(THEMES))
        pillar = world.pillars[rng.choice(THEMES[theme][0])]
        land = rng.choice(self.lands)
        lands = [land]
        if rng.random() < 0.42:
            lands = self.region(land)
        open_cases = [
            c
            for x in lands
            for c in world.open_cases[x.place.iso3][-2:]
            if not c.course.written
            and c.state in ("planned", "in_delivery")
            and theme in c.theme_codes
        ]
        starts = world.calendar.add(world.day, rng.randint(15, 80))
        Conduct(
            world,
            officer=world.officer_for(land),
            theme=theme,
            pillar=pillar,
            lands=lands,
            dates=Dates(starts),
            cases=open_cases[:3],
        )

    def region(self, land: SampleCountry) -> list[SampleCountry]:
        """This country and some neighbours: of its subregion, or of its region where that is small."""
        near = [
            x for x in self.lands if x is not land and x.country.subregion == land.country.subregion
        ]
        if len(near) < 5:
            near = [
                x for x in self.lands if x is not land and x.country.region == land.country.region
            ]
        return [land, *self.world.rng.sample(near, min(len(near), self.world.rng.randint(3, 14)))]
