"""What each action does to a case beside moving its state: one small function an action, found by
its code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.engagements.states import AHEAD, DONE
from assistance.plans.models import PlanIndicator, PlannedStep, ResponsePlan
from assistance.requests import fields, questions, references
from assistance.requests.assessments import PARTS, Assessment, values_of
from assistance.requests.errors import DomainError
from assistance.requests.field_sets import CHECKLIST
from assistance.requests.states import State
from countries.models import FocalPoint

if TYPE_CHECKING:
    from assistance.requests.clock import Clocks
    from assistance.requests.models import AssistanceRequest


@dataclass
class ActionContext:
    """One action being taken on a locked case."""

    case: AssistanceRequest
    user: Any  # None: the clock
    code: str
    data: dict[str, Any]
    now: datetime
    today: date
    clocks: Clocks
    on_behalf: bool = False
    shared: bool | None = None  # whether the country reads the event, where the act itself says so
    extra: dict[str, Any] = field(default_factory=dict)  # goes into the event beside what was given


Effect = Callable[[ActionContext], str | None]
EFFECTS: dict[str, Effect] = {}


def effect(*codes: str) -> Callable[[Effect], Effect]:
    """Registers a function as what these actions do; it returns the new state where the table says
    “computed”."""

    def register(function: Effect) -> Effect:
        for code in codes:
            EFFECTS[code] = function
        return function

    return register


@effect("submit")
def submit(doing: ActionContext) -> str:
    """Awaits clearance where another active person of the country may clear, and staff hold no
    evidence; else is submitted."""
    case = doing.case
    empty = fields.missing_fields(case)
    if empty:
        names = ", ".join(fields.field_label(f.name) for f in empty)
        raise DomainError(
            ngettext(
                "Before it can be submitted this is still to be filled in: %(names)s.",
                "Before it can be submitted these are still to be filled in: %(names)s.",
                len(empty),
            )
            % {"names": names}
        )
    others_clear = (
        FocalPoint.objects.who_may_clear(case.country_id).exclude(user_id=case.author_id).exists()
    )
    if others_clear and not doing.on_behalf:
        return State.AWAITING_CLEARANCE
    enter_submitted(doing)
    return State.SUBMITTED


@effect("clear")
def clear(doing: ActionContext) -> None:
    """Somebody else of the country stands by it."""
    enter_submitted(doing)


def enter_submitted(doing: ActionContext) -> None:
    """Reference, received date and clocks begin here."""
    case = doing.case
    case.submitted_at, case.received_on = doing.now, doing.today
    if case.reference is None:
        case.reference = references.next_reference(case.country.iso3, doing.today.year)
    doing.extra["reference"] = case.reference


@effect("start_review")
def start_review(doing: ActionContext) -> None:
    """The case has an officer."""
    if doing.data["letter"] == "not" and not doing.data.get("why_not"):
        raise DomainError(_("Say why the letter is not authenticated."), "why_not")
    doing.case.lead_officer = doing.data["lead_officer"]


@effect("mark_complete")
def mark_complete(doing: ActionContext) -> None:
    """The assessment is there for the manager.

    Complete is a request since the first time in its round; of a second time the country reads
    nothing.
    """
    given = values_of(doing.data, CHECKLIST)
    empty = [name for name in (*PARTS, "recommendation") if not given[name]] + [
        f"note_{code}" for code, note in given["notes"].items() if not note
    ]
    if empty:
        raise DomainError.for_fields(
            {name: _("This is needed: the manager decides on it.") for name in empty}
        )
    write_assessment(doing, given)
    if doing.case.complete_since is not None:
        doing.shared = False
    doing.case.complete_since = doing.case.complete_since or doing.now


def write_assessment(doing: ActionContext, given: dict[str, Any]) -> None:
    """Takes the place of the one before, which stays in history."""
    own = {
        "round": doing.case.round,
        "written_by": doing.user,
        "written_at": doing.now,
        "returned_at": None,
    }
    Assessment.objects.update_or_create(request=doing.case, defaults=given | own)


@effect("return_assessment")
def return_assessment(doing: ActionContext) -> None:
    """The officer works on it once more; the request stays complete and undecided, and no clock is
    touched."""
    Assessment.objects.update_or_create(
        request=doing.case,
        defaults={"returned_at": doing.now},
        create_defaults={
            "round": doing.case.round,
            "written_by": doing.user,
            "returned_at": doing.now,
        },
    )


@effect("ask")
def ask(doing: ActionContext) -> None:
    """Remembers where the answer leads back to, and how many questions there are."""
    count = len(questions.lines_of(doing.data["questions"]))
    if not 0 < count <= questions.MOST:
        raise DomainError(
            _("Write one question or more, at most %(most)s, each on a line of its own.")
            % {"most": questions.MOST},
            "questions",
        )
    doing.extra["count"] = count
    doing.case.returned_from = doing.case.state


@effect("answer")
def answer(doing: ActionContext) -> str:
    """Back to where it was asked from, once every question is answered or the country says that it
    is done."""
    open_numbers = [q.number for q in doing.case.open_questions()]
    answered = [n for n in open_numbers if doing.data.get(questions.answer_name(n))]
    done = bool(doing.data.get("done"))
    if not (answered or done or doing.data.get("file")):
        raise DomainError(
            _("Answer one question or more, choose a file, or say that you are done.")
        )
    if len(answered) < len(open_numbers) and not done:
        return State.RETURNED
    state, doing.case.returned_from = doing.case.returned_from or State.UNDER_REVIEW, ""
    return state


@effect("note_call")
def note_call(doing: ActionContext) -> None:
    """What was said stands where both sides read it, or where only staff do."""
    if doing.data["when"] > doing.today:
        raise DomainError(_("Write the day on which you spoke: today or before."), "when")
    doing.shared = doing.data["readers"] == "shared"


@effect("answer_late")
def answer_late(doing: ActionContext) -> None:
    """A lapsed case is reopened by the country's late answer."""
    new_round(doing.case)


@effect("ask_for_time", "give_time")
def more_time(doing: ActionContext) -> None:
    """A date ahead; the programme's word moves the country's clock."""
    if doing.data["until"] <= doing.today:
        raise DomainError(_("Choose a date after today."), "until")
    if doing.code == "give_time":
        doing.clocks.give_time(doing.data["until"])


@effect("supplement")
def supplement(doing: ActionContext) -> None:
    """Text or file."""
    if not doing.data.get("text") and not doing.data.get("file"):
        raise DomainError(_("Write something or choose a file."), "text")


def decided(doing: ActionContext) -> None:
    """The first decision is the one that figures count."""
    case = doing.case
    if not case.first_decision:
        case.first_decision, case.first_decided_at, case.first_decided_on = (
            doing.code,
            doing.now,
            doing.today,
        )
    if case.deciding_manager is None:
        case.deciding_manager = doing.user


@effect("accept")
def accept(doing: ActionContext) -> None:
    """Priority, officer, estimate and the funds it is set against."""
    decided(doing)
    case, data = doing.case, doing.data
    if data["funding"].pillar_id not in (None, case.pillar_id):
        raise DomainError(
            _("These funds are earmarked for another pillar (%(pillar)s). Choose others.")
            % {"pillar": data["funding"].pillar},
            "funding",
        )
    case.priority, case.lead_officer, case.estimate, case.funding = (
        data["priority"],
        data["lead_officer"],
        data["estimate"],
        data["funding"],
    )
    case.estimate_currency, case.not_covered, case.next_look_on = (
        data["funding"].currency,
        data.get("not_covered", ""),
        None,
    )


@effect("waitlist")
def waitlist(doing: ActionContext) -> None:
    """No clock but the date of the next look."""
    if doing.data["next_look_on"] <= doing.today:
        raise DomainError(_("Choose a date after today."), "next_look_on")
    decided(doing)
    doing.case.next_look_on = doing.data["next_look_on"]


@effect("refer")
def refer(doing: ActionContext) -> None:
    """Passed on with the country's consent."""
    decided(doing)
    doing.case.referred_to = doing.data["referred_to"]


@effect("decline")
def decline(doing: ActionContext) -> None:
    """With a reason that the country reads."""
    decided(doing)
    doing.case.reason_code = doing.data["reason_code"]


@effect("discontinue")
def discontinue(doing: ActionContext) -> None:
    """As above, after acceptance."""
    doing.case.reason_code, doing.case.hold_look_on = doing.data["reason_code"], None


@effect("withdraw")
def withdraw(doing: ActionContext) -> str:
    """What was not cleared yet is a draft again; what the programme has is withdrawn."""
    doing.case.hold_look_on = None
    return State.DRAFT if doing.case.state == State.AWAITING_CLEARANCE else State.WITHDRAWN


@effect("merge")
def merge(doing: ActionContext) -> None:
    """Into an open case of the same country and programme.

    Nothing moves: the target's page reads both timelines.
    """
    target = doing.data["merged_into"]
    if (
        target.pk == doing.case.pk
        or (target.country_id, target.programme_id)
        != (doing.case.country_id, doing.case.programme_id)
        or not target.is_open
    ):
        raise DomainError(
            _("Choose another open request of the same country and programme."), "merged_into"
        )
    doing.case.merged_into = target


@effect("unmerge")
def unmerge(doing: ActionContext) -> None:
    """On its own again, from review."""
    doing.case.merged_into, doing.case.complete_since = None, None


@effect("propose_plan", "revise_plan")
def propose_plan(doing: ActionContext) -> None:
    """A new version; an earlier one that nobody agreed to is superseded, an agreed one stays in
    force."""
    for name in ("steps", "indicators"):
        if not doing.data.get(name):
            raise DomainError(_("Fill in one row or more."), name)
    for number, step in enumerate(doing.data["steps"]):
        if step["ends_on"] < step["starts_on"]:
            raise DomainError(
                _("Step %(number)s ends before it begins.") % {"number": number + 1}, "steps"
            )
    case = doing.case
    case.plans.filter(status=ResponsePlan.Status.PROPOSED).update(
        status=ResponsePlan.Status.SUPERSEDED
    )
    plan = ResponsePlan.objects.create(
        request=case,
        version=case.plans.count() + 1,
        summary=doing.data.get("summary", ""),
        proposed_by=doing.user,
        proposed_at=doing.now,
    )
    PlannedStep.objects.bulk_create(
        [PlannedStep(plan=plan, order=i + 1, **row) for i, row in enumerate(doing.data["steps"])]
    )
    PlanIndicator.objects.bulk_create(
        [
            PlanIndicator(plan=plan, order=i + 1, **row)
            for i, row in enumerate(doing.data["indicators"])
        ]
    )
    doing.extra["plan"] = plan.version


@effect("agree", "agree_revision")
def agree(doing: ActionContext) -> None:
    """Both names and dates on the agreed version; the one before is superseded."""
    case = doing.case
    case.plans.filter(status=ResponsePlan.Status.AGREED).update(
        status=ResponsePlan.Status.SUPERSEDED
    )
    plan = case.plans.get(status=ResponsePlan.Status.PROPOSED)
    plan.status, plan.agreed_by, plan.agreed_at, plan.agreed_by_name = (
        ResponsePlan.Status.AGREED,
        doing.user,
        doing.now,
        doing.data["agreed_by_name"],
    )
    plan.save()
    doing.extra["plan"] = plan.version


@effect("send_plan_back", "send_revision_back")
def send_plan_back(doing: ActionContext) -> None:
    """The version stays on record."""
    doing.case.plans.filter(status=ResponsePlan.Status.PROPOSED).update(
        status=ResponsePlan.Status.SENT_BACK
    )


@effect("complete")
def complete(doing: ActionContext) -> None:
    """Nothing may still be ahead; something must have been delivered, or it is said why not."""
    linked = doing.case.engagements.all()
    ahead = linked.filter(state__in=AHEAD).values_list("reference", flat=True)
    if ahead:
        raise DomainError(
            _(
                "Still ahead: %(references)s. Have them delivered or cancelled, or unlink them with"
                " a reason."
            )
            % {"references": ", ".join(ahead)}
        )
    if not linked.filter(state__in=DONE, did_not_take_place=False).exists() and not doing.data.get(
        "why_none"
    ):
        raise DomainError(_("No engagement was delivered for this request. Say why."), "why_none")


@effect("confirm")
def confirm(doing: ActionContext) -> None:
    """The country's own word, at the closing or within a year after one without it."""
    case, data = doing.case, doing.data
    case.outcome, case.usefulness, case.timeliness = (
        data["outcome"],
        int(data["usefulness"]),
        int(data["timeliness"]),
    )
    # of a case that closed without the country's word the day stays
    case.closed_at = case.closed_at or doing.now


@effect("close_unconfirmed")
def close_unconfirmed(doing: ActionContext) -> None:
    """Thirty calendar days without a word."""
    doing.case.outcome, doing.case.closed_at = "not_stated", doing.now


@effect("hold")
def hold(doing: ActionContext) -> None:
    """Remembers the state held, and when somebody looks again."""
    if doing.data["next_look_on"] <= doing.today:
        raise DomainError(_("Choose a date after today."), "next_look_on")
    doing.case.held_from, doing.case.hold_look_on = doing.case.state, doing.data["next_look_on"]


@effect("resume")
def resume(doing: ActionContext) -> str:
    """To the state held, with what was left on both clocks."""
    state, doing.case.held_from, doing.case.hold_look_on = (
        doing.case.held_from or State.UNDER_REVIEW,
        "",
        None,
    )
    return state


@effect("reopen")
def reopen(doing: ActionContext) -> str:
    """A new round. Only a closed case can go on under its agreed plan."""
    case = doing.case
    if doing.data["to"] == "planned":
        if (
            case.state != State.CLOSED
            or not case.plans.filter(status=ResponsePlan.Status.AGREED).exists()
        ):
            raise DomainError(
                _(
                    "Only a closed request with an agreed plan can go on under its plan. Choose"
                    " review."
                ),
                "to",
            )
        case.round += 1
        case.closed_at, case.outcome, case.usefulness, case.timeliness = None, "", None, None
        return State.PLANNED
    new_round(case)
    return State.UNDER_REVIEW


def new_round(case: AssistanceRequest) -> None:
    """Numbered on every event from here on; what the last round ended with is open again, and a
    plan must be agreed anew."""
    case.round += 1
    (
        case.complete_since,
        case.closed_at,
        case.outcome,
        case.reason_code,
        case.returned_from,
        case.held_from,
    ) = (
        None,
        None,
        "",
        None,
        "",
        "",
    )
    case.usefulness = case.timeliness = None
    case.plans.filter(status__in=(ResponsePlan.Status.PROPOSED, ResponsePlan.Status.AGREED)).update(
        status=ResponsePlan.Status.SUPERSEDED
    )
