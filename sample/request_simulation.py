"""How a case goes: who does what next, and when.

Random ways that keep to the table of the life cycle, and written ways for certain cases.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from accounts.models import Role
from assistance.models import ResponsePlan
from assistance.requests.assessments import PARTS
from assistance.requests.consent import waits_for_release
from assistance.requests.field_sets import CHECKLIST
from assistance.requests.questions import answer_name
from assistance.requests.states import State
from assistance.requests.workflow import ACTIONS
from sample.actions import Acting
from sample.engagement_simulation import Conduct
from sample.plans import plan_of
from sample.simulated_engagement import Dates

if TYPE_CHECKING:
    from assistance.models import AssistanceRequest, ReasonCode
    from sample.simulated_engagement import SimulatedEngagement

ALL_ITEMS = [code for code, _label in CHECKLIST]
HELD_DAYS = (25, 110)
HOLD_LOOK = 30  # working days until somebody looks again
# Written acts that are no action's usual way, with their actions: at a fixed hour, and drawing
# nothing by lot.
CALM = {"answer_some": "answer", "return_assessment": "return_assessment"}


class RequestSimulation(Acting):
    """Takes a case's acts with believable contents, and decides on the next one unless the way is
    written."""

    def submit(self) -> None:
        """The author submits; staff who recorded a letter do so with its evidence."""
        case = self.case
        behalf = case.author.role != "focal_point"
        case.act("submit", case.author, self.evidence() if behalf else {}, on_behalf=behalf)
        if case.state == State.SUBMITTED:
            self.received()

    def clear(self) -> None:
        """Another person of the country stands by it."""
        self.case.act("clear", self.case.land.clearer)
        self.received()

    def send_back(self) -> None:
        """The clearer wants something changed."""
        self.case.act("send_back", self.case.land.clearer, {"changes": self.say("send_back")})

    def received(self) -> None:
        """The programme has it."""
        self.world.open_cases[self.case.land.place.iso3].append(self.case)
        if self.written:
            return
        if self.world.chance(0.08):
            self.ours(1, self.acknowledge, State.SUBMITTED)
        self.ours(self.soon(1, 3, 0.12, 9), self.start_review, State.SUBMITTED)
        if self.world.chance(0.02):
            self.ours(2, self.merge, State.SUBMITTED, State.UNDER_REVIEW)
        if self.world.chance(0.035):
            self.theirs(self.rng.randint(3, 240), self.withdraw, *BEFORE_DELIVERY)
        if self.world.chance(0.045):
            self.ours(
                self.rng.randint(12, 150),
                self.hold,
                State.UNDER_REVIEW,
                State.ACCEPTED,
                State.PLAN_PROPOSED,
                State.PLANNED,
                State.IN_DELIVERY,
            )

    def acknowledge(self) -> None:
        """A message before the review starts."""
        self.case.say(
            self.world.officer_for(self.case.land), self.say("acknowledge"), internal=False
        )

    def start_review(self) -> None:
        """An officer takes it."""
        officer = self.world.officer_for(self.case.land)
        authentic = self.world.chance(0.93)
        data = {
            "lead_officer": officer,
            "letter": "authenticated" if authentic else "not",
            "why_not": (
                "" if authentic else "The original is on its way through the permanent mission."
            ),
        }
        self.case.act("start_review", officer, data)
        self.reviewing(first=True)

    def reviewing(self, *, first: bool) -> None:
        """Questions, or the checklist; seldom an early end."""
        if self.written:
            return
        if first and self.world.chance(0.12):
            self.ours(1, self.note, State.UNDER_REVIEW)
        if self.world.chance(0.3 if first else 0.08):
            self.ours(self.soon(1, 3, 0.08, 7), self.ask, State.UNDER_REVIEW)
        elif first and self.world.chance(0.02):
            self.ours(3, self.rng.choice((self.refer, self.decline)), State.UNDER_REVIEW)
        else:
            self.ours(
                self.soon(1, 4 if first else 2, 0.1, 9), self.mark_complete, State.UNDER_REVIEW
            )

    def note(self) -> None:
        """A note among staff."""
        self.case.say(self.lead, self.world.words.draw("en", "acts", "note"), internal=True)

    def ask(self) -> None:
        """Two questions or three; the country answers, asks for time, or says nothing."""
        count = 2 if self.written else self.rng.choice((1, 2, 2, 3))
        words = self.world.words
        texts = (
            words.texts.get(self.language, {}).get("acts", {}).get("questions")
            or words.texts["en"]["acts"]["questions"]
        )
        self.case.act("ask", self.lead, {"questions": "\n".join(self.rng.sample(texts, count))})
        if self.written:
            return
        luck = self.rng.random()
        if luck < 0.1:
            self.ours(35, self.lapse, State.RETURNED)
            return
        if luck < 0.2:
            self.theirs(12, self.ask_for_time, State.RETURNED)
        self.theirs(self.soon(3, 19, 0.2, 40), self.answer, State.RETURNED)

    def ask_for_time(self) -> None:
        """The country needs longer; mostly it gets it."""
        until = self.world.calendar.add(self.world.day, 15)
        self.country_acts("ask_for_time", {"until": until, "why": self.say("more_time")})
        if not self.written and self.world.chance(0.85):
            self.ours(
                2,
                lambda: self.case.act("give_time", self.lead, {"until": until}),
                State.RETURNED,
                State.PLAN_PROPOSED,
            )

    def answer(self) -> None:
        """The country answers."""
        waited = self.case.returned_from == State.WAITLISTED
        answers = [
            self.say("answers"),
            *(self.aside("answers") for _question in self.case.open_questions()[1:]),
        ]
        self.country_acts(
            "answer",
            {
                answer_name(q.number): text
                for q, text in zip(self.case.open_questions(), answers, strict=False)
            },
        )
        if waited:
            self.ours(6, self.decide_waiting, State.WAITLISTED)
        elif self.case.complete_since is None:
            self.reviewing(first=False)
        else:
            self.decide()

    def mark_complete(self) -> None:
        """The checklist is done; the decision's clock runs."""
        if self.case.complete_since is not None:
            return
        self.case.act("mark_complete", self.lead, self.assessment())
        if waits_for_release(cast("AssistanceRequest", self.case)):
            self.case.act("release_text", self.lead)
        self.decide()

    def assessment(self) -> dict[str, object]:
        """What the officer found, point by point, and what they recommend."""
        draw = self.world.aside.draw
        notes = {f"note_{code}": draw("en", "assessment", "note") for code in ALL_ITEMS}
        parts = {name: draw("en", "assessment", name) for name in PARTS}
        advice = {"recommendation": "accept", "reasons": draw("en", "assessment", "reasons")}
        return {"checklist": ALL_ITEMS, **notes, **parts, **advice}

    def return_assessment(self) -> None:
        """The manager wants to know more before a decision."""
        self.case.act(
            "return_assessment",
            self.decider,
            {"still_needed": self.world.aside.draw("en", "assessment", "still_needed")},
        )

    def answer_some(self) -> None:
        """The country answers the first question and says nothing of the others yet."""
        self.case.act(
            "answer",
            self.case.land.speaker(self.world.day),
            {answer_name(1): self.aside("answers")},
        )

    def decide(self) -> None:
        """A manager decides, mostly within 30 working days."""
        if self.written:
            return
        if self.world.chance(0.04):
            self.ours(5, self.ask, State.UNDER_REVIEW)
            self.ours(42, self.accept, State.UNDER_REVIEW)
            return
        days = self.soon(4, 27, 0.14, 52)
        if self.world.chance(0.1):
            self.theirs(days // 2, self.supplement, State.UNDER_REVIEW)
        outcome = self.rng.choices(
            (self.accept, self.waitlist, self.decline, self.refer), (77, 10, 8, 5)
        )[0]
        self.ours(days, outcome, State.UNDER_REVIEW)

    def supplement(self) -> None:
        """The country adds something."""
        self.country_acts("supplement", {"text": self.say("supplement")})

    def accept(self) -> None:
        """Priority, officer, estimate, funds."""
        case, rng = self.case, self.rng
        estimate = Decimal(rng.randrange(8, 160) * 1000)
        partly = "" if not self.world.chance(0.12) else self.say("not_covered")
        priority = (
            "high"
            if case.urgency == "urgent"
            else rng.choices(("high", "normal", "low"), (18, 68, 14))[0]
        )
        data = {
            "priority": priority,
            "lead_officer": self.lead,
            "estimate": estimate,
            "funding": self.world.fund_for(case.pillar, self.world.day),
            "not_covered": partly,
        }
        case.act("accept", self.decider, data)
        if self.written:
            return
        if self.world.chance(0.04):
            self.ours(
                self.rng.randint(10, 130),
                self.discontinue,
                State.ACCEPTED,
                State.PLAN_PROPOSED,
                State.PLANNED,
                State.IN_DELIVERY,
            )
        if self.world.chance(0.05):
            self.ours(6, self.assign, State.ACCEPTED)
        self.ours(self.soon(7, 29, 0.15, 55), self.propose_plan, State.ACCEPTED)

    def assign(self) -> None:
        """Another officer takes the case."""
        self.case.assign(
            self.decider,
            self.rng.choice([o for o in self.world.people.officers if o is not self.lead]),
        )

    def waitlist(self) -> None:
        """Until the next look."""
        look = self.world.calendar.add(self.world.day, self.rng.randint(40, 90))
        self.case.act(
            "waitlist", self.decider, {"note": self.say("waitlist"), "next_look_on": look}
        )
        if self.written:
            return
        if self.world.chance(0.06):
            self.ours(20, self.ask, State.WAITLISTED)
        self.world.at(
            self.world.hours.office(look + timedelta(days=self.rng.randint(-4, 12))),
            self.when((State.WAITLISTED,), self.decide_waiting),
        )

    def decide_waiting(self) -> None:
        """The next look."""
        if not self.written:
            self.rng.choices((self.accept, self.decline, self.refer), (72, 18, 10))[0]()

    def decline(self) -> None:
        """Not accepted, with its reason; a few come back."""
        self.case.act(
            "decline",
            self.decider,
            {"reason_code": self.reason("decline"), "note": self.say("decline")},
        )
        self.perhaps_reopen(0.05)

    def reason(self, action: str) -> ReasonCode:
        """A reason code for this action."""
        return self.rng.choice([r for r in self.world.reasons[action] if r.code != "not-eligible"])

    def refer(self) -> None:
        """Passed on to another provider."""
        data = {
            "referred_to": self.rng.choice(PROVIDERS),
            "consent": True,
            "note": self.say("refer"),
        }
        self.case.act("refer", self.decider, data)

    def merge(self) -> None:
        """Into another open case of the country, where there is one."""
        case = self.case
        others = [
            c
            for c in self.world.open_cases[case.land.place.iso3]
            if c is not case and c.is_open and c.pk < case.pk
        ]
        if others:
            case.act("merge", self.lead, {"merged_into": others[-1]})

    def propose_plan(self) -> None:
        """Steps with cost, indicators with baseline and target."""
        self.case.act("propose_plan", self.lead, plan_of(self.world, self.theme))
        if self.written:
            return
        luck = self.rng.random()
        if luck < 0.05:
            self.ours(32, self.lapse, State.PLAN_PROPOSED)
        elif luck < 0.13:
            self.theirs(self.rng.randint(4, 18), self.send_plan_back, State.PLAN_PROPOSED)
        else:
            if luck > 0.95:
                self.theirs(10, self.ask_for_time, State.PLAN_PROPOSED)
            self.theirs(self.soon(2, 19, 0.15, 40), self.agree, State.PLAN_PROPOSED)

    def send_plan_back(self) -> None:
        """The country wants it otherwise."""
        self.country_acts("send_plan_back", {"changes": self.say("plan_back")})
        if not self.written:
            self.ours(self.rng.randint(4, 15), self.propose_plan, State.ACCEPTED)

    def agree(self) -> None:
        """The country agrees; engagements are planned."""
        self.country_acts("agree", {"agreed_by_name": self.case.signatory_name})
        if any(d.state in ("confirmed", "delivered", "verified") for d in self.case.deeds):
            self.case.act("start_delivery", None)
        if self.written:
            return
        for number in range(self.rng.choices((1, 2, 3, 4), (44, 32, 16, 8))[0]):
            self.ours(
                self.rng.randint(1, 8) + 6 * number, self.engage, State.PLANNED, State.IN_DELIVERY
            )
        if self.world.chance(0.06):
            self.ours(self.rng.randint(30, 80), self.revise_plan, State.PLANNED, State.IN_DELIVERY)

    def revise_plan(self) -> None:
        """A new version; work goes on under the old one until the country agrees."""
        if self.case.plans.filter(status="proposed"):
            return
        self.case.act("revise_plan", self.lead, plan_of(self.world, self.theme))
        self.theirs(self.rng.randint(5, 30), self.agree_revision, State.PLANNED, State.IN_DELIVERY)

    def agree_revision(self) -> None:
        """The country agrees to the new version."""
        if self.case.plans.filter(status="proposed"):
            self.country_acts("agree_revision", {"agreed_by_name": self.case.signatory_name})

    def engage(self, dates: Dates | None = None, kind: str = "") -> None:
        """An engagement for this case; now and then other countries of the region come too."""
        case, world = self.case, self.world
        dates = dates or Dates(world.calendar.add(world.day, self.rng.randint(18, 75)))
        lands, cases = [case.land], [case]
        if not self.written and world.chance(0.08):
            neighbours = [
                x
                for x in world.people.lands.values()
                if x.country.subregion == case.country.subregion and x is not case.land
            ]
            lands += self.rng.sample(neighbours, min(len(neighbours), self.rng.randint(3, 9)))
            cases += [
                c
                for x in lands[1:]
                for c in world.open_cases[x.place.iso3][-3:]
                if c.state in LINKABLE and c.theme_codes == case.theme_codes
            ][:2]
        Conduct(
            world,
            officer=self.lead,
            theme=self.theme,
            pillar=case.pillar,
            lands=lands,
            dates=dates,
            cases=cases,
            kind=kind,
        )

    def engagement_moved(self, deed: SimulatedEngagement) -> None:
        """What an engagement's act means for the case: the end of delivery comes near, or a new
        engagement is needed."""
        case = self.case
        if self.written or case.state not in (State.PLANNED, State.IN_DELIVERY):
            return
        states = {d.state for d in case.deeds}
        if {"planned", "confirmed"} & states:
            return
        if {"delivered", "verified"} & states:
            if case.state == State.PLANNED:
                self.ours(1, self.start_delivery, State.PLANNED)
            self.ours(self.soon(2, 10, 0.14, 30), self.complete, State.IN_DELIVERY)
        elif states == {"cancelled"}:
            self.ours(5, self.engage, State.PLANNED, State.IN_DELIVERY)

    def start_delivery(self) -> None:
        """By hand, where no confirmation has done it."""
        self.case.act("start_delivery", self.lead)

    def complete(self) -> None:
        """All that was planned is delivered."""
        states = {d.state for d in self.case.deeds}
        if {"planned", "confirmed"} & states or not {"delivered", "verified"} & states:
            return
        self.case.act("complete", self.lead, {"summary": self.say("summary")})
        if not self.written and self.world.chance(0.78):
            self.theirs(self.soon(2, 25), self.confirm, State.DELIVERED)

    def confirm(self) -> None:
        """The country's own word."""
        outcome = self.rng.choices(("met", "partly_met", "not_met"), (66, 28, 6))[0]
        top = {"met": (4, 5), "partly_met": (3, 4), "not_met": (1, 3)}[outcome]
        data = {
            "outcome": outcome,
            "usefulness": str(self.rng.randint(*top)),
            "timeliness": str(self.rng.randint(2, 5)),
            "remarks": self.say(f"remarks_{outcome}") if self.world.chance(0.7) else "",
        }
        self.country_acts("confirm", data)
        self.perhaps_reopen(0.015)

    def withdraw(self) -> None:
        """The country no longer asks."""
        self.country_acts("withdraw", {"reason": self.say("withdraw")})
        self.let_go()

    def discontinue(self) -> None:
        """The programme stops."""
        self.case.act(
            "discontinue",
            self.decider,
            {"reason_code": self.reason("discontinue"), "note": self.say("discontinue")},
        )
        self.let_go()

    def let_go(self) -> None:
        """Engagements still ahead that answer this request alone are cancelled."""
        for deed in self.case.deeds:
            if deed.state in ("planned", "confirmed") and len(deed.cases) == 1:
                deed.act(self.lead, "cancel", reason="The request that it answers has ended.")

    def hold(self) -> None:
        """A pause; then on, or the end."""
        look = self.world.calendar.add(self.world.day, HOLD_LOOK)
        self.case.act("hold", self.decider, {"reason": self.say("hold"), "next_look_on": look})
        if not self.written:
            self.world.desk(self.rng.randint(*HELD_DAYS) * 5 // 7, self.end_hold)

    def end_hold(self) -> None:
        """What waited for the end of the pause comes some days after it."""
        case = self.case
        if case.state != State.ON_HOLD:
            return
        if self.world.chance(0.15):
            self.discontinue()
            return
        case.act("resume", self.decider, {"reason": self.say("resume")})
        waiting, case.waiting = case.waiting, []
        for act in waiting:
            self.world.desk(self.rng.randint(1, 8), act)
        case.follow(self.lead)
        for deed in case.deeds[-1:]:
            self.engagement_moved(deed)

    def lapse(self) -> None:
        """After two reminders without an answer; some countries answer after all."""
        reminded = self.case.clocks.running().filter(standard__in=("answer", "agreement"))
        if not any(c.reminders >= 2 for c in reminded):
            self.ours(4, self.lapse, State.RETURNED, State.PLAN_PROPOSED)
            return
        self.case.act("lapse", self.decider, {"note": self.say("lapse")})
        if not self.written and self.world.chance(0.25):
            self.theirs(self.rng.randint(10, 90), self.answer_late, State.LAPSED)

    def answer_late(self) -> None:
        """Reopens the case."""
        self.country_acts("answer_late", {"answers": self.say("answers")})
        self.reviewing(first=False)

    def perhaps_reopen(self, share: float) -> None:
        """A manager reopens few."""
        if not self.written and self.world.chance(share):
            self.ours(self.rng.randint(15, 70), self.reopen, State.DECLINED, State.CLOSED)

    def reopen(self) -> None:
        """A new round: under the agreed plan where there is one, or from review."""
        planned = self.case.state == State.CLOSED and bool(
            self.case.plans.filter(status=ResponsePlan.Status.AGREED.value)
        )
        self.case.act(
            "reopen",
            self.decider,
            {"reason": self.say("reopen"), "to": "planned" if planned else "under_review"},
        )
        if planned:
            self.ours(3, self.engage, State.PLANNED, State.IN_DELIVERY)
        else:
            self.reviewing(first=False)


BEFORE_DELIVERY = (
    State.SUBMITTED,
    State.UNDER_REVIEW,
    State.RETURNED,
    State.WAITLISTED,
    State.ACCEPTED,
    State.PLAN_PROPOSED,
    State.PLANNED,
)
LINKABLE = (State.ACCEPTED, State.PLANNED, State.IN_DELIVERY)
PROVIDERS = (
    "INTERPOL",
    "International Telecommunication Union",
    "Council of Europe",
    "World Bank",
    "UNICEF",
    "Organization of American States",
    "Pacific Islands Forum Secretariat",
)


def place_on_day(day: date, course: RequestSimulation, code: str) -> None:
    """Puts an act of a written way on a day: ours in working hours, the country's in its daytime."""
    world = course.world
    if code in CALM:
        moment = datetime.combine(day, time(10, 30), tzinfo=world.zone)
        world.at(moment, course.when(ACTIONS[CALM[code]].sources, getattr(course, code)))
        return
    action = ACTIONS[code]
    moment = (
        world.hours.at(day, course.case.land.place.zone, 8, 16)
        if Role.FOCAL_POINT in action.actor.roles
        else world.hours.office(day)
    )
    world.at(moment, course.when(action.sources, getattr(course, code)))
