"""Who acts on a case, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistance.requests.states import State

if TYPE_CHECKING:
    from sample.bulk_copy import Record
    from sample.simulated_request import SimulatedRequest


class Acting:
    """Puts a case's acts on their days and finds the people for them.

    `written`: its way is laid down, nothing is drawn.
    """

    def __init__(self, case: SimulatedRequest, *, written: bool = False) -> None:
        self.case, self.world, self.written = case, case.world, written
        self.rng = case.world.rng
        self.language = case.language if case.language in ("en", "fr", "es") else "en"
        case.course = self
        self.theme = case.theme_codes[0]

    def when(self, states: tuple[str, ...], act: Callable[[], object]) -> Callable[[], None]:
        """The act, if the case is still in such a state by then; what meets a pause waits for its
        end."""

        def later() -> None:
            if self.case.state == State.ON_HOLD:
                self.case.waiting.append(later)
            elif self.case.state in states:
                act()

        return later

    def ours(self, working_days: int, act: Callable[[], object], *states: str) -> None:
        """The programme acts so many working days from now."""
        self.world.desk(max(1, working_days), self.when(states, act))

    def theirs(self, days: int, act: Callable[[], object], *states: str) -> None:
        """The country acts so many days from now."""
        self.world.abroad(self.case.land, days, self.when(states, act))

    def soon(self, low: int, high: int, late: float = 0.1, latest: int = 0) -> int:
        """Days within a standard mostly; in this share of cases up to the latest."""
        return (
            self.rng.randint(high + 1, latest)
            if latest > high and self.rng.random() < late
            else self.rng.randint(low, high)
        )

    @property
    def lead(self) -> Record:
        """The lead officer."""
        return self.case.lead_officer or self.world.people.officers[0]

    @property
    def decider(self) -> Record:
        """The deciding manager, or one."""
        return self.case.deciding_manager or self.world.manager()

    def country_acts(self, code: str, data: Mapping[str, object] | None = None) -> None:
        """By the focal point; where there is none, and now and then otherwise, recorded by an
        officer with its evidence."""
        world, case = self.world, self.case
        speaker = case.land.speaker(world.day)
        if speaker is not None and (self.written or not world.chance(0.05)):
            case.act(code, speaker, data)
            return
        case.act(code, self.lead, {**(data or {}), **self.evidence()}, on_behalf=True)

    def evidence(self) -> dict[str, str]:
        """By what staff know that the country has acted."""
        kind = self.rng.choice(("letter", "e-mail", "e-mail", "call"))
        return {
            "evidence_kind": kind,
            "evidence_note": f"{self.world.day:%Y-%m-%d}, {self.case.land.institutions[0].name}"[
                :200
            ],
        }

    def aside(self, section: str) -> str:
        """The same from a lot of its own, so that the rest of the sample stays as it is."""
        return self.world.aside.draw(self.language, "acts", section)

    def say(self, section: str, **slots: object) -> str:
        """Words of an act, in the case's language where we have it."""
        return self.world.words.draw(self.language, "acts", section, **slots)
