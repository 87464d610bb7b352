"""The clocks of a request as they run: started, stopped, paused and resumed by what happens to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from assistance.engagements.states import AHEAD, DONE
from assistance.programmes.working_days import calendar_of
from assistance.requests.clock_models import CaseClock
from assistance.requests.clocks import (
    ASIDE,
    INTO_DELIVERY,
    ON_HOLD,
    RULES,
    Rule,
    days_in_force,
    days_used,
    due_date,
)
from assistance.requests.states import OPEN, State, Turn, turn_in

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


class Linked(NamedTuple):
    """What the clocks of a case ask of an engagement that answers it."""

    state: str
    starts_on: date | None
    ends_on: date | None
    held_parts: int


class Clocks:
    """The clocks of one locked case, on one day."""

    def __init__(self, case: AssistanceRequest, today: date) -> None:
        self.case, self.today = case, today
        self.calendar = calendar_of(case.programme)

    @cached_property
    def unfinished(self) -> dict[str, CaseClock]:
        """The clocks that run or rest, by standard: read once, and kept as they are moved."""
        return {clock.standard: clock for clock in self.case.clocks.unfinished()}

    def happened(self, act: str, new_state: str) -> None:
        """Moves every clock as the act demands: stop, start, pause or resume; then stores whose
        turn it is and by when.

        The case bears its new state already. An act that ends the case ends what still runs, as no
        longer asked for.
        """
        stopped = [
            code
            for code in self.unfinished
            if act in RULES[code].stops and new_state != RULES[code].stops_not_in
        ]
        for code in stopped:
            self.stop(self.unfinished[code], self.today)
        if stopped or act not in ASIDE:
            self._move(act, new_state)
        if act in INTO_DELIVERY:
            self.follow_engagements()
        self.store_turn()

    def _move(self, act: str, new_state: str) -> None:
        """Ends, pauses, resumes and starts after an act that may have changed the state."""
        if new_state not in OPEN:
            for clock in [*self.unfinished.values()]:
                self.stop(clock, self.today, void=True)
            return
        for code, clock in self.unfinished.items():
            rests = new_state in RULES[code].pauses
            if rests and clock.paused_on is None and self.today <= clock.due_on:
                self.pause(clock)
            elif not rests and clock.paused_on is not None:
                self.resume(clock)
        for rule in RULES.values():
            if act in rule.starts and self._starts(rule, act):
                self.start(rule)

    def _starts(self, rule: Rule, act: str) -> bool:
        """Whether an act that can start a clock does so now."""
        state = rule.starts[act]
        if state is not None and self.case.state != state:
            return False
        if rule.goes_on and rule.code in self.unfinished:
            return False
        if rule.once_a_round:
            earlier = self.case.clocks.filter(standard=rule.code, round=self.case.round)
            return all(clock.end == "void" for clock in earlier)
        return True

    def start(self, rule: Rule, on: date | None = None, days: int | None = None) -> None:
        """A new clock; one of the same standard that still runs is no longer asked for."""
        start = on or self.today
        days = days_in_force(self.case.programme, rule.code, start) if days is None else days
        if rule.code in self.unfinished:
            self.stop(self.unfinished[rule.code], self.today, void=True)
        self.unfinished[rule.code] = self.case.clocks.create(
            round=self.case.round,
            standard=rule.code,
            days=days,
            started_on=start,
            due_on=due_date(rule, self.calendar, start, days),
        )

    def stop(self, clock: CaseClock, on: date, *, void: bool = False) -> None:
        """Ends a clock on a day: by the act it waited for, or as no longer asked for. One that
        rested would have been due after the days left.

        Days used are those of whoever the clock is: pauses are not among them, those after the due
        date included.
        """
        rule = RULES[clock.standard]
        if clock.paused_on is not None:
            clock.due_on = self.due_after_rest(clock, on)
        clock.days_used = max(
            0,
            clock.days
            - days_used(rule, self.calendar, on, clock.due_on)
            - self.rested_late(rule, clock.due_on, on),
        )
        clock.paused_on, clock.days_left = None, None
        clock.ended_on, clock.end = max(on, clock.started_on), "void" if void else "act"
        clock.save()
        self.unfinished.pop(clock.standard, None)

    def rested_late(self, rule: Rule, due_on: date, until: date) -> int:
        """Days of pauses that began after the due date: they move no date, and are not used by
        anybody."""
        if until <= due_on or not rule.pauses:
            return 0
        rested, day_of = 0, self.case.programme.day_of
        for span in self.case.spans.filter(state__in=rule.pauses):
            first = day_of(span.entered_at)
            last = min(until, day_of(span.left_at)) if span.left_at else until
            if due_on < first < last:
                rested += days_used(rule, self.calendar, first, last)
        return rested

    def pause(self, clock: CaseClock) -> None:
        """Remembers how many days were left."""
        clock.paused_on, clock.days_left = (
            self.today,
            days_used(RULES[clock.standard], self.calendar, self.today, clock.due_on),
        )
        clock.save()

    def resume(self, clock: CaseClock) -> None:
        """Due again after the days that were left."""
        clock.due_on = self.due_after_rest(clock, self.today)
        clock.paused_on, clock.days_left = None, None
        clock.save()

    def due_after_rest(self, clock: CaseClock, on: date) -> date:
        """When a clock that rests is due if it goes on, or ends, on this day.

        A pause that began after the due date does not move it.
        """
        assert clock.paused_on is not None and clock.days_left is not None, "it rests"
        if clock.paused_on > clock.due_on or on < clock.paused_on:
            return clock.due_on
        return due_date(RULES[clock.standard], self.calendar, on, clock.days_left)

    def follow_engagements(self) -> None:
        """The first linked engagement that began on or after acceptance stops its clock with its
        start; when nothing is ahead any more, closing runs from the end of the last one.

        Only engagements of the case's present round count. While the case is on hold, closing
        begins at rest.
        """
        case, running = self.case, self.unfinished
        in_delivery = State.IN_DELIVERY in (
            case.state,
            case.held_from if case.state == ON_HOLD else "",
        )
        if not in_delivery and not running.keys() & {"first_engagement", "closing"}:
            return
        linked, since = self.linked(), self.round_began()
        done = [
            (e.starts_on, e.ends_on)
            for e in linked
            if e.state in DONE and e.starts_on and e.ends_on and e.ends_on >= since
        ]
        if first := running.get("first_engagement"):
            begun = [
                e.starts_on
                for e in linked
                if (e.state in DONE or e.held_parts)
                and e.starts_on
                and e.starts_on >= first.started_on
            ]
            if begun:
                self.stop(first, min(begun))
        closing = running.get("closing")
        if any(e.state in AHEAD for e in linked):
            if closing is not None:
                self.stop(closing, self.today, void=True)
        elif done and in_delivery:
            self._close_from(max(end for _start, end in done), closing)

    def linked(self) -> list[Linked]:
        """The engagements that answer the case, with how many of their parts were held, but for
        those that did not take place."""
        held = Count("parts", filter=Q(parts__held_on__isnull=False, parts__struck_on__isnull=True))
        took_place = self.case.engagements.filter(did_not_take_place=False).annotate(
            held_parts=held
        )
        return [
            Linked(*row)
            for row in took_place.values_list("state", "starts_on", "ends_on", "held_parts")
        ]

    def round_began(self) -> date:
        """The day on which the present round began; of the first one, long ago."""
        case = self.case
        return (
            case.programme.day_of(
                case.spans.filter(round=case.round).earliest("entered_at").entered_at
            )
            if case.round > 1
            else date.min
        )

    def _close_from(self, last_day: date, closing: CaseClock | None) -> None:
        """Starts the clock of closing on this day, or moves one whose engagement turned out to have
        ended on another."""
        rule = RULES["closing"]
        if closing is not None:
            moved = days_used(rule, self.calendar, closing.started_on, last_day)
            closing.started_on, closing.due_on = (
                last_day,
                due_date(rule, self.calendar, closing.due_on, moved),
            )
            closing.save()
            return
        self.start(rule, on=last_day)
        if self.case.state == ON_HOLD:
            clock = self.unfinished[rule.code]
            held_on = max(last_day, self.case.programme.day_of(self.case.state_since))
            if held_on <= clock.due_on:
                clock.paused_on, clock.days_left = (
                    held_on,
                    days_used(rule, self.calendar, held_on, clock.due_on),
                )
                clock.save()

    def give_time(self, until: date) -> None:
        """The country's running clock is due on this day instead."""
        for clock in self.running():
            if RULES[clock.standard].whose != Turn.COUNTRY:
                continue
            clock.days += days_used(RULES[clock.standard], self.calendar, clock.due_on, until)
            clock.due_on, clock.reminders, clock.reminded_on = until, 0, None
            clock.save()

    def running(self) -> list[CaseClock]:
        """Those that do not rest."""
        return [clock for clock in self.unfinished.values() if clock.paused_on is None]

    def store_turn(self) -> None:
        """Writes whose turn it is and by when onto the case, so that lists can sort by it."""
        looks = {
            State.WAITLISTED.value: self.case.next_look_on,
            ON_HOLD.value: self.case.hold_look_on,
        }
        self.case.turn = turn_in(self.case.state)
        self.case.due_on = (
            looks[str(self.case.state)] if self.case.state in looks else self._next_due()
        )

    def _next_due(self) -> date | None:
        """The earliest date among the running clocks of whoever's turn it is."""
        dates: Iterable[date] = [
            c.due_on for c in self.running() if RULES[c.standard].whose == self.case.turn
        ]
        return min(dates, default=None)
